package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/** A journal in which tests write without sending anything. */
public final class Journals implements AutoCloseable {
    private final Database database;
    private final String config;
    private int number;

    public Journals(Path folder, String config) {
        this.database = Database.open(folder);
        this.config = config;
    }

    public Journal journal() {
        return new Journal(database, config, Clock.systemUTC());
    }

    public void add(Instant at, String method, String why, CalendarEvent before, CalendarEvent after, String outcome) {
        database.update(
                "INSERT INTO journal (config, run, number, at, method, why, before, after, outcome) VALUES (?, 'run', ?, ?, ?, ?, ?, ?, ?)",
                config,
                ++number,
                at.toEpochMilli(),
                method,
                why,
                Json.write(before),
                Json.write(after),
                outcome);
    }

    @Override
    public void close() {
        database.close();
    }
}
