package fr.moncampus.ecal.memory;

import java.util.Set;
import java.util.TreeSet;

/**
 * Under which owners a configuration has written: another source or another calendar makes another owner of the same person, whose events are
 * still this configuration's.
 */
public final class Tenures {
    private final Database database;
    private final String config;
    private final String owner;
    private final String source;
    private final String person;

    /** @param person whose timetable it is, as a hash: another one of the same source is somebody else */
    public Tenures(Database database, String config, String owner, String source, String person) {
        this.database = database;
        this.config = config;
        this.owner = owner;
        this.source = source;
        this.person = person;
    }

    /** From now on, what it writes has its present owner. */
    public void begin() {
        database.update("INSERT INTO tenure VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", config, owner, source, person);
    }

    /** The owners before, of the same person as far as can be told: another source, or another calendar. */
    public Set<String> predecessors() {
        return new TreeSet<>(database.query(
                "SELECT owner FROM tenure WHERE config = ? AND owner <> ? AND (source <> ? OR person = ?)",
                row -> row.getString(1),
                config,
                owner,
                source,
                person));
    }
}
