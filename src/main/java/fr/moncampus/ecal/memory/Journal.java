package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.time.WatchedClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;

/** Every write of one configuration, noted before it is sent: enough to put a calendar back by hand. */
public final class Journal {
    public static final String RUN_ID = "runId";
    private static final String NUMBER = "journalNumber";
    private final Database database;
    private final String config;
    private final WatchedClock clock;

    public Journal(Database database, String config, Clock clock) {
        this.database = database;
        this.config = config;
        this.clock = WatchedClock.of(clock);
    }

    /**
     * @param before  the event as it was; null for a create
     * @param after   the event as it should be; null for a delete
     * @param why     the reason for the change, in the user's words
     * @param outcome null as long as there was no clear answer
     */
    public record Entry(
            String run,
            Instant at,
            String method,
            String why,
            CalendarEvent before,
            CalendarEvent after,
            String outcome) {}

    void begin(Exchange exchange, Write write, long now) {
        String run = exchange.getProperty(RUN_ID, String.class);
        int number = database.query(
                        "SELECT COALESCE(MAX(number), 0) + 1 FROM journal WHERE config = ? AND run = ?",
                        row -> row.getInt(1),
                        config,
                        run)
                .get(0);
        database.days().pass(clock);
        exchange.setProperty(NUMBER, number);
        database.update(
                "INSERT INTO journal (config, run, number, at, method, why, before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                config,
                run,
                number,
                now,
                write.method(),
                write.why(),
                Json.write(write.before()),
                Json.write(write.after()));
    }

    void end(Exchange exchange, Write write) {
        String outcome = write.outcome() != null ? write.outcome().name() : write.mayHaveHappened() ? null : "FAILED";
        database.update(
                "UPDATE journal SET outcome = ?, after = ? WHERE config = ? AND run = ? AND number = ?",
                outcome,
                Json.write(write.after()),
                config,
                exchange.getProperty(RUN_ID, String.class),
                exchange.getProperty(NUMBER, Integer.class));
    }

    /** Newest first. */
    public List<Entry> entries(int limit) {
        return entries(null, limit);
    }

    /**
     * Newest first.
     *
     * @param run only of this run; null for all
     */
    public List<Entry> entries(String run, int limit) {
        return database.query(
                "SELECT run, at, method, why, before, after, outcome FROM journal WHERE config = ? AND run = COALESCE(?, run) "
                        + "ORDER BY rowid DESC LIMIT ?",
                Journal::entry,
                config,
                run,
                limit);
    }

    /** @param number orders the entries of all configurations by age */
    public record Numbered(long number, Entry entry) {}

    /**
     * Newest first, a page at a time.
     *
     * @param before only what is older than the entry of this number
     */
    public List<Numbered> before(long before, int limit) {
        return database.query(
                "SELECT run, at, method, why, before, after, outcome, rowid FROM journal WHERE config = ? AND rowid < ? "
                        + "ORDER BY rowid DESC LIMIT ?",
                row -> new Numbered(row.getLong(8), entry(row)),
                config,
                before,
                limit);
    }

    /** What one run wrote, in the order in which it was begun. */
    public List<Entry> of(String run) {
        return database.query(
                "SELECT run, at, method, why, before, after, outcome FROM journal WHERE config = ? AND run = ? ORDER BY number",
                Journal::entry,
                config,
                run);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                Json.read(row.getString(5)),
                Json.read(row.getString(6)),
                row.getString(7));
    }

    /** Deletes entries older than 90 days, counted as in {@link Days}. */
    public void purge() {
        database.days().pass(clock);
        database.update("DELETE FROM journal WHERE rowid <= " + Days.OLD_JOURNAL);
    }
}
