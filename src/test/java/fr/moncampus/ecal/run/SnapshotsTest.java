package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Remembered;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page shows of a run: the calendar as it stands after it, and what is left to be done. */
class SnapshotsTest {
    private static final String OWNER = "0a1b2c3d";
    private static final Instant NOW = Instant.parse("2026-10-05T06:00:00Z");

    @Test
    void whatWasDoneIsSeenThoughTheListingIsOlder() throws Exception {
        Run run = run(event(1, "09-14"), event(2, "09-15"), event(3, "09-16"), event(9, "09-20"));
        CalendarEvent updated = event(2, "09-15").withName("Algorithmique");
        CalendarEvent known = event(9, "09-20").withId(null);
        run.planned(plan(
                List.of(
                        Change.create(event(4, "09-17").withId(null)),
                        Change.create(event(5, "09-18").withId(null))),
                List.of(Change.update(event(2, "09-15"), updated), Change.update(event(9, "09-20"), known)),
                List.of(Change.delete(event(3, "09-16"))),
                List.of()));
        run.written(done(event(2, "09-15"), updated, null));
        run.written(done(event(3, "09-16"), null, null));
        run.written(done(null, event(4, "09-17").withId(null), Fixtures.id(4)));

        Snapshot snapshot = Snapshots.of(run, OWNER, NOW);

        assertThat(snapshot.events()).containsExactly(event(1, "09-14"), updated, event(4, "09-17"), event(9, "09-20"));
        assertThat(snapshot.changes())
                .as("what is left")
                .containsExactly(
                        Change.create(event(5, "09-18").withId(null)), Change.update(event(9, "09-20"), known));
        assertThat(snapshot.at()).isEqualTo(NOW);
        assertThat(snapshot.preview()).isFalse();
        assertThat(snapshot.standing()).isEqualTo(7);
    }

    /** The calendar says that it has it, and has not said under which id. */
    @Test
    void anEventWithoutAnIdIsShownOnce() throws Exception {
        Run run = run(event(1, "09-14"));
        run.planned(plan(List.of(), List.of(), List.of(), List.of()));
        run.written(unconfirmed(event(1, "09-14")));
        run.written(unconfirmed(event(2, "09-15")));

        assertThat(Snapshots.of(run, OWNER, NOW).events())
                .containsExactly(event(1, "09-14"), event(2, "09-15").withId(null));
    }

    @Test
    void eventsOfOthersAreNotShownAndOurOwnStandInTheOrderOfTheirStart() {
        CalendarEvent foreign = event(7, "09-14").withReference("mc-ffffffff-7");
        CalendarEvent nameless = event(8, "09-14").withReference(null);
        CalendarEvent dateless = event(6, "???");
        Run run = run(event(3, "09-16"), foreign, event(2, "09-14"), nameless, event(1, "09-14"), dateless);
        run.planned(plan(List.of(), List.of(), List.of(), List.of()));

        assertThat(Snapshots.of(run, OWNER, NOW).events())
                .containsExactly(dateless, event(1, "09-14"), event(2, "09-14"), event(3, "09-16"));
    }

    @Test
    void aSumIsShownOnlyWhereSomethingCanBeReleased() {
        for (Plan.Reason reason : Plan.Reason.values()) {
            Run run = run(event(1, "09-14"));
            Plan plan = plan(
                    List.of(), List.of(), List.of(), List.of(new Plan.Held(Change.delete(event(1, "09-14")), reason)));
            run.planned(plan);

            assertThat(Snapshots.of(run, OWNER, NOW).checksum())
                    .isEqualTo(reason.releasable() ? plan.checksum() : null);
        }
        assertThat(Arrays.stream(Plan.Reason.values()).map(Plan.Reason::releasable))
                .contains(true, false);
    }

    private static Run run(CalendarEvent... listed) {
        Run run = new Run("alice", "0a1b2c3d", Purpose.SYNC, NOW);
        run.listed(List.of(listed));
        return run;
    }

    private static Plan plan(List<Change> creates, List<Change> updates, List<Change> deletes, List<Plan.Held> held) {
        return new Plan(creates, updates, deletes, List.of(), held, 0, 0, 7, Map.of(), List.of(), Remembered.NOTHING);
    }

    private static Write done(CalendarEvent before, CalendarEvent after, String id) {
        Write write = new Write(before, after, false, reference -> reference);
        write.accepted(id);
        return write;
    }

    private static Write unconfirmed(CalendarEvent event) throws Exception {
        Write write = new Write(null, event.withId(null), true, reference -> reference);
        write.sending();
        write.exists();
        write.found(List.of());
        return write;
    }

    private static CalendarEvent event(int number, String day) {
        return new CalendarEvent(
                Fixtures.id(number),
                "mc-" + OWNER + "-" + number,
                "Cours " + number,
                "B110",
                "2026-" + day,
                "09:00",
                "2026-" + day,
                "12:00",
                "Europe/Paris",
                false,
                "",
                "15M",
                0,
                null);
    }
}
