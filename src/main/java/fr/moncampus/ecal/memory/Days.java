package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.time.WatchedClock;
import java.time.Duration;
import java.util.List;

/**
 * Counts the days that have really passed, by which old rows are purged: a clock that is years ahead does not make rows
 * old. Within a process the monotonic clock counts; a process that starts may count one day more when the wall clock is
 * a day away from where the last one started.
 */
final class Days {
    /** Days after which rows are purged. */
    static final int KEPT = 90;
    /** SQL: the current day number, stored with each row. */
    static final String TODAY = "(SELECT COALESCE(MAX(number), 0) FROM day)";
    /** SQL: the newest day that ended more than {@link #KEPT} days ago; rows stored before it are old. */
    private static final String OLD = "(SELECT MAX(number) FROM day WHERE number <= " + TODAY + " - " + KEPT + ")";
    /** SQL: the last row of the run history, and of the journal, that is old. */
    static final String OLD_RUN = "(SELECT run FROM day WHERE number = " + OLD + ")";

    static final String OLD_JOURNAL = "(SELECT journal FROM day WHERE number = " + OLD + ")";
    private static final long DAY = Duration.ofDays(1).toNanos();
    private final Database database;
    private volatile boolean begun;
    private volatile long since;
    private volatile int today;

    Days(Database database) {
        this.database = database;
    }

    void pass(WatchedClock clock) {
        long nanos = clock.nanos();
        if (isToday(nanos)) {
            return;
        }
        long now = clock.millis();
        // it guards the counters too: with a lock of their own, a write that looks at the day and a run that ends could
        // wait for each other
        database.transaction("days", () -> {
            if (isToday(nanos)) {
                return;
            }
            List<long[]> last = database.query("SELECT number, began FROM day ORDER BY number DESC LIMIT 1", row ->
                    new long[] {row.getLong(1), row.getLong(2)});
            int number = last.isEmpty() ? 0 : (int) last.get(0)[0];
            int lived = begun ? (int) ((nanos - since) / DAY) : 0;
            // other processes on the same memory count the same days
            int next = begun ? Math.max(number, today + lived) : number + 1;
            boolean isNew = begun
                    ? next > number
                    : last.isEmpty()
                            || Math.abs(now - last.get(0)[1])
                                    >= Duration.ofDays(1).toMillis();
            if (begun && next > today + 1 && number == today) {
                // nothing was written since then: every write looks at the clock first
                insert(today + 1, now, "(SELECT MAX(run) FROM day)");
            }
            if (isNew) {
                insert(next, now, "(SELECT COALESCE(MAX(rowid), 0) FROM run)");
                database.update("DELETE FROM day WHERE number < " + OLD);
            }
            today = isNew ? next : number;
            since = begun ? since + lived * DAY : nanos;
            begun = true;
        });
    }

    private boolean isToday(long nanos) {
        return begun && nanos - since < DAY;
    }

    private void insert(int number, long now, String lastRun) {
        database.update(
                "INSERT INTO day SELECT ?, ?, " + lastRun + ", (SELECT COALESCE(MAX(rowid), 0) FROM journal)",
                number,
                now);
    }
}
