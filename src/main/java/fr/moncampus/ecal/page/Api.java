package fr.moncampus.ecal.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.sync.EventTimes;
import fr.moncampus.ecal.watch.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** The same as the pages, for programs; docs/page.md describes the fields. */
final class Api {
    static final String ROOT = "/api/v1/configurations";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Api() {}

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

    static Line line(Head head, Desk desk, Instant now) {
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

    static WeekJson week(Desk desk, Snapshot snapshot, LocalDate monday, Instant now) {
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

    static ChangesJson changes(Feed feed) {
        return new ChangesJson(feed.days(), feed.older());
    }

    static HistoryJson history(Chart chart) {
        return new HistoryJson(chart.days().stream()
                .map(day -> new DayJson(
                        day.date().toString(), day.runs(), day.bad(), day.changes(), day.mean(), day.longest()))
                .toList());
    }

    static HeldJson held(HeldList held) {
        return new HeldJson(held.size(), held.checksum(), held.groups());
    }

    /** @param value null for nothing of that kind */
    static Answer json(Object value) {
        try {
            return value == null ? notFound() : Answer.json(200, MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Answer notFound() {
        return Answer.json(404, "{\"error\":\"not found\"}");
    }

    static Answer failed() {
        return Answer.json(503, "{\"error\":\"unavailable\"}");
    }
}
