package fr.moncampus.ecal.run;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Connector;
import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.memory.PrivateFile;
import fr.moncampus.ecal.moncampus.PortalException;
import fr.moncampus.ecal.moncampus.PortalException.Kind;
import fr.moncampus.ecal.report.EventText;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.timetable.Timetable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of a configuration's error file: one for each distinct failure, and a line when it is resolved. The file
 * is written by {@code routes/errors.camel.yaml}.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private static final long ROTATE_BYTES = 1024 * 1024;
    private static final int KEPT = 3;
    private static final int MAX_CHARACTERS = 1500;
    private static final String RUN_SUBJECT = "run";
    /** The exchange property that holds those of the configuration at work. */
    static final String PROPERTY = "deadLetters";

    /**
     * An entry on its way to the file.
     *
     * @param subject what it is about; null for a line that says what is resolved
     */
    public record Entry(String subject, String text) {
        /** What is appended: Camel makes text of it. */
        @Override
        public String toString() {
            return text;
        }
    }

    private final Configuration configuration;
    private final Path file;
    private final History history;
    private final Clock clock;

    /** @param file absolute */
    public DeadLetters(Configuration configuration, Path file, History history, Clock clock) {
        this.configuration = configuration;
        this.file = file;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Takes note of a failure of a change, of a row or of the whole run.
     *
     * @param run   null when it failed before it began
     * @param write null when no change was under way
     * @param row   null when it is not about one
     * @return its entry; null when this very failure is in the file already
     */
    public Entry entry(Run run, Write write, Throwable cause, Timetable.Unreadable row) {
        if (run == null) {
            LOG.error("{} : erreur avant le début du passage", configuration.name(), cause);
            return null;
        }
        if (cause == null && row != null) {
            return run.purpose().dryRun() ? null : row(run, row);
        }
        if (write != null) {
            return change(run, write, cause);
        }
        return run(run, cause);
    }

    private Entry run(Run run, Throwable cause) {
        boolean refused = cause instanceof PortalException portal && portal.kind() == Kind.REFUSED;
        RunError error = run.isBrokenOff() && !refused ? RunError.INTERRUPTED : Failures.explain(cause, asked(run));
        run.broken(error);
        if (refused) {
            run.loginRefused();
        }
        if (error.kind() == RunError.Kind.INTERNAL) {
            LOG.error("{} : erreur imprévue", configuration.name(), cause);
        }
        // asked to end while it waited or read: nothing was tried, so nothing has failed
        if (run.purpose().dryRun() || error == RunError.INTERRUPTED) {
            return null;
        }
        run.failure(RUN_SUBJECT);
        return entry(run, RUN_SUBJECT, what(run), null, status(cause), error.message(), next(cause));
    }

    private static String next(Throwable cause) {
        if (cause instanceof PortalException refused
                && (refused.kind() == Kind.REFUSED || refused.kind() == Kind.BLOCKED)) {
            return "nouvel essai dès que les identifiants changent, sinon demain ; le calendrier reste comme il est";
        }
        return "nouvel essai au prochain passage ; le calendrier reste comme il est";
    }

    private Entry change(Run run, Write write, Throwable cause) {
        CalendarEvent event = write.event();
        RunError error = Failures.explain(cause, RunError.Kind.ofTarget(configuration.target()));
        if (error.kind() == RunError.Kind.INTERNAL) {
            LOG.error("{} : erreur imprévue", configuration.name(), cause);
        }
        String subject = event.reference() != null ? event.reference() : event.id();
        run.failed(subject, cause);
        LOG.warn(
                "{} : {} de « {} » a échoué : {}",
                configuration.name(),
                verb(write),
                EventText.event(event),
                error.message());
        return entry(
                run,
                subject,
                verb(write),
                EventText.event(event),
                status(cause),
                error.message(),
                write.mayHaveHappened()
                        ? "l'événement existe peut-être déjà : vérification au prochain passage"
                        : "nouvel essai au prochain passage");
    }

    private Entry row(Run run, Timetable.Unreadable row) {
        String subject = row.key() == null ? "ligne " + row.row() : named(row.key());
        run.failure(subject);
        String next = row.key() == null
                ? "aucune suppression tant que la ligne est illisible ; nouvel essai au prochain passage"
                : "l'événement de ce cours reste comme il est ; nouvel essai au prochain passage";
        LOG.warn("{} : {} de l'emploi du temps illisible : {}", configuration.name(), subject, row.reason());
        return entry(
                run,
                subject,
                "lecture d'une ligne de l'emploi du temps",
                subject,
                0,
                Text.line(row.reason(), 300),
                next);
    }

    /** In MonCampus' word, where it is a number. */
    private static String named(String key) {
        return (key.matches("\\d+") ? "NoCours " : "séance ") + Text.line(key, 80);
    }

    /** What failed before and did not fail again in a run that got so far. @return the lines that say so; null when there are none */
    public Entry cured(Run run) {
        if (run == null || run.purpose().dryRun()) {
            return null;
        }
        try {
            List<String> lines = curedIn(run);
            return lines.isEmpty() ? null : new Entry(null, String.join("\n", lines));
        } catch (MemoryException e) {
            return null; // the run has said so itself
        }
    }

    private List<String> curedIn(Run run) {
        List<String> lines = new ArrayList<>();
        for (History.Failure open : history.open()) {
            boolean tried = RUN_SUBJECT.equals(open.subject()) ? !run.isBroken() : run.isComplete();
            if (tried && !run.failures().contains(open.subject())) {
                history.cured(open.subject());
                lines.add(head(run) + " | résolu : "
                        + (RUN_SUBJECT.equals(open.subject())
                                ? "la synchronisation"
                                : field(Text.line(open.subject(), 80)))
                        + " | ce n'est plus en échec : " + field(Text.line(open.message(), 200)));
            }
        }
        return lines;
    }

    /** A line at the end of the file; several writers may fail at once. */
    public synchronized void append(String entry) throws IOException {
        rotate();
        Files.writeString(file, entry + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    /** Makes room and makes the file private, before something is appended. */
    public synchronized void rotate() throws IOException {
        Files.createDirectories(file.getParent());
        if (Files.exists(file) && Files.size(file) > ROTATE_BYTES) {
            for (int i = KEPT - 1; i >= 1; i--) {
                Path from = numbered(i);
                if (Files.exists(from)) {
                    Files.move(from, numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.move(file, numbered(1), StandardCopyOption.REPLACE_EXISTING);
        }
        PrivateFile.make(file);
    }

    /** The file could not be written: the log says so, and the entry comes again should the same fail in the next run. */
    public void unwritten(Object entry, Throwable trouble) {
        LOG.error(
                "{} : le fichier d'erreurs {} ne peut pas être écrit ({}) : vérifiez ses droits et la place sur le disque. L'entrée était : {}",
                configuration.name(),
                file,
                Text.line(String.valueOf(trouble.getMessage()), 200),
                entry);
        if (entry instanceof Entry known && known.subject() != null) {
            try {
                history.cured(known.subject());
            } catch (MemoryException e) {
                // the run has said so itself
            }
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private Entry entry(Run run, String subject, String what, String course, int status, String message, String next) {
        if (!isNew(subject, message)) {
            return null;
        }
        String text = head(run) + " | " + what + (course == null ? "" : " | " + field(course)) + " | "
                + (status > 0 ? "HTTP " + status + " : " : "") + field(message) + " | suite : " + next;
        return new Entry(subject, text);
    }

    /** One line, without the sign that separates fields: text from outside must not look like one of our fields. */
    private static String field(String text) {
        return Text.line(text, MAX_CHARACTERS).replace('|', '¦');
    }

    /** If the memory fails, the failure is written all the same: twice in the file is better than not at all. */
    private boolean isNew(String subject, String message) {
        try {
            return history.failed(subject, message, clock.instant());
        } catch (MemoryException e) {
            return true;
        }
    }

    private String head(Run run) {
        String time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                ZonedDateTime.ofInstant(clock.instant(), ZoneId.of("Europe/Paris"))
                        .truncatedTo(ChronoUnit.SECONDS));
        return time + " | " + configuration.name() + " | passage " + run.id();
    }

    private RunError.Kind asked(Run run) {
        return run.reachedTarget()
                ? RunError.Kind.ofTarget(configuration.target())
                : RunError.Kind.ofSource(configuration.source());
    }

    private String what(Run run) {
        return run.reachedTarget()
                ? "synchronisation (calendrier " + Connector.label(configuration.target()) + ")"
                : "synchronisation (lecture de " + Connector.label(configuration.source()) + ")";
    }

    private static int status(Throwable cause) {
        return cause instanceof CalendarException e ? e.status() : 0;
    }

    private static String verb(Write write) {
        return write.after() == null ? "suppression" : write.before() == null ? "création" : "modification";
    }
}
