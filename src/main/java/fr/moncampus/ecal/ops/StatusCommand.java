package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.watch.Status;
import fr.moncampus.ecal.watch.StatusReader;
import fr.moncampus.ecal.watch.StatusText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Derniers passages, ce qui attend et ce qui est en échec, par configuration.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

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
        for (Configuration configuration : session.configurations()) {
            Status status = new StatusReader(configuration, session.data(), database, Session.CLOCK).read();
            if (options.json()) {
                System.out.println(JsonOutput.line(status));
            } else {
                StatusText.lines(status, Session.CLOCK.instant()).forEach(System.out::println);
            }
        }
    }
}
