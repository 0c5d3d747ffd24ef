package fr.moncampus.ecal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.JumpingClock;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheck.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is due at every full hour by day; the clock jumps. */
class LateCheckTest {
    private final JumpingClock time = new JumpingClock(Instant.parse("2026-10-01T06:46:00Z"));
    private final Clock clock = time.watched();
    private Database database;
    private History history;
    private LateCheck check;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder);
        history = new History(database, "alice");
        run("of the process before", true);
        check = check(true);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aClockThatWasAheadAndIsSetRightDoesNotKeepItInTime() {
        time.jump(Duration.ofDays(29));
        run("ahead", true);
        assertThat(isInTime()).isTrue();
        time.jump(Duration.ofDays(-29));
        assertThat(isInTime()).isTrue();

        time.pass(Duration.ofHours(1));
        assertThat(isInTime()).isTrue();
        time.pass(Duration.ofMinutes(76));
        assertThat(isInTime()).isFalse();

        run("again", true);
        assertThat(isInTime()).isTrue();
    }

    @Test
    void aClockThatIsSetForwardHasMissedNoRun() {
        run("right", true);
        assertThat(isInTime()).isTrue();
        for (Duration jump : List.of(Duration.ofHours(3), Duration.ofDays(400), Duration.ofDays(-4000))) {
            time.jump(jump);
            assertThat(isInTime()).isTrue();
        }
    }

    @Test
    void aRunOfTheProcessBeforeIsNoneEvenIfItsClockWasAhead() {
        assertThat(isInTime()).isFalse();
        time.jump(Duration.ofDays(-29));
        assertThat(isInTime()).isFalse();
        run("behind", true);
        assertThat(isInTime()).isTrue();
    }

    /** Another process of the same memory may have done it, and nothing is due before tomorrow. */
    @Test
    void whoIsNotAloneWaitsForNoFirstRunButMissesTheScheduledOnes() {
        check = check(false);
        assertThat(isInTime()).isTrue();
        time.pass(Duration.ofHours(1));
        assertThat(isInTime()).isTrue();
        time.pass(Duration.ofMinutes(76));
        assertThat(isInTime()).isFalse();
        new History(database, "bob").add(entry("of somebody else", true));
        assertThat(isInTime()).isFalse();
        run("by another process", true);
        assertThat(isInTime()).isTrue();
    }

    @Test
    void itsMessageNamesTheLateOnes() {
        run("good", true);
        time.pass(Duration.ofHours(3));
        assertThat(check.call(Map.of()).getMessage().orElseThrow()).contains("manqué", "alice");
    }

    private LateCheck check(boolean alone) {
        return new LateCheck(new LastRuns(List.of(Fixtures.configuration("alice")), database, clock), alone);
    }

    private boolean isInTime() {
        return check.call(Map.of()).getState() == State.UP;
    }

    private void run(String id, boolean complete) {
        history.add(entry(id, complete));
    }

    private History.Entry entry(String id, boolean complete) {
        Instant now = clock.instant();
        RunResult result = RunResult.refused("a", complete ? null : RunError.INTERRUPTED);
        return new History.Entry(id, now, now, complete, result, List.of());
    }
}
