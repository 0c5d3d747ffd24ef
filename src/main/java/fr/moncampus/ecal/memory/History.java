package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.report.Kept;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.time.WatchedClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs of one configuration, and its open failures. */
public final class History {
    /** The last thing that the line of a run says, as {@link Json} writes it. */
    private static final String COMPLETE = "result LIKE '%\"error\":null}'";

    private final Database database;
    private final String config;

    public History(Database database, String config) {
        this.database = database;
        this.config = config;
    }

    /**
     * @param success true when all is in step, or only waits
     * @param kept    what waits and what is held
     */
    public record Entry(
            String id, Instant started, Instant finished, boolean success, RunResult result, List<Kept> kept) {}

    public void add(Entry entry) {
        database.transaction(() -> {
            database.update("DELETE FROM run WHERE config = ? AND id = ?", config, entry.id());
            database.update(
                    "INSERT INTO run (config, id, started, finished, success, result, held) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    config,
                    entry.id(),
                    entry.started().toEpochMilli(),
                    entry.finished().toEpochMilli(),
                    entry.success() ? 1 : 0,
                    Json.write(entry.result()),
                    Json.write(entry.kept()));
            database.update("DELETE FROM run WHERE config = ? AND rowid <= " + Days.OLD_RUN, config);
        });
    }

    /** Newest first: in the order in which they ended, whatever the clock said. */
    public List<Entry> last(int limit) {
        return newest("TRUE", limit);
    }

    /** Null when there was none. */
    public Entry lastSuccess() {
        return first(newest("success = 1", 1));
    }

    /** The last one whose time can be true, since it does not lie ahead of now. Null when there was none. */
    public Entry lastSuccess(Instant now) {
        return first(newest(
                "success = 1 AND finished <= ?",
                1,
                now.plus(WatchedClock.TOLERANCE).toEpochMilli()));
    }

    /** The last run that reached its end, even if single changes failed. Null when there was none. */
    public Entry lastComplete() {
        return first(newest(COMPLETE, 1));
    }

    /** True when another run has reached its end before. */
    public boolean completedBefore(String run) {
        return !database.query(
                        "SELECT 1 FROM run WHERE config = ? AND id <> ? AND " + COMPLETE + " LIMIT 1",
                        row -> true,
                        config,
                        run)
                .isEmpty();
    }

    /**
     * The runs of one hour, added up.
     *
     * @param hour    since 1970; hours are whole in the zones of our users, so that their days can be made of them
     * @param changes events created, changed or removed
     * @param longest milliseconds of the longest run
     */
    public record Hour(long hour, int runs, int bad, int changes, long millis, long longest) {}

    /** A field of a result is reached in each engine's own way, and only SQLite has an index of them, since only a file is read on a Pi. */
    static String hours(Database database) {
        String changes = Stream.of("created", "updated", "deleted")
                .map(field -> database.number("result", field))
                .collect(Collectors.joining(" + ", "(", ")"));
        String millis = database.number("result", "millis");
        return "SELECT started / 3600000, COUNT(*), COUNT(*) - SUM(success), SUM(" + changes + "), SUM(" + millis
                + "), MAX(" + millis + ") FROM run " + database.indexed("run_figures")
                + " WHERE config = ? AND started >= ? AND started < ? GROUP BY 1 ORDER BY 1";
    }

    /** Oldest first; added up by the database, from an index, however many runs there were. */
    public List<Hour> hours(Instant from, Instant until) {
        return database.query(
                hours(database),
                row -> new Hour(
                        row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getLong(5), row.getLong(6)),
                config,
                from.toEpochMilli(),
                until.toEpochMilli());
    }

    /** @param values those of the condition */
    private List<Entry> newest(String condition, int limit, Object... values) {
        return database.query(
                "SELECT id, started, finished, success, result, held FROM run WHERE " + condition
                        + " AND config = ? ORDER BY rowid DESC LIMIT ?",
                History::entry,
                Stream.concat(Stream.of(values), Stream.of(config, limit)).toArray());
    }

    private static Entry first(List<Entry> entries) {
        return entries.isEmpty() ? null : entries.get(0);
    }

    static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getBoolean(4),
                Json.read(row.getString(5), RunResult.class),
                List.of(Json.read(row.getString(6), Kept[].class)));
    }

    /** @return false when this very failure is open already */
    public boolean failed(String subject, String message, Instant now) {
        boolean[] isNew = {false};
        database.transaction("failures " + config, () -> {
            List<String> open = database.query(
                    "SELECT message FROM failure WHERE config = ? AND subject = ?",
                    row -> row.getString(1),
                    config,
                    subject);
            if (open.isEmpty() || !open.get(0).equals(message)) {
                isNew[0] = true;
                database.update(
                        "INSERT INTO failure VALUES (?, ?, ?, ?) ON CONFLICT (config, subject) DO UPDATE SET message = excluded.message, since = excluded.since",
                        config,
                        subject,
                        message,
                        now.toEpochMilli());
            }
        });
        return isNew[0];
    }

    /** Open failures, oldest first. */
    public List<Failure> open() {
        return database.query(
                "SELECT subject, message, since FROM failure WHERE config = ? ORDER BY since, subject",
                row -> new Failure(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))),
                config);
    }

    /** @param subject what was tried: a reference, a row, or the run */
    public record Failure(String subject, String message, Instant since) {}

    public void cured(String subject) {
        database.update("DELETE FROM failure WHERE config = ? AND subject = ?", config, subject);
    }
}
