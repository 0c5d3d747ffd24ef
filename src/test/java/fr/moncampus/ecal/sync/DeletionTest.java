package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.sync.Plan.Reason;
import fr.moncampus.ecal.sync.Remembered.Absence;
import fr.moncampus.ecal.sync.Remembered.Settling;
import fr.moncampus.ecal.timetable.Timetable.Unreadable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The guards before a deletion and before a create, each at its edge. */
class DeletionTest {
    private final World world = new World();

    DeletionTest() {
        world.wanted.add(World.course(99, 9));
        world.put(99, World.mine("99"), World.course(99, 9).event());
    }

    @Test
    void aCancelledCourseWaitsForASecondReadDeleteAfterLater() {
        courses(1, 1);
        assertThat(world.run().waiting()).extracting(Plan.Waiting::since).containsExactly(World.NOW);
        world.now = World.NOW.plus(Duration.ofMinutes(30)).minusSeconds(1);
        assertThat(world.run().waiting()).extracting(Plan.Waiting::since).containsExactly(World.NOW);

        world.now = World.NOW.plus(Duration.ofMinutes(30));

        assertThat(ids(world.run())).containsExactly(World.id(1));
        assertThat(world.run().memory().absences()).isEmpty();
    }

    @Test
    void evenWithoutDelayTwoReadsAreNeeded() {
        world.rules = new Rules(Duration.ZERO, 10, 0.3, Duration.ofMinutes(15));
        courses(1, 1);

        assertThat(ids(world.run())).isEmpty();
        assertThat(ids(world.run())).containsExactly(World.id(1));
    }

    @Test
    void aCourseThatComesBackStartsItsAbsenceAnew() {
        courses(1, 1);
        world.run();
        world.wanted.add(World.course(1, 1));
        assertThat(world.run().memory().absences()).isEmpty();
        world.wanted.remove(1);
        world.now = World.NOW.plus(Duration.ofHours(1));

        assertThat(world.run().waiting()).hasSize(1);
    }

    @Test
    void theReadsAndDaysOfAnAbsenceAreCountedInParis() {
        courses(1, 1);
        world.now = World.NOW.plus(Duration.ofHours(13)).plusSeconds(59 * 60);
        world.rules = new Rules(Duration.ofDays(3), 10, 0.3, Duration.ofMinutes(15));
        world.run();
        world.now = world.now.plusSeconds(60);

        Absence absence = world.run().memory().absences().get(World.id(1));

        assertThat(absence.reads()).isEqualTo(2);
        assertThat(absence.days()).containsExactlyInAnyOrder(World.TODAY, World.TODAY.plusDays(1));
    }

    @Test
    void whatHasEndedOrLiesOutsideTheWindowIsNeverDeleted() {
        world.put(1, World.mine("1"), World.event("Hier", "B110", World.at(-1, 10), 2));
        world.put(2, World.mine("2"), World.event("Finit maintenant", "B110", World.at(0, 8), 2));
        world.put(3, World.mine("3"), World.event("En cours", "B110", World.at(0, 9), 2));
        world.put(4, World.mine("4"), World.event("Trop tard", "B110", World.at(11, 10), 2));
        absentFor(Duration.ofDays(1), 2, 1, 4);

        assertThat(ids(world.plan())).containsExactly(World.id(3));
    }

    @Test
    void tenDeletionsAreNeverTooMany() {
        courses(1, 10);
        absentFor(Duration.ofHours(1), 1, 1, 10);

        assertThat(ids(world.plan())).hasSize(10);
    }

    @Test
    void elevenAreTooManyWhenTheyAreMoreThanTheRatioOfWhatStands() {
        courses(1, 11);
        absentFor(Duration.ofHours(1), 1, 1, 11);
        Plan plan = world.plan();
        assertThat(ids(plan)).isEmpty();
        assertThat(reasons(plan)).hasSize(11).containsOnly(Reason.TOO_MANY);

        standing(200, 25);

        assertThat(ids(world.plan())).as("11 of 37 are less than 30 %").hasSize(11);
    }

    @Test
    void theRatioItselfIsNotTooMany() {
        courses(1, 12);
        standing(200, 27);
        absentFor(Duration.ofHours(1), 1, 1, 12);

        assertThat(ids(world.plan())).as("12 of 40 are exactly 30 %").hasSize(12);
    }

    @Test
    void aCreateWithoutAnAnswerDoesNotCountAmongWhatStands() {
        courses(1, 12);
        standing(200, 26);
        absentFor(Duration.ofHours(1), 1, 1, 12);
        CalendarEvent inDoubt = World.course(300, 5).event();
        world.wanted.add(new Wanted("300", inDoubt));
        world.memory = world.memory.withSettling(List.of(new Settling(
                Change.Kind.CREATE, inDoubt.withReference(World.mine("300")), World.NOW.minusSeconds(60))));

        Plan plan = world.plan();

        assertThat(ids(plan)).as("12 of the 39 that surely stand are too many").isEmpty();
        assertThat(plan.standing()).isEqualTo(39);
    }

    @Test
    void heldDeletionsAreReleasedOneByOneAfterTwoDaysFourReadsOnTwoDays() {
        courses(1, 11);
        absentFor(Duration.ofHours(48), 3, 1, 1);
        absentFor(Duration.ofHours(47), 3, 2, 2);
        absentFor(Duration.ofHours(48), 2, 3, 11);

        Plan plan = world.plan();

        assertThat(ids(plan)).containsExactly(World.id(1));
        assertThat(reasons(plan)).hasSize(10).containsOnly(Reason.TOO_MANY);
    }

    @Test
    void readsOfOneDayReleaseNothing() {
        courses(1, 11);
        Map<String, Absence> absences = new HashMap<>();
        for (int i = 1; i <= 11; i++) {
            absences.put(World.id(i), new Absence(World.NOW.minus(Duration.ofDays(3)), 9, Set.of(World.TODAY)));
        }
        world.memory = new Remembered(absences, Map.of(), List.of(), Set.of(), null);

        assertThat(ids(world.plan())).isEmpty();
    }

    @Test
    void anAnswerWithNothingToComeDeletesNothingHoweverLongItLasts() {
        world.wanted = List.of(World.course(98, -1));
        courses(1, 1);
        absentFor(Duration.ofDays(4), 9, 1, 1);

        Plan plan = world.plan();

        assertThat(ids(plan)).isEmpty();
        assertThat(reasons(plan)).containsExactly(Reason.EMPTY_ANSWER);
        assertThat(plan.waiting()).extracting(waiting -> waiting.event().id()).containsExactly(World.id(99));
        assertThat(ids(plan.released())).containsExactly(World.id(1));
    }

    @Test
    void anUnreadableRowWithoutNumberHoldsCopiesTooAndCannotBeReleased() {
        courses(1, 1);
        absentFor(Duration.ofHours(1), 1, 1, 1);
        world.put(100, World.mine("99"), World.course(99, 9).event());
        world.unreadable = List.of(new Unreadable(3, null, "illisible"));

        Plan plan = world.plan();

        assertThat(ids(plan)).isEmpty();
        assertThat(reasons(plan)).containsExactly(Reason.UNREADABLE_ROW, Reason.UNREADABLE_ROW);
        assertThat(plan.released()).isEqualTo(plan);
        assertThat(plan.memory().absences()).isEqualTo(world.memory.absences());
    }

    @Test
    void anUnreadableRowWithANumberProtectsItsOwnEventOnly() {
        courses(1, 2);
        absentFor(Duration.ofHours(1), 1, 1, 2);
        world.unreadable = List.of(new Unreadable(3, "1", "illisible"));

        Plan plan = world.plan();

        assertThat(ids(plan)).containsExactly(World.id(2));
        assertThat(plan.held()).isEmpty();
        assertThat(plan.memory().absences()).containsOnlyKeys(World.id(2));
    }

    @Test
    void aShrunkenCalendarGetsNoCreatesUntilASecondReadHalfAnHourLater() {
        standing(1, 20);
        world.run();
        for (int i = 1; i <= 11; i++) {
            world.calendar.remove(World.id(i));
        }
        assertThat(reasons(world.run())).hasSize(11).containsOnly(Reason.CALENDAR_SHRUNK);
        world.now = World.NOW.plus(Duration.ofMinutes(29));
        assertThat(reasons(world.run())).hasSize(11);

        world.now = World.NOW.plus(Duration.ofMinutes(30));

        assertThat(world.run().creates()).hasSize(11);
        assertThat(world.memory.shrunkSince()).isNull();
    }

    /** It says nothing of the timetable: what it would delete still stands, and is missed should the next listing lack it. */
    @Test
    void aFurtherListingOfARunThatShowsMuchLessChangesNothingOfWhatTheNextIsComparedWith() {
        courses(1, 1);
        standing(2, 19);
        absentFor(Duration.ofHours(1), 1, 1, 1);
        List<CalendarEvent> half = world.calendar.values().stream()
                .filter(event -> event.id().compareTo(World.id(9)) <= 0)
                .toList();

        assertThat(Planner.plan(world.situation(half)).learned(world.memory).seen())
                .isEqualTo(half.stream().map(CalendarEvent::id).collect(Collectors.toSet()));

        world.memory = world.memory.withSeen(
                IntStream.rangeClosed(2, 20).mapToObj(World::id).collect(Collectors.toSet()));
        assertThat(Planner.plan(world.situation(half)).learned(world.memory)).isEqualTo(world.memory);
    }

    @Test
    void aSmallLossIsNoShrunkenCalendar() {
        standing(1, 39);
        world.run();
        for (int i = 1; i <= 12; i++) {
            world.calendar.remove(World.id(i));
        }

        assertThat(world.plan().creates()).as("12 of 40 are exactly 30 %").hasSize(12);
    }

    @Test
    void ourOwnDeletionsAreNoShrunkenCalendar() {
        courses(1, 12);
        absentFor(Duration.ofDays(3), 8, 1, 12);
        world.run();
        world.wanted.add(World.course(98, 8));
        world.now = World.NOW.plus(Duration.ofHours(1));

        assertThat(world.run().creates()).hasSize(1);
    }

    @Test
    void neitherAreApprovedOnes() {
        courses(1, 12);
        absentFor(Duration.ofHours(1), 1, 1, 12);
        world.carryOut(world.plan().released());
        world.forgetWrites();
        world.wanted.add(World.course(98, 8));

        assertThat(world.run().creates()).hasSize(1);
    }

    @Test
    void norThoseThatALateListingStillShowed() {
        courses(1, 12);
        world.memory = world.memory.withSettling(IntStream.rangeClosed(1, 12)
                .mapToObj(i -> world.calendar.get(World.id(i)))
                .map(event -> new Settling(Change.Kind.DELETE, event, World.NOW))
                .toList());
        world.run();
        world.calendar.keySet().retainAll(Set.of(World.id(99)));
        world.wanted.add(World.course(98, 8));
        world.now = World.NOW.plus(Duration.ofHours(1));

        assertThat(world.plan().creates()).hasSize(1);
    }

    @Test
    void norThoseOfARunThatDidNotEnd() {
        courses(1, 12);
        world.run();
        List<Settling> deleted = IntStream.rangeClosed(1, 12)
                .mapToObj(i -> world.calendar.remove(World.id(i)))
                .map(event -> new Settling(Change.Kind.DELETE, event, World.NOW))
                .toList();
        world.memory = new Remembered(Map.of(), Map.of(), deleted, world.memory.seen(), null);
        world.wanted.add(World.course(98, 8));

        assertThat(world.plan().creates()).hasSize(1);
    }

    @Test
    void theChecksumChangesWithWhatIsHeld() {
        courses(1, 11);
        absentFor(Duration.ofHours(1), 1, 1, 11);
        String checksum = world.plan().checksum();

        world.put(11, World.mine("11"), World.course(11, 3).event());

        assertThat(world.plan().checksum()).isNotEqualTo(checksum);
    }

    /** Events that no row stands for. */
    private void courses(int first, int last) {
        for (int i = first; i <= last; i++) {
            world.put(i, World.mine(Integer.toString(i)), World.course(i, 2).event());
        }
    }

    /** Events that are as they should be. */
    private void standing(int first, int count) {
        for (int i = first; i < first + count; i++) {
            world.wanted.add(World.course(i, 2));
            world.put(i, World.mine(Integer.toString(i)), World.course(i, 2).event());
        }
    }

    private void absentFor(Duration duration, int reads, int first, int last) {
        Map<String, Absence> absences = new HashMap<>(world.memory.absences());
        for (int i = first; i <= last; i++) {
            absences.put(World.id(i), new Absence(World.NOW.minus(duration), reads, Set.of(World.TODAY.minusDays(1))));
        }
        world.memory = new Remembered(absences, Map.of(), List.of(), Set.of(), null);
    }

    private static List<String> ids(Plan plan) {
        return plan.deletes().stream().map(change -> change.before().id()).toList();
    }

    private static List<Reason> reasons(Plan plan) {
        return plan.held().stream().map(Plan.Held::reason).toList();
    }
}
