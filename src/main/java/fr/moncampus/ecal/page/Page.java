package fr.moncampus.ecal.page;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.door.PasswordFile;
import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.report.FrenchText;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bean {@code page} of {@code routes/page.camel.yaml}: an address is a method, and what it answers is an {@link Answer}.
 * It reads the memory through a connection of its own, so that a slow reader never delays a run.
 */
public final class Page implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private static final int REFRESH_SECONDS = 2;

    private final Map<String, Desk> desks = new LinkedHashMap<>();
    private final Clock clock;
    private final Database database;
    private final Engine engine;
    private final Actions actions;
    private final PasswordFile password;

    /** @param data the data folder, whose memory exists */
    public Page(List<Configuration> configurations, Path data, Engine engine, Clock clock) {
        this.clock = clock;
        this.engine = engine;
        this.database = Database.open(engine.memory());
        this.actions = new Actions(engine::run);
        this.password = PasswordFile.in(data);
        configurations.forEach(configuration -> desks.put(
                configuration.name(),
                new Desk(configuration, data, Engine.errorFile(configuration, data), database, clock)));
    }

    /** Makes the page known to the routes and starts them: there is a server for them. It is closed with the context. */
    public static void serve(List<Configuration> configurations, Path data, Engine engine, Clock clock) {
        Page page = new Page(configurations, data, engine, clock);
        engine.context().getRegistry().bind("page", page, null, "close");
        engine.context().getRegistry().bind("page-api", new Api(page.desks, page::head, clock));
        engine.addServedRoutes();
    }

    public Answer overview() {
        return safely(() -> {
            if (desks.size() == 1) {
                return week(desks.values().iterator().next(), null);
            }
            Instant now = clock.instant();
            List<Overview> lines = desks.values().stream()
                    .map(desk -> new Overview(head(desk, now), desk.errorsToday(now)))
                    .sorted(Overview.URGENT_FIRST)
                    .toList();
            return html("overview", frame("Vue d'ensemble", null, "", 0), Map.of("lines", lines));
        });
    }

    /** @param day any day of the week, {@code YYYY-MM-DD}; null for this week */
    public Answer week(@Header("config") String config, @Header("day") String day) {
        return of(config, desk -> week(desk, day));
    }

    private Answer week(Desk desk, String text) {
        Instant now = clock.instant();
        LocalDate day = day(text, FrenchText.today(now));
        if (day == null) {
            return notFound("« " + Text.line(text, 40) + " » n'est pas une date : écrivez par exemple 2026-11-23.");
        }
        Snapshot snapshot = desk.snapshot();
        Head head = head(desk, now);
        Map<String, Object> values = new HashMap<>();
        values.put("week", snapshot == null ? null : Week.of(snapshot, head.base(), day, now));
        values.put("monday", Week.monday(day));
        values.put("about", WeekNote.of(snapshot, head, now));
        values.put("held", HeldList.of(snapshot, desk.configuration().rules()));
        return html("week", frame("Semaine", head, "week", 0), values);
    }

    public Answer changes(@Header("config") String config, @Header("q") String query, @Header("before") String before) {
        return of(config, desk -> {
            Instant now = clock.instant();
            Feed feed = Feed.of(desk.journal(), query, number(before), now);
            return html("changes", frame("Changements", head(desk, now), "changes", 0), Map.of("feed", feed));
        });
    }

    public Answer history(@Header("config") String config) {
        return of(config, desk -> {
            Instant now = clock.instant();
            Chart chart = Chart.of(desk.history(), now);
            return html("history", frame("Historique", head(desk, now), "history", 0), Map.of("chart", chart));
        });
    }

    public Answer errors(@Header("config") String config) {
        return of(config, desk -> {
            Instant now = clock.instant();
            Errors errors = desk.errors(now);
            return html("errors", frame("Erreurs", head(desk, now), "errors", 0), Map.of("errors", errors));
        });
    }

    public Answer held(@Header("config") String config) {
        return of(config, desk -> {
            Instant now = clock.instant();
            HeldList held = HeldList.of(desk.snapshot(), desk.configuration().rules());
            return html("held", frame("Retenus", head(desk, now), "held", 0), Map.of("held", held));
        });
    }

    /** How far the action is, or how it ended. */
    public Answer progress(@Header("config") String config) {
        return of(config, desk -> {
            Instant now = clock.instant();
            Progress progress = Progress.of(desk, actions, running(config));
            Head head = head(desk, now);
            Map<String, Object> values = new HashMap<>();
            values.put("progress", progress);
            return html(
                    "progress",
                    frame("Passage", head, "", progress != null && progress.running() ? REFRESH_SECONDS : 0),
                    values);
        });
    }

    public Answer preview(@Header("config") String config) {
        return start(config, Actions.Kind.PREVIEW, Purpose.PREVIEW);
    }

    public Answer sync(@Header("config") String config) {
        return start(config, Actions.Kind.SYNC, Purpose.SYNC);
    }

    /** Exactly what was shown with this checksum, or nothing. */
    public Answer approve(@Header("config") String config, @Header("checksum") String checksum) {
        return checksum == null || !checksum.matches("[0-9a-f]{12}")
                ? notFound("Il manque la somme de ce qui est à exécuter : revenez à la page des retenus.")
                : start(config, Actions.Kind.APPROVE, new Purpose(false, checksum, null));
    }

    private Answer start(String config, Actions.Kind kind, Purpose purpose) {
        return of(config, desk -> {
            actions.start(config, kind, purpose);
            return Answer.seeOther(desk.base() + "/passage");
        });
    }

    /** The last step of each route, behind {@code removeHeaders}: what the browser sent never comes back as a header. */
    public void reply(Exchange exchange) {
        Message message = exchange.getMessage();
        Answer answer = message.getBody(Answer.class);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        message.setHeader(Exchange.CONTENT_TYPE, answer.type());
        if (answer.location() != null) {
            message.setHeader("Location", answer.location());
        }
        message.setBody(answer.body());
    }

    private Head head(Desk desk, Instant now) {
        String config = desk.configuration().name();
        return Head.of(
                desk.configuration(),
                desk.base(),
                desk.history(),
                actions.underWay(config) != null || running(config) != null,
                now);
    }

    /** Null when none is in progress. */
    private Run running(String config) {
        return engine.running().stream()
                .filter(run -> run.config().equals(config))
                .findFirst()
                .orElse(null);
    }

    /** @param head null for a page of no configuration */
    private Frame frame(String title, Head head, String section, int refresh) {
        return new Frame(
                head == null ? title : title + " — " + head.label(),
                head,
                section,
                desks.size() > 1,
                refresh,
                password.stored().isPresent());
    }

    private Answer html(String template, Frame frame, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("frame", frame);
        return Answer.html(200, Templates.render(template, all));
    }

    private Answer notFound(String message) {
        return message(404, "Introuvable", message);
    }

    private Answer message(int status, String title, String message) {
        Map<String, Object> values = Map.of("frame", frame(title, null, "", 0), "title", title, "message", message);
        return Answer.html(status, Templates.render("message", values));
    }

    private interface Shown {
        Object of(Desk desk);
    }

    private Answer of(String config, Shown shown) {
        Desk desk = desks.get(config == null ? "" : config);
        return desk == null
                ? notFound("Il n'y a pas de configuration de ce nom ici.")
                : safely(() -> (Answer) shown.of(desk));
    }

    private Answer safely(Supplier<Answer> answer) {
        try {
            return answer.get();
        } catch (MemoryException e) {
            return message(503, "La mémoire ne peut pas être lue", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("la page n'a pas pu être faite", e);
            return message(500, "Erreur", "La page n'a pas pu être faite : le journal du programme dit pourquoi.");
        }
    }

    /** @return null when the text is no date */
    static LocalDate day(String text, LocalDate today) {
        if (text == null || text.isBlank()) {
            return today;
        }
        try {
            LocalDate day = LocalDate.parse(text.strip());
            return Math.abs(day.getYear() - today.getYear()) > 100 ? null : day;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Every entry is older than the one of no number. */
    static long number(String text) {
        return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
    }

    /** Before the engine, whose runs go on. */
    @Override
    public void close() {
        actions.close();
        database.close();
    }
}
