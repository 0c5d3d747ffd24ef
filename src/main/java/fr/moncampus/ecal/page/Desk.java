package fr.moncampus.ecal.page;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.memory.Journal;
import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.memory.SnapshotStore;
import fr.moncampus.ecal.watch.Status;
import fr.moncampus.ecal.watch.StatusReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/** What the page may read of one configuration: its own, and nothing else. */
final class Desk {
    private final Configuration configuration;
    private final History history;
    private final Journal journal;
    private final SnapshotStore snapshots;
    private final StatusReader status;
    private final Path errorFile;

    Desk(Configuration configuration, Path data, Path errorFile, Database database, Clock clock) {
        String name = configuration.name();
        this.configuration = configuration;
        this.history = new History(database, name);
        this.journal = new Journal(database, name, clock);
        this.snapshots = new SnapshotStore(database, name, configuration.owner());
        this.status = new StatusReader(configuration, data, database, clock);
        this.errorFile = errorFile;
    }

    /** Address of its pages: a name may hold any letters. */
    String base() {
        return "/c/" + encoded();
    }

    /** Address of its JSON. */
    String api() {
        return Api.ROOT + "/" + encoded();
    }

    private String encoded() {
        return URLEncoder.encode(configuration.name(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    Configuration configuration() {
        return configuration;
    }

    History history() {
        return history;
    }

    Journal journal() {
        return journal;
    }

    /** Null when no run has made a plan yet. */
    Snapshot snapshot() {
        return snapshots.read();
    }

    /** The same as {@code status --format json}. */
    Status status() {
        return status.read();
    }

    Errors errors(Instant now) {
        return Errors.of(configuration.name(), history, errorFile, now);
    }

    long errorsToday(Instant now) {
        return Errors.today(configuration.name(), errorFile, now);
    }
}
