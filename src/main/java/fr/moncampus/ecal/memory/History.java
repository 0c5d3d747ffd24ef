package fr.moncampus.ecal.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The runs of one configuration, and the failures that are not cured yet. */
public final class History {
    private static final Duration KEPT = Duration.ofDays(90);
    private final Database database;
    private final String config;

    public History(Database database, String config) {
        this.database = database;
        this.config = config;
    }

    /**
     * @param result the JSON line that {@code sync} prints
     * @param held   JSON: what waits and what is held, in words
     */
    public record Entry(String id, Instant started, Instant finished, boolean success, String result, String held) {
    }

    public void add(Entry entry) {
        database.transaction(() -> {
            database.update("INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?, ?, ?)", config, entry.id(),
                    entry.started().toEpochMilli(), entry.finished().toEpochMilli(), entry.success() ? 1 : 0, entry.result(), entry.held());
            database.update("DELETE FROM run WHERE config = ? AND started < ?", config, entry.started().minus(KEPT).toEpochMilli());
        });
    }

    /** Newest first. */
    public List<Entry> last(int limit) {
        return entries("SELECT id, started, finished, success, result, held FROM run WHERE config = ? ORDER BY started DESC LIMIT ?", limit);
    }

    /** Null when there was none. */
    public Entry lastSuccess() {
        List<Entry> entries = entries("SELECT id, started, finished, success, result, held FROM run WHERE config = ? AND success = 1 ORDER BY started DESC LIMIT ?", 1);
        return entries.isEmpty() ? null : entries.get(0);
    }

    private List<Entry> entries(String sql, int limit) {
        return database.query(sql, row -> new Entry(row.getString(1), Instant.ofEpochMilli(row.getLong(2)), Instant.ofEpochMilli(row.getLong(3)),
                row.getBoolean(4), row.getString(5), row.getString(6)), config, limit);
    }

    /** @return false when this very failure is open already */
    public boolean failed(String subject, String message, Instant now) {
        boolean[] isNew = {false};
        database.transaction(() -> {
            List<String> open = database.query("SELECT message FROM failure WHERE config = ? AND subject = ?", row -> row.getString(1), config, subject);
            if (open.isEmpty() || !open.get(0).equals(message)) {
                isNew[0] = true;
                database.update("INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?)", config, subject, message, now.toEpochMilli());
            }
        });
        return isNew[0];
    }

    /** What failed and is not cured: subject and message, a pair each. */
    public List<String[]> open() {
        return database.query("SELECT subject, message FROM failure WHERE config = ? ORDER BY since, subject",
                row -> new String[] {row.getString(1), row.getString(2)}, config);
    }

    public void cured(String subject) {
        database.update("DELETE FROM failure WHERE config = ? AND subject = ?", config, subject);
    }
}
