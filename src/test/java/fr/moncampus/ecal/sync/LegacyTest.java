package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Plan.Reason;
import fr.moncampus.ecal.timetable.Timetable.Unreadable;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Takeover: which events of the original tool are taken over, deleted, or left to a person. */
class LegacyTest {
    private final World world = new World();

    @Test
    void itsEventIsAdoptedByOneUpdateThatKeepsItsId() {
        world.wanted.add(World.course(42, 1));
        original(7, World.course(42, 1).event());

        Plan plan = world.plan();

        assertThat(World.writes(plan)).isEqualTo(1);
        CalendarEvent after = plan.updates().get(0).after();
        assertThat(after)
                .isEqualTo(World.course(42, 1).event().withId(World.id(7)).withReference(World.mine("42")));
    }

    @Test
    void parisTimeIsTriedForAllCoursesBeforeAnyOtherReading() {
        world.wanted = List.of(
                new Wanted("1", World.event("Maths", "B110", World.at(1, 9), 1)),
                new Wanted("2", World.event("Maths", "B110", World.at(1, 8), 1)));
        original(1, World.event("Maths", "B110", World.at(1, 8), 1));

        Plan plan = world.plan();

        assertThat(plan.updates())
                .extracting(change -> change.after().reference())
                .containsExactly(World.mine("2"));
        assertThat(plan.creates())
                .extracting(change -> change.after().reference())
                .containsExactly(World.mine("1"));
    }

    @Test
    void ofDoublesTheSmallestIdIsAdoptedAndTheOtherWaits() {
        world.wanted.add(World.course(42, 1));
        original(8, World.course(42, 1).event());
        original(7, World.course(42, 1).event());

        Plan plan = world.plan();

        assertThat(plan.updates()).extracting(change -> change.after().id()).containsExactly(World.id(7));
        assertThat(plan.waiting()).extracting(waiting -> waiting.event().id()).containsExactly(World.id(8));
    }

    @Test
    void aRoomThatTheOriginalWroteAsNoneIsNoRoom() {
        world.wanted.add(new Wanted("1", World.event("Maths", "Aucune", World.at(1, 10), 2)));
        original(1, World.event("Maths", "None", World.at(1, 10), 2));

        assertThat(world.plan().updates()).hasSize(1);
    }

    @Test
    void aLeftOverThatOverlapsACourseOrBearsItsNameWaits() {
        world.wanted.add(World.course(42, 1));
        original(1, World.event("Autre chose", "C3", World.at(1, 11), 2));
        original(2, World.event("Cours 42", "C3", World.at(5, 11), 2));

        assertThat(world.plan().waiting())
                .extracting(waiting -> waiting.event().id())
                .containsExactly(World.id(1), World.id(2));
    }

    @Test
    void anOverlapWithALongCourseIsFoundBehindShortOnes() {
        world.wanted = List.of(
                new Wanted("1", World.event("Examen", "B110", World.at(1, 8), 9)),
                new Wanted("2", World.event("Maths", "B110", World.at(1, 9), 1)));
        original(1, World.event("Autre chose", "C3", World.at(1, 14), 1));

        assertThat(world.plan().waiting()).hasSize(1);
    }

    @Test
    void aLeftOverThatOnlyTouchesACourseIsHeldForAPerson() {
        world.wanted.add(World.course(42, 1));
        original(1, World.event("Autre chose", "C3", World.at(1, 12), 2));
        original(2, World.event("Passé", "C3", World.at(-1, 12), 2));
        original(3, World.event("Lointain", "C3", World.at(11, 12), 2));

        Plan plan = world.plan();

        assertThat(plan.waiting()).isEmpty();
        assertThat(plan.held()).extracting(held -> held.change().before().id()).containsExactly(World.id(1));
        assertThat(plan.held()).extracting(Plan.Held::reason).containsExactly(Reason.LEGACY_LEFTOVER);
    }

    @Test
    void aLeftOverOfACourseThatAlreadyHasItsEventIsADouble() {
        world.wanted.add(World.course(42, 1));
        world.put(1, World.mine("42"), World.course(42, 1).event());
        original(2, World.course(42, 1).event());

        Plan plan = world.plan();

        assertThat(plan.updates()).isEmpty();
        assertThat(plan.waiting()).extracting(waiting -> waiting.event().id()).containsExactly(World.id(2));
    }

    @Test
    void whatOnlyLooksAlikeIsNotTouched() {
        world.wanted.add(World.course(42, 1));
        world.put(1, "123456789", World.course(42, 1).event());
        CalendarEvent other = World.course(42, 1).event();
        world.put(
                2,
                "1234",
                new CalendarEvent(
                        null,
                        null,
                        other.name(),
                        other.location(),
                        other.startDate(),
                        other.startTime(),
                        other.endDate(),
                        other.endTime(),
                        null,
                        false,
                        "Avec Intervenant : X",
                        "15M",
                        0,
                        null));

        Plan plan = world.plan();

        assertThat(plan.creates()).hasSize(1);
        assertThat(World.writes(plan)).isEqualTo(1);
        assertThat(plan.waiting()).isEmpty();
        assertThat(plan.held()).isEmpty();
    }

    @Test
    void anUnreadableRowMayBeAnyOfThemAndKeepsThemAll() {
        world.wanted.add(World.course(42, 1));
        original(1, World.event("Cours 42", "C3", World.at(5, 11), 2));
        original(2, World.event("Autre chose", "C3", World.at(6, 11), 2));
        world.unreadable = List.of(new Unreadable(2, "43", "illisible"));

        Plan plan = world.plan();

        assertThat(plan.waiting()).isEmpty();
        assertThat(plan.held())
                .extracting(Plan.Held::reason)
                .containsExactly(Reason.UNREADABLE_ROW, Reason.UNREADABLE_ROW);
        assertThat(plan.memory().absences()).isEmpty();
    }

    private void original(int id, CalendarEvent event) {
        LocalDateTime start = LocalDateTime.parse(event.startDate() + "T" + event.startTime());
        LocalDateTime end = LocalDateTime.parse(event.endDate() + "T" + event.endTime());
        world.put(id, Integer.toString(1000 + id), World.at(event, start, end, null));
    }
}
