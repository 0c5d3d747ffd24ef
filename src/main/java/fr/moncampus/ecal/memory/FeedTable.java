package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The calendar of one configuration whose target is a feed. A change is one transaction: it happens or it does not. */
public final class FeedTable {
    private final Database database;
    private final String config;
    private final Clock clock;

    /** @param at when it was last written, by a clock that may have been wrong */
    public record Row(CalendarEvent event, Instant at) {}

    public FeedTable(Database database, String config, Clock clock) {
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    /** All of them, with their ids. */
    public List<Row> rows() {
        return database.query(
                "SELECT id, event, at FROM feed_event WHERE config = ? ORDER BY id",
                row -> new Row(
                        Json.read(row.getString(2)).withId(row.getString(1)), Instant.ofEpochMilli(row.getLong(3))),
                config);
    }

    /** @return its id, which follows from the reference: phones know an event again that was lost and came back. Null when the reference stands already */
    public String create(CalendarEvent event) {
        String[] id = new String[1];
        database.transaction("feed " + config, () -> {
            if (has("reference", event.reference())) {
                return;
            }
            String free = event.reference();
            // an event that was taken over keeps the id of the reference that it had before
            for (int i = 2; has("id", free); i++) {
                free = event.reference() + "." + i;
            }
            database.update(
                    "INSERT INTO feed_event (config, id, reference, event, at) VALUES (?, ?, ?, ?, ?)",
                    config,
                    free,
                    event.reference(),
                    Json.write(event),
                    clock.millis());
            id[0] = free;
        });
        return id[0];
    }

    /** @return false when there is no such event */
    public boolean update(String id, CalendarEvent event) {
        return database.update(
                        "UPDATE feed_event SET reference = ?, event = ?, at = ? WHERE config = ? AND id = ?",
                        event.reference(),
                        Json.write(event),
                        clock.millis(),
                        config,
                        id)
                > 0;
    }

    /** @return false when there is no such event */
    public boolean delete(String id) {
        return database.update("DELETE FROM feed_event WHERE config = ? AND id = ?", config, id) > 0;
    }

    private boolean has(String column, String value) {
        return !database.query(
                        "SELECT 1 FROM feed_event WHERE config = ? AND " + column + " = ?", row -> true, config, value)
                .isEmpty();
    }
}
