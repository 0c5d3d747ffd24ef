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
class ReadyCheckTest {
    private final JumpingClock time = new JumpingClock(Instant.parse("2026-10-01T06:46:00Z"));
    private final Clock clock = time.watched();
    private Database database;
    private History history;
    private ReadyCheck check;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder);
        history = new History(database, "alice");
        run("of the process before", true);
        check = new ReadyCheck(Fixtures.configuration("alice"), database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aClockThatWasAheadAndIsSetRightDoesNotKeepItReady() {
        time.jump(Duration.ofDays(29));
        run("ahead", true);
        assertThat(isReady()).isTrue();
        time.jump(Duration.ofDays(-29));
        assertThat(isReady()).isTrue();

        time.pass(Duration.ofHours(1));
        assertThat(isReady()).isTrue();
        time.pass(Duration.ofMinutes(76));
        assertThat(isReady()).isFalse();

        run("again", true);
        assertThat(isReady()).isTrue();
    }

    @Test
    void aClockThatIsSetForwardHasMissedNoRun() {
        run("right", true);
        assertThat(isReady()).isTrue();
        for (Duration jump : List.of(Duration.ofHours(3), Duration.ofDays(400), Duration.ofDays(-4000))) {
            time.jump(jump);
            assertThat(isReady()).isTrue();
        }
    }

    @Test
    void aRunOfTheProcessBeforeIsNoneEvenIfItsClockWasAhead() {
        assertThat(isReady()).isFalse();
        time.jump(Duration.ofDays(-29));
        assertThat(isReady()).isFalse();
        run("behind", true);
        assertThat(isReady()).isTrue();
    }

    private boolean isReady() {
        return check.call(Map.of()).getState() == State.UP;
    }

    private void run(String id, boolean complete) {
        Instant now = clock.instant();
        RunResult result = RunResult.refused("a", complete ? null : RunError.INTERRUPTED);
        history.add(new History.Entry(id, now, now, complete, result, List.of()));
    }
}
