package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.Journal;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.memory.Tail;
import fr.moncampus.ecal.report.EventText;
import fr.moncampus.ecal.report.JournalText;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.sync.EventTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "errors", description = "Affiche le fichier d'erreurs, ou le journal des écritures.")
final class ErrorsCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    @Option(
            names = "--journal",
            description = "Affiche ce qui a été écrit dans le calendrier, avec l'état d'avant (90 jours).")
    private boolean journal;

    @Option(names = "--run", paramLabel = "PASSAGE", description = "Du journal, seulement ce passage.")
    private String run;

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "50",
            converter = Count.class,
            description = "Nombre de lignes, les plus récentes (par défaut 50).")
    private int lines;

    @Mixin
    private Help help;

    @Override
    public Integer call() throws IOException {
        Session session = Session.open(options);
        session.report();
        for (Configuration configuration : session.configurations()) {
            if (journal) {
                journal(session.memory(), configuration.name());
            } else {
                errors(Engine.errorFile(configuration, session.data()), configuration.name());
            }
        }
        return session.hasErrors() ? 2 : 0;
    }

    private void errors(Path file, String config) throws IOException {
        List<String> entries = Tail.lines(file);
        List<String> last = entries.subList(Math.max(0, entries.size() - lines), entries.size());
        if (options.json()) {
            last.forEach(
                    line -> System.out.println(JsonOutput.line(java.util.Map.of("config", config, "entry", line))));
        } else if (last.isEmpty()) {
            System.out.println(config + " : aucune erreur (" + file + ")");
        } else {
            last.forEach(System.out::println);
        }
    }

    private void journal(MemoryPlace memory, String config) {
        List<Journal.Entry> entries = List.of();
        if (memory.exists()) {
            try (Database database = Database.open(memory)) {
                entries = new Journal(database, config, Clock.systemUTC()).entries(run, lines);
            }
        }
        if (entries.isEmpty() && !options.json()) {
            System.out.println(config + " : journal vide" + (run == null ? "" : " pour le passage " + run));
        }
        for (Journal.Entry entry : entries) {
            System.out.println(options.json() ? json(config, entry) : text(config, entry));
        }
    }

    private static String json(String config, Journal.Entry entry) {
        return JsonOutput.line(new JournalLine(
                config,
                entry.run(),
                EventTimes.instant(entry.at()),
                entry.method(),
                entry.why(),
                entry.before(),
                entry.after(),
                entry.outcome()));
    }

    private static String text(String config, Journal.Entry entry) {
        return EventTimes.instant(entry.at()) + " | " + config + " | passage " + entry.run() + " | "
                + EventText.change(entry.before(), entry.after()) + " | "
                + (entry.why() == null ? "" : entry.why() + " | ") + JournalText.outcome(entry.outcome())
                + (entry.before() == null ? "" : " | avant : " + EventText.event(entry.before()));
    }

    /** At least one. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            int count = Integer.parseInt(text);
            if (count < 1) {
                throw new NumberFormatException(text);
            }
            return count;
        }
    }

    record JournalLine(
            String config,
            String run,
            String at,
            String method,
            String why,
            Object before,
            Object after,
            String outcome) {}
}
