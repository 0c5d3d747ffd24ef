package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.time.Jump;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest {
    private static final Instant NOW = Instant.parse("2026-09-14T06:00:00Z");

    @TempDir
    private Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theLastOneSurvivesARestartWhole() {
        CalendarEvent first = Fixtures.event("mc-0a1b2c3d-1").withId(Fixtures.id(1));
        CalendarEvent second = Fixtures.event("mc-0a1b2c3d-2").withId(Fixtures.id(2));
        Snapshot snapshot = new Snapshot(
                NOW,
                true,
                List.of(first, second),
                List.of(Change.update(first, first.withName("Anglais")), Change.create(second)),
                List.of(new Plan.Waiting(second, NOW.minusSeconds(60))),
                List.of(new Plan.Held(Change.delete(first), Plan.Reason.TOO_MANY)),
                2,
                "0123456789ab");
        store("alice", "0a1b2c3d").write(snapshot(List.of(second)));
        store("alice", "0a1b2c3d").write(snapshot);
        database.close();
        open();

        assertThat(store("alice", "0a1b2c3d").read()).isEqualTo(snapshot);
        assertThat(database.query("SELECT COUNT(*) FROM snapshot", row -> row.getInt(1)))
                .containsExactly(1);
    }

    @Test
    void anotherConfigurationsOrAnotherCalendarsIsNotShown() {
        store("alice", "0a1b2c3d").write(snapshot(List.of(Fixtures.event("mc-0a1b2c3d-1"))));

        assertThat(store("bob", "0a1b2c3d").read()).isNull();
        assertThat(store("alice", "ffffffff").read()).isNull();
    }

    @Test
    void aHugeCalendarKeepsWhatStartsLast() {
        List<CalendarEvent> events = IntStream.range(0, SnapshotStore.MAX_EVENTS + 5)
                .mapToObj(i -> Fixtures.event("mc-0a1b2c3d-" + i))
                .toList();
        store("alice", "0a1b2c3d").write(snapshot(events));

        assertThat(store("alice", "0a1b2c3d").read().events())
                .hasSize(SnapshotStore.MAX_EVENTS)
                .endsWith(events.get(events.size() - 1));
    }

    /** Its age stays what it is. */
    @Test
    void aClockThatIsSetMovesIt() {
        store("alice", "0a1b2c3d").write(snapshot(List.of()));
        ClockShift shift = new ClockShift(database);

        shift.jumped(new Jump(NOW.minusSeconds(60), NOW.plusSeconds(60), NOW.plusSeconds(60 + 86_400)));

        assertThat(store("alice", "0a1b2c3d").read().at()).isEqualTo(NOW.plusSeconds(86_400));
    }

    @Test
    void aTermTakesLittleRoom() {
        List<CalendarEvent> events = IntStream.range(0, 350)
                .mapToObj(i -> Fixtures.event("mc-0a1b2c3d-" + i).withId(Fixtures.id(i * 7919)))
                .toList();
        store("alice", "0a1b2c3d").write(snapshot(events));

        assertThat(database.query("SELECT LENGTH(content) FROM snapshot", row -> row.getInt(1))
                        .get(0))
                .isLessThan(20_000);
    }

    private SnapshotStore store(String config, String owner) {
        return new SnapshotStore(database, config, owner);
    }

    private static Snapshot snapshot(List<CalendarEvent> events) {
        return new Snapshot(NOW, false, events, List.of(), List.of(), List.of(), 0, null);
    }
}
