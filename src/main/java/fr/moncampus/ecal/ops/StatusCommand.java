package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.sync.EventTimes;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import org.quartz.CronExpression;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Derniers passages et ce qui attend, par configuration.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;
    @Mixin
    private Help help;

    record Status(String config, String lastRun, String lastSuccess, String nextRun, Map<?, ?> last, List<?> kept, int openFailures) {
    }

    @Override
    public Integer call() throws ParseException {
        Session session = Session.open(options);
        session.report();
        if (!Files.exists(session.data().resolve(Database.FILE))) {
            session.configurations().forEach(configuration -> print(configuration, null, null, List.of()));
            return session.hasErrors() ? 2 : 0;
        }
        try (Database database = Database.open(session.data())) {
            for (Configuration configuration : session.configurations()) {
                History history = new History(database, configuration.name());
                List<History.Entry> last = history.last(1);
                print(configuration, last.isEmpty() ? null : last.get(0), history.lastSuccess(), history.open());
            }
        }
        return session.hasErrors() ? 2 : 0;
    }

    private void print(Configuration configuration, History.Entry last, History.Entry success, List<String[]> failures) {
        Status status = new Status(configuration.name(), time(last), time(success), next(configuration),
                last == null ? null : JsonOutput.read(last.result()), last == null ? List.of() : JsonOutput.readList(last.held()), failures.size());
        if (options.json()) {
            System.out.println(JsonOutput.line(status));
            return;
        }
        System.out.println(configuration.name());
        if (last == null) {
            System.out.println("  aucun passage pour l'instant");
        } else {
            System.out.println("  dernier passage   : " + status.lastRun() + " — " + StatusWords.result(status.last()));
            System.out.println("  dernier succès    : " + (success == null ? "jamais" : status.lastSuccess()));
        }
        System.out.println("  prochain (si run) : " + status.nextRun());
        StatusWords.kept(status.kept()).forEach(line -> System.out.println("  " + line));
        failures.forEach(failure -> System.out.println("  ✗ " + failure[1]));
    }

    private static String time(History.Entry entry) {
        return entry == null ? null : EventTimes.instant(entry.started());
    }

    private static String next(Configuration configuration) {
        try {
            CronExpression cron = new CronExpression(configuration.schedule());
            cron.setTimeZone(TimeZone.getTimeZone(configuration.timeZone()));
            Date next = cron.getNextValidTimeAfter(Date.from(Instant.now()));
            return next == null ? null : EventTimes.instant(next.toInstant());
        } catch (ParseException e) {
            throw new IllegalStateException("the configuration was valid", e);
        }
    }
}
