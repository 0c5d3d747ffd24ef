package fr.moncampus.ecal.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.report.FrenchText;
import fr.moncampus.ecal.sync.EventTimes;
import fr.moncampus.ecal.watch.Status;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean {@code page-api}: the same as the pages, for programs; docs/page.md describes the fields. */
public final class Api {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    static final String ROOT = "/api/v1/configurations";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, Desk> desks;
    private final BiFunction<Desk, Instant, Head> heads;
    private final Clock clock;

    Api(Map<String, Desk> desks, BiFunction<Desk, Instant, Head> heads, Clock clock) {
        this.desks = desks;
        this.heads = heads;
        this.clock = clock;
    }

    public Answer overview() {
        Instant now = clock.instant();
        return json(() -> desks.values().stream()
                .map(desk -> line(heads.apply(desk, now), desk, now))
                .toList());
    }

    public Answer status(@Header("config") String config) {
        return of(config, Desk::status);
    }

    public Answer week(@Header("config") String config, @Header("day") String text) {
        return of(config, desk -> {
            Instant now = clock.instant();
            LocalDate day = Page.day(text, FrenchText.today(now));
            Snapshot snapshot = desk.snapshot();
            return day == null || snapshot == null ? null : week(desk, snapshot, Week.monday(day), now);
        });
    }

    public Answer changes(@Header("config") String config, @Header("q") String query, @Header("before") String before) {
        return of(config, desk -> {
            Feed feed = Feed.of(desk.journal(), query, Page.number(before), clock.instant());
            return new ChangesJson(feed.days(), feed.older());
        });
    }

    public Answer history(@Header("config") String config) {
        return of(config, desk -> history(Chart.of(desk.history(), clock.instant())));
    }

    public Answer errors(@Header("config") String config) {
        return of(config, desk -> desk.errors(clock.instant()));
    }

    public Answer held(@Header("config") String config) {
        return of(config, desk -> {
            HeldList held = HeldList.of(desk.snapshot(), desk.configuration().rules());
            return new HeldJson(held.size(), held.checksum(), held.groups());
        });
    }

    private Answer of(String config, Function<Desk, Object> value) {
        Desk desk = desks.get(config == null ? "" : config);
        return json(() -> desk == null ? null : value.apply(desk));
    }

    /** @param value gives null for nothing of that kind */
    private static Answer json(Supplier<Object> value) {
        try {
            Object found = value.get();
            return found == null
                    ? Answer.json(404, "{\"error\":\"not found\"}")
                    : Answer.json(200, MAPPER.writeValueAsString(found));
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.error("la page n'a pas pu être faite", e);
            return Answer.json(503, "{\"error\":\"unavailable\"}");
        }
    }

    /** @param errorsToday entries of the error file in the last 24 hours */
    record Line(
            String config,
            String label,
            String state,
            String lastSuccess,
            Long age,
            String nextRun,
            boolean running,
            int waiting,
            int held,
            int openFailures,
            long errorsToday,
            String address) {}

    record WeekJson(
            String config,
            String monday,
            String readAt,
            boolean preview,
            String previous,
            String next,
            List<Event> events) {}

    record Event(
            String state,
            String name,
            String nameBefore,
            String location,
            String locationBefore,
            String start,
            String end,
            boolean remote,
            String teams,
            String teacher,
            String note) {}

    record ChangesJson(List<Feed.Day> days, Long older) {}

    record HistoryJson(List<DayJson> days) {}

    record DayJson(String date, int runs, int incomplete, int changes, long meanMillis, long longestMillis) {}

    record HeldJson(int held, String checksum, List<HeldList.Group> groups) {}

    private static Line line(Head head, Desk desk, Instant now) {
        Status status = desk.status();
        return new Line(
                head.config(),
                head.label(),
                head.state().code(),
                status.lastSuccess(),
                status.age(),
                status.nextRun(),
                head.running(),
                head.waiting(),
                head.held(),
                head.open(),
                desk.errorsToday(now),
                desk.api());
    }

    private static WeekJson week(Desk desk, Snapshot snapshot, LocalDate monday, Instant now) {
        List<Card> cards = Cards.of(snapshot, desk.base(), monday, monday.plusDays(6), now);
        return new WeekJson(
                desk.configuration().name(),
                monday.toString(),
                EventTimes.instant(snapshot.at()),
                snapshot.preview(),
                desk.api() + "/week/" + monday.minusDays(7),
                desk.api() + "/week/" + monday.plusDays(7),
                cards.stream()
                        .filter(card -> card.start() != null)
                        .sorted(Comparator.comparing(Card::start))
                        .map(Api::event)
                        .toList());
    }

    private static Event event(Card card) {
        return new Event(
                card.sign().code(),
                card.name(),
                card.oldName(),
                card.room(),
                card.oldRoom(),
                card.start().toString(),
                card.end() == null ? null : card.end().toString(),
                card.remote(),
                card.teams(),
                card.teacher(),
                card.note());
    }

    private static HistoryJson history(Chart chart) {
        return new HistoryJson(chart.days().stream()
                .map(day -> new DayJson(
                        day.date().toString(), day.runs(), day.bad(), day.changes(), day.mean(), day.longest()))
                .toList());
    }
}
