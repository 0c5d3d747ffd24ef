package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Switch;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The school leaves MonCampus for Hyperplanning in the middle of the year; the person and the calendar stay the same. */
class ChangeOfSourceTest {
    private static final LocalDate MONDAY = Stage.TODAY;
    private static final String[] DAYS = {"start_date: 2026-09-01", "end_date: 2027-07-01"};
    private static final String[] DAYS_OF_MONCAMPUS = {
        "moncampus_start_date: 2026-09-01", "moncampus_end_date: 2027-07-01"
    };

    @TempDir
    private Path folder;

    private Stage stage;

    @BeforeEach
    void firstTerm() throws Exception {
        stage = new Stage(folder, 1);
        List<Session> term = new ArrayList<>();
        for (int week = 0; week < 8; week++) {
            for (int day = 0; day < 5; day++) {
                LocalDateTime morning = MONDAY.plusWeeks(week).plusDays(day).atTime(9, 0);
                term.add(Session.of(10 * (5 * week + day) + 1, "Maths", "B110", morning));
                term.add(Session.of(10 * (5 * week + day) + 2, "Droit", "B111", morning.withHour(14)));
            }
        }
        stage.sandbox.timetable().replaceAll(term);
        stage.start(DAYS_OF_MONCAMPUS);
        stage.sync();
        // four weeks later
        stage.clock.forward("PT672H");
        stage.sync();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theSameCoursesKeepTheirEventsAndWhatVanishesWaits() throws Exception {
        Set<String> before = ids();
        Set<String> lastTerm = references(past());
        assertThat(before).hasSize(80);
        assertThat(lastTerm).hasSize(40);

        // the new feed knows nothing of what is over, has another course on one afternoon, and lacks two
        hyperplanning();
        stage.sandbox.timetable().rename(202, "DROIT DES AFFAIRES");
        stage.sandbox.timetable().cancel(212);
        stage.sandbox.timetable().cancel(222);
        stage.sandbox.set(Switch.FEED_CANCELLED, "vanishes");
        String owner = owner();
        Plan plan = stage.engine().run("alice", Purpose.PLAN).plan();

        assertThat(plan.creates()).as("nothing is doubled").isEmpty();
        assertThat(plan.deletes()).isEmpty();
        assertThat(plan.otherOwners()).as("they are ours").isEmpty();
        assertThat(plan.updates()).hasSize(40).allSatisfy(ChangeOfSourceTest::staysWhereItIs);

        Run first = stage.sync();
        assertThat(first.result().exitCode()).isZero();
        assertThat(ids()).isEqualTo(before);
        assertThat(references(past())).as("last term is not touched").isEqualTo(lastTerm);
        assertThat(references(future())).allMatch(reference -> reference.startsWith("mc-" + owner + "-"));
        assertThat(names()).contains("DROIT DES AFFAIRES");

        stage.clock.forward("PT20M");
        Run second = stage.sync();
        assertThat(second.getChanges()).as("once is enough").isZero();
        assertThat(second.plan().waiting()).hasSize(2);
        assertThat(second.plan().deletes()).isEmpty();

        stage.clock.forward("PT31M");
        assertThat(stage.result().deleted()).as("confirmed by a second read").isEqualTo(2);
        assertThat(stage.sandbox.calendar().events()).hasSize(78);
        assertThat(stage.result().exitCode()).isZero();
    }

    @Test
    void aNewFeedThatIsNearlyEmptyDeletesNothingUntilSomebodyApproves() throws Exception {
        hyperplanning();
        List<Session> left =
                new ArrayList<>(stage.sandbox.timetable().sessions().subList(0, 3));
        left.add(stage.sandbox.timetable().sessions().get(39));
        stage.sandbox.timetable().replaceAll(left);
        stage.sandbox.set(Switch.FEED_CANCELLED, "vanishes");

        for (int i = 0; i < 4; i++) {
            stage.sync();
            stage.clock.forward("PT31M");
        }

        assertThat(stage.sandbox.calendar().events()).hasSize(80);
        assertThat(stage.engine().run("alice", Purpose.PLAN).plan().held()).isNotEmpty();
    }

    @Test
    void aMemoryThatIsLostAfterwardsKnowsThemAllTheSame() throws Exception {
        Set<String> before = ids();
        hyperplanning();
        stage.sync();
        stage.engine().close();
        try (var files = Files.list(stage.data())) {
            for (Path file :
                    files.filter(each -> each.toString().contains(".db")).toList()) {
                Files.delete(file);
            }
        }
        stage.open(false);

        Run run = stage.sync();

        assertThat(run.plan().creates()).isEmpty();
        assertThat(ids()).isEqualTo(before);
    }

    @Test
    void backToTheFirstSourceTheyKeepTheirEventsAgain() throws Exception {
        Set<String> before = ids();
        hyperplanning();
        stage.sync();
        stage.engine().close();
        stage.configure("alice", Stage.STUDENT, DAYS_OF_MONCAMPUS).open(false);

        Run run = stage.sync();

        assertThat(run.plan().creates()).isEmpty();
        assertThat(run.plan().deletes()).isEmpty();
        assertThat(ids()).isEqualTo(before);
    }

    @Test
    void anotherCalendarIsFilledAndTheOldOneIsLeftAsItIsUntilTheConfigurationComesBack() throws Exception {
        List<ObjectNode> before = stage.sandbox.calendar().events();
        target("caldav");

        assertThat(stage.sync().result().exitCode()).isZero();
        assertThat(stage.sandbox.davCalendar(Stage.STUDENT).texts()).hasSize(80);
        assertThat(stage.sync().getChanges()).isZero();
        assertThat(stage.sandbox.calendar().events()).isEqualTo(before);

        target("ecal");
        Run back = stage.sync();
        assertThat(back.getChanges()).as("they are known again").isZero();
        assertThat(stage.sandbox.calendar().events()).isEqualTo(before);
    }

    @Test
    void whateverTheCalendarTheSameCoursesOfAnotherSourceKeepTheirEvents() throws Exception {
        for (String target : List.of("caldav", "feed")) {
            target(target);
            stage.sync();
            int events = stage.sync().result().unchanged();
            stage.engine().close();
            stage.configureEnds("alice", Stage.STUDENT, "hyperplanning", target, DAYS)
                    .open(false);

            Run taken = stage.sync();
            assertThat(taken.plan().creates()).as(target).isEmpty();
            assertThat(taken.plan().deletes()).as(target).isEmpty();
            assertThat(taken.plan().otherOwners()).as(target).isEmpty();
            assertThat(stage.sync().result().unchanged()).as(target).isEqualTo(events);
        }
    }

    private void target(String target) throws Exception {
        stage.engine().close();
        stage.configureEnds("alice", Stage.STUDENT, "moncampus", target, DAYS_OF_MONCAMPUS)
                .open(false);
    }

    @Test
    void anotherPersonOfTheSameSourceIsNotTakenFor() throws Exception {
        stage.engine().close();
        stage.sandbox.enrol(
                "tom",
                "secret",
                List.of(Session.of(900, "Maths", "B110", MONDAY.plusWeeks(5).atTime(9, 0))));
        stage.configure(
                        "alice",
                        "tom",
                        "moncampus_start_date: 2026-09-01",
                        "moncampus_end_date: 2027-07-01",
                        "ecal_calendar_id: " + stage.sandbox.calendar().id())
                .open(false);

        Plan plan = stage.engine().run("alice", Purpose.PLAN).plan();

        assertThat(plan.creates()).hasSize(1);
        assertThat(plan.otherOwners()).hasSize(1);
    }

    @Test
    void whatAnotherConfigurationWritesIsThatOnes() throws Exception {
        stage.engine().close();
        stage.configure("ancien", Stage.STUDENT, DAYS_OF_MONCAMPUS);
        hyperplanning();

        Plan plan = stage.engine().run("alice", Purpose.PLAN).plan();

        assertThat(plan.updates()).isEmpty();
        assertThat(plan.creates()).hasSize(40);
    }

    private void hyperplanning() throws Exception {
        stage.engine().close();
        stage.sandbox.timetable().sessions().stream()
                .filter(session -> session.start().toLocalDate().isBefore(MONDAY.plusWeeks(4)))
                .toList()
                .forEach(session -> stage.sandbox.timetable().cancel(session.noCours()));
        stage.sandbox.timetable().endOfDay();
        stage.sandbox.set(Switch.FEED_DIALECT, "hyperplanning");
        stage.configureFeed("alice", Stage.STUDENT, DAYS).open(false);
    }

    private String owner() {
        return stage.configurations().stream()
                .filter(each -> each.name().equals("alice"))
                .map(Configuration::owner)
                .findFirst()
                .orElseThrow();
    }

    private static void staysWhereItIs(Change change) {
        assertThat(change.after().id()).isEqualTo(change.before().id());
        assertThat(change.after().reference()).isNotEqualTo(change.before().reference());
        assertThat(change.after().startDate()).isEqualTo(change.before().startDate());
        assertThat(change.after().startTime()).isEqualTo(change.before().startTime());
    }

    private Set<String> ids() {
        return texts(stage.sandbox.calendar().events(), "id");
    }

    private Set<String> names() {
        return texts(stage.sandbox.calendar().events(), "name");
    }

    private static Set<String> references(List<ObjectNode> events) {
        return texts(events, "reference");
    }

    private static Set<String> texts(List<ObjectNode> events, String field) {
        return events.stream().map(event -> event.path(field).asText()).collect(Collectors.toSet());
    }

    private List<ObjectNode> past() {
        return split(true);
    }

    private List<ObjectNode> future() {
        return split(false);
    }

    private List<ObjectNode> split(boolean past) {
        return stage.sandbox.calendar().events().stream()
                .filter(event -> past
                        == LocalDate.parse(event.path("startDate").asText()).isBefore(MONDAY.plusWeeks(4)))
                .toList();
    }
}
