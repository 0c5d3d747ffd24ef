package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.memory.Journal;
import fr.moncampus.ecal.report.EventText;
import fr.moncampus.ecal.run.Engine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reads the state of a configuration from its data folder. */
public final class StatusReader {
    private static final Duration DAY = Duration.ofHours(24);
    private final Configuration configuration;
    private final Path errorFile;
    private final Database database;
    private final Clock clock;

    /** @param database null when there is none yet */
    public StatusReader(Configuration configuration, Path data, Database database, Clock clock) {
        this.configuration = configuration;
        this.errorFile = Engine.errorFile(configuration, data);
        this.database = database;
        this.clock = clock;
    }

    public Status read() {
        Instant now = clock.instant();
        String next = Status.text(configuration.nextRun(now));
        if (database == null) {
            return new Status(
                    configuration.name(),
                    configuration.label(),
                    Status.State.NEVER,
                    null,
                    null,
                    null,
                    next,
                    null,
                    List.of(),
                    List.of(),
                    0,
                    List.of(),
                    ErrorLines.since(errorFile, now.minus(DAY)));
        }
        History history = new History(database, configuration.name());
        History.Entry last = history.last(1).stream().findFirst().orElse(null);
        History.Entry success = history.lastSuccess();
        History.Entry dated = history.lastSuccess(now);
        List<Status.Failure> failures = history.open().stream()
                .map(open -> new Status.Failure(Status.text(open.since()), open.message()))
                .toList();
        return new Status(
                configuration.name(),
                configuration.label(),
                state(last),
                last == null ? null : Status.text(last.started()),
                success == null ? null : Status.text(success.finished()),
                dated == null
                        ? null
                        : Math.max(0, Duration.between(dated.finished(), now).toSeconds()),
                next,
                last == null ? null : last.result(),
                last == null ? List.of() : changes(new Journal(database, configuration.name(), clock), last.id()),
                last == null ? List.of() : last.kept(),
                failures.size(),
                failures,
                ErrorLines.since(errorFile, now.minus(DAY)));
    }

    /** True when two scheduled runs in a row were missed since the last one that reached its end, by whatever process. */
    public boolean isLate() {
        History history = new History(database, configuration.name());
        History.Entry complete = database == null ? null : history.lastComplete();
        Instant now = clock.instant();
        return complete != null
                && !complete.started().isAfter(now)
                && Punctuality.missedTwo(
                        configuration,
                        complete.started(),
                        history.last(1).get(0).started(),
                        now);
    }

    /** @param last the last run; null when there was none */
    public static Status.State state(History.Entry last) {
        if (last == null) {
            return Status.State.NEVER;
        }
        if (last.success()) {
            return Status.State.OK;
        }
        boolean onlyHeld = last.result().error() == null && last.result().failed() == 0;
        return onlyHeld ? Status.State.HELD : Status.State.FAILED;
    }

    /** What a run changed, a line each. */
    public static List<String> changes(Journal journal, String run) {
        return journal.of(run).stream()
                .filter(entry -> entry.outcome() != null && !"FAILED".equals(entry.outcome()))
                .map(entry ->
                        EventText.change(entry.before(), "DELETED".equals(entry.outcome()) ? null : entry.after()))
                .toList();
    }
}
