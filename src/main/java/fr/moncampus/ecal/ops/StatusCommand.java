package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.watch.Status;
import fr.moncampus.ecal.watch.StatusReader;
import fr.moncampus.ecal.watch.StatusSummary;
import fr.moncampus.ecal.watch.StatusText;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Derniers passages, ce qui attend et ce qui est en échec, par configuration.")
final class StatusCommand implements Callable<Integer> {
    /** More have a line each. */
    private static final int MAX_IN_FULL = 20;

    @Mixin
    private CommonOptions options;

    @Option(names = "--late", description = "Seulement celles dont deux passages prévus de suite ont manqué.")
    private boolean late;

    @Option(names = "--failed", description = "Seulement celles dont le dernier passage a échoué.")
    private boolean failed;

    @Mixin
    private Help help;

    @Override
    public Integer call() {
        Session session = Session.open(options);
        session.report();
        if (session.memory().exists()) {
            try (Database database = Database.open(session.memory())) {
                print(session, database);
            }
        } else {
            print(session, null);
        }
        return session.hasErrors() ? 2 : 0;
    }

    private void print(Session session, Database database) {
        List<Configuration> all = session.configurations();
        StatusSummary summary = new StatusSummary();
        for (Configuration configuration : all) {
            StatusReader reader = new StatusReader(configuration, session.data(), database, Session.CLOCK);
            Status status = reader.read();
            boolean isLate = reader.isLate();
            summary.add(status, isLate);
            if (isWanted(status, isLate)) {
                print(status, all.size());
            }
        }
        if (!options.json() && summary.total() > 1) {
            System.out.println(summary.line());
        }
    }

    private boolean isWanted(Status status, boolean isLate) {
        boolean all = !late && !failed;
        return all || late && isLate || failed && status.state() == Status.State.FAILED;
    }

    private void print(Status status, int of) {
        Instant now = Session.CLOCK.instant();
        if (options.json()) {
            System.out.println(JsonOutput.line(status));
        } else if (of > MAX_IN_FULL) {
            System.out.println(StatusText.line(status, now));
        } else {
            StatusText.lines(status, now).forEach(System.out::println);
        }
    }
}
