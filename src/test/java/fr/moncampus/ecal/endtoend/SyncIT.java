package fr.moncampus.ecal.endtoend;

import static fr.moncampus.ecal.endtoend.Workplace.counts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Session;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The main path: what a sync and a plan do, and how they say it. */
class SyncIT {
    private final Workplace workplace = new Workplace();

    @AfterEach
    void close() {
        workplace.close();
    }

    @Test
    void aTermIsWrittenOnceAndThenLeftAlone() {
        Person person = workplace.person("lea", Options.standard());

        Outcome first = workplace.sync();
        long asked = person.sandbox().log().total();

        assertThat(first.exit()).as("%s", first).isZero();
        assertThat(first.json()).hasSize(1);
        assertThat(names(first.json().get(0)))
                .containsExactly(
                        "config",
                        "created",
                        "updated",
                        "deleted",
                        "unchanged",
                        "waiting",
                        "held",
                        "failed",
                        "unconfirmed",
                        "requests",
                        "millis",
                        "error");
        assertThat(counts(first.json("lea"))).isEqualTo(Map.of("created", 350));
        assertThat(first.json("lea").get("requests").asLong()).isEqualTo(asked);
        assertThat(first.json("lea").get("error").isNull()).isTrue();
        assertThat(Courses.calendar(person)).isEqualTo(Courses.wanted(person));
        assertThat(first.err()).contains("350");

        List<ObjectNode> before = person.events();
        person.sandbox().log().clear();
        Outcome second = workplace.sync();

        assertThat(second.exit()).isZero();
        assertThat(counts(second.json("lea"))).isEqualTo(Map.of("unchanged", 350));
        assertThat(person.writes()).isZero();
        assertThat(person.events()).isEqualTo(before);
        // a login, and a page for each hundred events and one behind the last
        assertThat(second.json("lea").get("requests").asLong())
                .isEqualTo(person.sandbox().log().total())
                .isEqualTo(5 + 5);
    }

    @Test
    void planSaysWhatSyncThenDoesAndWritesNothing() {
        List<Session> courses = new ArrayList<>(Courses.coming(12));
        courses.set(
                3,
                courses.get(3)
                        .withTeams(
                                "https://teams.microsoft.com/l/meetup-join/19%3ameeting?context=%7b%7d",
                                "https://teams.microsoft.com/other"));
        Person person = workplace.person("lea", Options.standard().sessions(courses));

        Outcome planned = workplace.run("plan", "--format", "json", "lea");
        assertThat(planned.exit()).as("%s", planned).isZero();
        JsonNode plan = planned.json("lea");
        assertThat(names(plan))
                .containsExactly("config", "create", "update", "delete", "waiting", "held", "unchanged", "error");
        assertThat(plan.get("create"))
                .hasSize(12)
                .allSatisfy(event -> assertThat(names(event))
                        .containsExactly("id", "reference", "name", "location", "start", "end", "details"));
        JsonNode event = plan.get("create").get(0);
        LocalDateTime start = courses.get(0).start();
        assertThat(event.get("id").isNull()).isTrue();
        assertThat(OffsetDateTime.parse(event.get("start").asText()))
                .isEqualTo(start.atZone(ZoneId.of("Europe/Paris")).toOffsetDateTime());
        assertThat(event.get("start").asText()).matches("\\d{4}-\\d\\d-\\d\\dT09:00:00\\+0[12]:00");
        assertThat(person.writes()).isZero();
        assertThat(workplace.run("plan", "lea").out()).contains("12 à créer", "Cours n° 1", "salle B100");

        assertThat(workplace.sync().exit()).isZero();
        assertThat(Courses.calendar(person)).isEqualTo(Courses.wanted(person));

        // the school moves a course, changes a room, and cancels one
        person.sandbox().timetable().move(1002, start.plusDays(20).withHour(16));
        person.sandbox().timetable().changeRoom(1003, "LABO 2");
        person.sandbox().timetable().cancel(1005);
        person.sandbox().log().clear();
        for (int i = 0; i < 2; i++) {
            // reads by plan confirm nothing
            JsonNode changed = workplace.run("plan", "--format", "json").json("lea");
            assertThat(changed.get("update"))
                    .hasSize(2)
                    .allSatisfy(update -> assertThat(names(update)).containsExactly("before", "after"));
            assertThat(changed.get("delete")).isEmpty();
            assertThat(changed.get("waiting")).hasSize(1);
            assertThat(names(changed.get("waiting").get(0))).containsExactly("event", "since");
            assertThat(changed.get("unchanged").asInt()).isEqualTo(9);
        }
        assertThat(person.writes()).isZero();

        Set<String> ids = ids(person);
        Outcome moved = workplace.sync();
        assertThat(moved.exit()).as("a deletion that waits is no failure").isZero();
        assertThat(counts(moved.json("lea"))).isEqualTo(Map.of("updated", 2, "unchanged", 9, "waiting", 1));
        assertThat(ids(person)).as("a moved course is the same event").isEqualTo(ids);

        JsonNode due = workplace.run("plan", "--format", "json").json("lea");
        assertThat(due.get("waiting").size() + due.get("delete").size()).isEqualTo(1);
        Outcome confirmed = workplace.sync();
        assertThat(counts(confirmed.json("lea"))).isEqualTo(Map.of("deleted", 1, "unchanged", 11));
        assertThat(Courses.calendar(person)).isEqualTo(Courses.wanted(person)).doesNotContainKey(1005L);
        assertThat(ids).containsAll(ids(person));
    }

    @Test
    void theEventsOfOthersAreNeverTouched() {
        Person person = workplace.person("lea", 6);
        person.with("teams_link", "false");
        String match = person.sandbox()
                .calendar()
                .add(Map.of(
                        "name",
                        "Match",
                        "location",
                        "Stade",
                        "startDate",
                        "2026-01-10",
                        "endDate",
                        "2026-01-10",
                        "startTime",
                        "10:00",
                        "endTime",
                        "12:00",
                        "reference",
                        "fixture-7",
                        "details",
                        "à domicile"));
        String foreign = person.sandbox()
                .calendar()
                .add(Map.of(
                        "name",
                        "Cours n° 1",
                        "location",
                        "B100",
                        "startDate",
                        "2026-01-11",
                        "endDate",
                        "2026-01-11",
                        "startTime",
                        "10:00",
                        "endTime",
                        "12:00",
                        "reference",
                        "mc-0123abcd-1001",
                        "timezone",
                        "Europe/Paris"));
        List<ObjectNode> before = person.events();

        Outcome plan = workplace.run("plan", "lea");
        assertThat(plan.out()).contains("adopt lea 0123abcd");
        assertThat(counts(workplace.sync().json("lea"))).isEqualTo(Map.of("created", 6));
        assertThat(counts(workplace.sync().json("lea"))).isEqualTo(Map.of("unchanged", 6));

        assertThat(person.events()).hasSize(8).containsAll(before);
        assertThat(ids(person)).contains(match, foreign);
    }

    @Test
    void aCourseThatIsMovedAfterItWasRenumberedIsStillTheSameEvent() {
        Person person = workplace.person("lea", 6);
        assertThat(workplace.sync().exit()).isZero();
        Set<String> ids = ids(person);

        person.sandbox().timetable().renumber(1003, 77003);
        assertThat(counts(workplace.sync().json("lea"))).isEqualTo(Map.of("unchanged", 6));

        LocalDateTime start = person.sandbox().timetable().find(77003).start();
        person.sandbox().timetable().move(77003, start.plusDays(3));
        person.sandbox().timetable().rename(77003, "Rattrapage");
        person.sandbox().log().clear();

        assertThat(counts(workplace.sync().json("lea"))).isEqualTo(Map.of("updated", 1, "unchanged", 5));
        assertThat(person.writes()).isEqualTo(1);
        assertThat(ids(person)).isEqualTo(ids);
        // under its first number, as its reference says
        assertThat(Courses.calendar(person).values())
                .containsExactlyInAnyOrderElementsOf(Courses.wanted(person).values());
    }

    private static Set<String> ids(Person person) {
        Set<String> ids = new HashSet<>();
        person.events().forEach(event -> ids.add(event.get("id").asText()));
        return ids;
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> each = node.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        return names;
    }
}
