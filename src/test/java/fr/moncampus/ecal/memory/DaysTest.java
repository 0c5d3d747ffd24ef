package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.JumpingClock;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.time.WatchedClock;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days are counted by what really passes, and by all processes together. */
class DaysTest {
    private final JumpingClock time = new JumpingClock(Instant.parse("2026-09-14T06:00:00Z"));
    private Database database;
    private Process process;

    /** With a memory of what it has counted, as long as it lives. */
    private final class Process {
        private final WatchedClock clock = time.watched();
        private final Days days = new Days(database);

        private List<Integer> pass() {
            days.pass(clock);
            return numbers();
        }
    }

    @BeforeEach
    void open() throws Exception {
        database = Database.on(DriverManager.getConnection("jdbc:sqlite::memory:"));
        process = new Process();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aDayIsOverAfterTwentyFourHoursWhateverTheClockSays() {
        assertThat(process.pass()).containsExactly(1);
        time.pass(Duration.ofDays(1).minusNanos(1));
        time.jump(Duration.ofDays(400));
        assertThat(process.pass()).containsExactly(1);
        time.pass(Duration.ofNanos(1));
        time.jump(Duration.ofDays(-800));
        assertThat(process.pass()).containsExactly(1, 2);
    }

    @Test
    void whatIsMoreThanADayCountsForTheNext() {
        process.pass();
        time.pass(Duration.ofHours(36));
        assertThat(process.pass()).containsExactly(1, 2);
        assertThat(process.pass()).containsExactly(1, 2);
        time.pass(Duration.ofHours(12));
        assertThat(process.pass()).containsExactly(1, 2, 3);
    }

    /** So that what was written on the day before the pause is as old as it is. */
    @Test
    void ofDaysInWhichNothingWasWrittenTheFirstIsCountedToo() {
        process.pass();
        run("one");
        time.pass(Duration.ofDays(1));
        process.pass();
        run("two");
        time.pass(Duration.ofDays(4));
        assertThat(process.pass()).containsExactly(1, 2, 3, 6);
        assertThat(database.query("SELECT run FROM day ORDER BY number", row -> row.getInt(1)))
                .as("the last run before each")
                .containsExactly(0, 1, 1, 2);
    }

    @Test
    void aProcessThatStartsCountsADayIfTheClockIsADayAwayFromTheLastStartAndNeverMore() {
        process.pass();
        time.jump(Duration.ofDays(1).minusMillis(1));
        assertThat(new Process().pass()).containsExactly(1);
        time.jump(Duration.ofMillis(1));
        assertThat(new Process().pass()).containsExactly(1, 2);
        time.jump(Duration.ofDays(-1).plusMillis(1));
        assertThat(new Process().pass()).containsExactly(1, 2);
        time.jump(Duration.ofMillis(-1));
        assertThat(new Process().pass()).containsExactly(1, 2, 3);
        time.jump(Duration.ofDays(3000));
        Process last = new Process();
        assertThat(last.pass()).containsExactly(1, 2, 3, 4);
        time.pass(Duration.ofDays(1));
        assertThat(last.pass()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void twoProcessesCountTheSameDays() {
        process.pass();
        time.pass(Duration.ofHours(12));
        Process other = new Process();
        assertThat(other.pass()).containsExactly(1);
        time.pass(Duration.ofHours(12));
        assertThat(process.pass()).containsExactly(1, 2);
        assertThat(other.pass()).containsExactly(1, 2);
        time.pass(Duration.ofHours(12));
        assertThat(other.pass()).containsExactly(1, 2);
        time.pass(Duration.ofHours(12));
        assertThat(other.pass()).containsExactly(1, 2);
        assertThat(process.pass()).containsExactly(1, 2, 3);
    }

    @Test
    void whatAnotherProcessHasCountedIsNotCountedAgain() {
        process.pass();
        Process other = new Process();
        other.pass();
        time.pass(Duration.ofDays(5));
        assertThat(process.pass()).containsExactly(1, 2, 6);
        time.pass(Duration.ofDays(1));
        assertThat(other.pass()).containsExactly(1, 2, 6, 7);
        time.pass(Duration.ofDays(1));
        assertThat(other.pass()).containsExactly(1, 2, 6, 7, 8);
    }

    @Test
    void aDayIsForgottenWhenWhatItSaysIsOfNoMoreUse() {
        for (int day = 1; day <= 3 * Days.KEPT; day++) {
            process.pass();
            time.pass(Duration.ofDays(1));
        }
        assertThat(numbers()).hasSize(Days.KEPT + 1).startsWith(2 * Days.KEPT).endsWith(3 * Days.KEPT);
    }

    private List<Integer> numbers() {
        return database.query("SELECT number FROM day ORDER BY number", row -> row.getInt(1));
    }

    private void run(String id) {
        Instant now = Instant.EPOCH;
        new History(database, "alice").add(new History.Entry(id, now, now, true, RunResult.refused("a"), List.of()));
    }
}
