package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Remembered.Settling;
import fr.moncampus.ecal.timetable.Timetable.Unreadable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Identity, scope, comparison, copies and adoption, case by case. */
class PlannerTest {
    private final World world = new World();

    @Test
    void aNewCourseIsCreatedUnderItsNumber() {
        world.wanted.add(World.course(42, 1));

        assertThat(references(world.plan().creates())).containsExactly(World.mine("42"));
    }

    @Test
    void rowsOfOneNumberGetSuffixesInTheOrderOfTheirStart() {
        world.wanted = List.of(World.course(42, 3), World.course(42, 1), World.course(42, 2));

        assertThat(references(world.plan().creates()))
                .containsExactly(World.mine("42"), World.mine("42-2"), World.mine("42-3"));
    }

    @Test
    void identicalRowsAreOneEvent() {
        CalendarEvent spaced = World.event("Cours  42 ", "B110", World.at(1, 10), 2);
        world.wanted = List.of(World.course(42, 1), World.course(42, 1), new Wanted("42", spaced));

        assertThat(world.plan().creates()).hasSize(1);
    }

    @Test
    void ofIdenticalRowsWithTwoLinksTheSameOneCountsInEitherOrder() {
        Wanted one = new Wanted("42", withLink("https://a.example"));
        Wanted other = new Wanted("42", withLink("https://b.example"));
        world.wanted = List.of(one, other);
        Plan plan = world.plan();

        world.wanted = List.of(other, one);

        assertThat(world.plan()).isEqualTo(plan);
        assertThat(plan.creates()).hasSize(1);
    }

    @Test
    void equalRowsOfTwoNumbersAreTwoEvents() {
        CalendarEvent event = World.event("Maths", "B110", World.at(1, 10), 2);
        world.wanted = List.of(new Wanted("1", event), new Wanted("2", event));

        assertThat(references(world.plan().creates())).containsExactly(World.mine("1"), World.mine("2"));
    }

    @Test
    void aCourseWithoutNumberKeepsItsEventInAnotherRoom() {
        world.wanted.add(new Wanted(null, World.event("Maths", "B110", World.at(1, 10), 2)));
        assertThat(world.run().creates().get(0).after().reference()).matches(World.mine("c[0-9a-f]{8}"));

        world.wanted.set(0, new Wanted(null, World.event("Maths", "C3", World.at(1, 10), 2)));

        assertThat(world.run().updates()).hasSize(1);
        assertThat(world.calendar).hasSize(1);
    }

    @Test
    void aReferenceThatIsTakenIsNeverGivenAgain() {
        world.put(1, World.mine("42"), World.event("Passé", "B110", World.at(-20, 10), 2));
        world.put(2, World.mine("42-2"), World.event("Passé", "B110", World.at(-19, 10), 2));
        world.wanted = List.of(World.course(42, 1), World.course(42, 2), World.course(42, 3));

        Plan plan = world.plan();

        assertThat(references(plan.updates())).containsExactlyInAnyOrder(World.mine("42"), World.mine("42-2"));
        assertThat(references(plan.creates())).containsExactly(World.mine("42-3"));
    }

    @Test
    void onlyTheWindowLimitsCreation() {
        world.wanted = List.of(World.course(1, -4), World.course(2, -3), World.course(3, 10), World.course(4, 11));

        assertThat(references(world.plan().creates())).containsExactly(World.mine("2"), World.mine("3"));
    }

    @Test
    void anEventOutsideTheWindowIsStillCorrected() {
        world.put(1, World.mine("1"), World.course(1, 11).event());
        world.wanted.add(new Wanted("1", World.event("Cours 1", "C3", World.at(12, 10), 2)));

        assertThat(references(world.plan().updates())).containsExactly(World.mine("1"));
    }

    @Test
    void anEventWhoseTimesCannotBeReadIsCorrectedWhenWantedAndElseLeftAlone() {
        CalendarEvent garbled = garbled(World.course(1, 1).event());
        world.put(1, World.mine("1"), garbled);
        world.put(2, World.mine("2"), garbled);
        world.wanted.add(World.course(1, 1));

        Plan plan = world.plan();

        assertThat(references(plan.updates())).containsExactly(World.mine("1"));
        assertThat(plan.waiting()).isEmpty();
        assertThat(plan.deletes()).isEmpty();
    }

    @Test
    void spellingsThatMeanTheSameAreNoChange() {
        CalendarEvent event = World.event("Maths", "B110", World.at(1, 9), 2);
        world.wanted.add(new Wanted("1", withDetails(event, "Intervenant : X\nNom complet : Y")));
        world.put(
                1,
                World.mine("1"),
                new CalendarEvent(
                        null,
                        null,
                        " Maths",
                        "B110 ",
                        event.startDate(),
                        "9:00",
                        event.endDate(),
                        "11:00:00",
                        "Europe/Paris",
                        false,
                        "Intervenant :  X \r\nNom complet : Y\r\n",
                        "15M",
                        0,
                        "https://elsewhere.example"));

        Plan plan = world.plan();

        assertThat(World.writes(plan)).isZero();
        assertThat(plan.unchanged()).isEqualTo(1);
    }

    @Test
    void eachComparedFieldCounts() {
        CalendarEvent e = World.event("Maths", "B110", World.at(1, 10), 2);
        world.wanted.add(new Wanted("1", e));
        List<CalendarEvent> others = List.of(
                Fixtures.copy(e, "Droit", "B110", "10:00", "Europe/Paris", false, e.details(), "15M", 0),
                Fixtures.copy(e, "Maths", "C3", "10:00", "Europe/Paris", false, e.details(), "15M", 0),
                Fixtures.copy(e, "Maths", "B110", "10:15", "Europe/Paris", false, e.details(), "15M", 0),
                Fixtures.copy(e, "Maths", "B110", "10:00", null, false, e.details(), "15M", 0),
                Fixtures.copy(e, "Maths", "B110", "10:00", "Europe/Paris", true, e.details(), "15M", 0),
                Fixtures.copy(e, "Maths", "B110", "10:00", "Europe/Paris", false, "autre", "15M", 0),
                Fixtures.copy(e, "Maths", "B110", "10:00", "Europe/Paris", false, e.details(), null, 0),
                Fixtures.copy(e, "Maths", "B110", "10:00", "Europe/Paris", false, e.details(), "15M", 1));

        assertThat(others).allSatisfy(other -> {
            world.put(1, World.mine("1"), other);
            assertThat(world.plan().updates()).hasSize(1);
        });
    }

    @Test
    void ofCopiesTheSmallestIdStaysAndTheOthersGoAtOnce() {
        world.wanted.add(World.course(1, 1));
        world.put(1, World.mine("1"), World.course(1, 2).event());
        world.put(2, World.mine("1"), World.course(1, 1).event());

        Plan plan = world.plan();

        assertThat(plan.updates()).extracting(change -> change.after().id()).containsExactly(World.id(1));
        assertThat(plan.deletes()).extracting(change -> change.before().id()).containsExactly(World.id(2));
    }

    @Test
    void copiesThatHaveEndedOrLieOutsideTheWindowStay() {
        world.wanted.add(World.course(1, 1));
        world.put(1, World.mine("1"), World.course(1, 1).event());
        world.put(2, World.mine("1"), World.course(1, -1).event());
        world.put(3, World.mine("1"), World.course(1, 11).event());

        assertThat(World.writes(world.plan())).isZero();
    }

    @Test
    void theEventOfAnUnreadableRowIsNotTakenByAnEqualRowOfAnotherNumber() {
        world.put(1, World.mine("1"), World.course(1, 1).event());
        world.unreadable = List.of(new Unreadable(1, "1", "illisible"));
        world.wanted.add(new Wanted("2", World.course(1, 1).event()));

        assertThat(references(world.plan().creates())).containsExactly(World.mine("2"));
    }

    @Test
    void eventsOfUnknownOwnersAreCounted() {
        world.put(1, "mc-99999999-1", World.course(1, 1).event());
        world.put(2, "mc-99999999-2", World.course(2, 1).event());
        world.put(3, "mc-00000001-1", World.course(3, 1).event());

        assertThat(world.plan().otherOwners()).isEqualTo(Map.of("99999999", 2));
    }

    @Test
    void anAdoptedTimetableStandsThereOnce() {
        world.adopt = "99999999";
        world.wanted = List.of(World.course(1, 1), World.course(2, 2));
        world.put(1, "mc-99999999-1", World.course(1, 1).event());
        world.put(2, "mc-99999999-2", World.course(2, 5).event());
        world.put(3, World.mine("2"), World.course(2, 2).event());
        world.put(4, "mc-99999999-3", World.course(3, 3).event());
        world.put(5, "mc-00000001-4", World.course(4, 3).event());

        Plan plan = world.run();

        assertThat(references(plan.updates())).containsExactlyInAnyOrder(World.mine("1"), World.mine("3"));
        assertThat(plan.deletes()).extracting(change -> change.before().id()).containsExactly(World.id(2));
        assertThat(plan.otherOwners()).isEmpty();
        assertThat(plan.waiting()).isEmpty();
        world.adopt = null;
        assertThat(world.plan().waiting())
                .extracting(waiting -> waiting.event().id())
                .containsExactly(World.id(4));
    }

    @Test
    void anAdoptedReferenceIsNotGivenToACreateToo() {
        world.adopt = "99999999";
        world.put(1, "mc-99999999-1", World.course(1, 1).event());
        world.wanted = List.of(World.course(1, 1), World.course(1, 2));

        Plan plan = world.plan();

        assertThat(references(plan.updates())).containsExactly(World.mine("1"));
        assertThat(references(plan.creates())).containsExactly(World.mine("1-2"));
    }

    @Test
    void aNumberThatTheSchoolGivesToAnotherCourseMovesNoEvent() {
        world.wanted.add(World.course(1, 1));
        world.run();
        CalendarEvent first = world.wanted.get(0).event();
        world.wanted.set(0, new Wanted("9", first));
        world.run();
        world.wanted = List.of(new Wanted("9", World.event("Cours 1", "B110", World.at(2, 8), 2)), World.course(1, 5));

        Plan plan = world.run();

        assertThat(references(plan.updates())).containsExactly(World.mine("1"));
        assertThat(references(plan.creates())).containsExactly(World.mine("1-2"));
        assertThat(World.writes(world.run())).isZero();
    }

    @Test
    void aCourseThatGetsItsFirstNumberBackKeepsItsEventThoughAnotherHasThatNumberToo() {
        world.wanted.add(World.course(1, 1));
        world.run();
        Wanted course = world.wanted.get(0);
        Wanted renumbered = new Wanted("9", course.event());
        world.wanted = List.of(renumbered);
        world.run();
        world.wanted = List.of(renumbered, new Wanted("1", World.event("Cours 1", "B110", World.at(2, 8), 2)));
        world.run();
        world.wanted = List.of(course);

        Plan plan = world.run();

        assertThat(World.writes(plan)).isZero();
        assertThat(plan.waiting())
                .extracting(waiting -> waiting.event().reference())
                .containsExactly(World.mine("1-2"));
    }

    @Test
    void anUnreadableRowOfTheNewNumberProtectsTheEvent() {
        world.wanted.add(World.course(1, 1));
        world.run();
        world.wanted.set(0, new Wanted("9", world.wanted.get(0).event()));
        world.run();
        world.wanted = List.of(World.course(2, 2));
        world.unreadable = List.of(new Unreadable(1, "9", "illisible"));

        assertThat(world.run().waiting()).isEmpty();
    }

    @Test
    void aShrunkenListingForgetsNoNewNumber() {
        world.wanted = IntStream.range(0, 20).mapToObj(i -> World.course(i, 1)).toList();
        world.run();
        world.wanted = world.wanted.stream()
                .map(each -> new Wanted("9" + each.key(), each.event()))
                .toList();
        world.run();

        Plan shrunken = Planner.plan(world.situation(List.of()));

        assertThat(shrunken.memory().renumbered()).hasSize(20).isEqualTo(world.memory.renumbered());
    }

    /** A listing skipped the event, so that its course was to be created; a process died of it, or the answer was lost. */
    @Test
    void aCreateInDoubtHidesNoNewNumber() {
        world.put(1, World.mine("1"), World.course(1, 1).event());
        CalendarEvent event = World.course(1, 1).event();
        world.wanted = List.of(new Wanted("9", event));
        world.memory = settling(
                new Settling(Change.Kind.CREATE, event.withReference(World.mine("9")), World.NOW.minusSeconds(60)));
        assertThat(World.writes(world.run())).isZero();
        world.now = world.now.plus(Duration.ofHours(1));
        world.wanted = List.of(new Wanted("9", World.course(1, 2).event()));

        Plan plan = world.run();

        assertThat(World.writes(plan)).isEqualTo(1);
        assertThat(plan.updates()).extracting(change -> change.before().id()).containsExactly(World.id(1));
    }

    @Test
    void whatMayBeOfAnUnreadableRowIsOfNoOther() {
        world.put(1, World.mine("1"), World.course(1, 1).event());
        CalendarEvent event = World.course(1, 1).event();
        world.wanted = List.of(new Wanted("9", event));
        world.unreadable = List.of(new Unreadable(1, "1", "illisible"));
        world.memory = settling(
                new Settling(Change.Kind.CREATE, event.withReference(World.mine("9")), World.NOW.minusSeconds(60)));

        assertThat(world.run().memory().renumbered()).isEmpty();
    }

    @Test
    void manyRowsOfOneNumberArePlannedLikeAnyOthers() {
        world.wanted = IntStream.range(0, 10_000)
                .mapToObj(i -> new Wanted("1", World.event("Cours " + i, "B110", World.at(1, 10), 2)))
                .toList();
        for (int i = 0; i < 10_000; i++) {
            world.put(i, World.mine("1-" + (i + 2)), World.event("Cours " + i, "C3", World.at(2, 10), 2));
        }

        assertThat(world.plan().updates()).hasSize(10_000);
    }

    static Remembered settling(Settling... writes) {
        return new Remembered(Map.of(), Map.of(), List.of(writes), Set.of(), null);
    }

    private static List<String> references(List<Change> changes) {
        return changes.stream().map(change -> change.after().reference()).toList();
    }

    private static CalendarEvent garbled(CalendarEvent e) {
        return Fixtures.copy(e, e.name(), e.location(), "midi", e.timezone(), false, e.details(), e.alert(), 0);
    }

    private static CalendarEvent withLink(String link) {
        CalendarEvent e = World.course(42, 1).event();
        return new CalendarEvent(
                null,
                null,
                e.name(),
                e.location(),
                e.startDate(),
                e.startTime(),
                e.endDate(),
                e.endTime(),
                e.timezone(),
                false,
                e.details(),
                e.alert(),
                0,
                link);
    }

    private static CalendarEvent withDetails(CalendarEvent e, String details) {
        return Fixtures.copy(e, e.name(), e.location(), e.startTime(), e.timezone(), false, details, e.alert(), 0);
    }
}
