package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** {@code GET /event/}: the events of calendars, a page at a time. */
final class Listing {
    private static final int MAX = 100;

    /** @param now events that end before are not shown */
    private record Filter(Set<String> ids, Instant now, boolean drafts, String from, String to) {

        boolean takes(Event event) {
            ObjectNode fields = event.listed();
            String start = fields.path("startDate").asText();
            return ids.contains(Event.text(fields, "calendarId"))
                    && !event.isListedAsPast(now)
                    && (drafts || fields.path("draft").asInt(0) == 0)
                    && start.compareTo(from) >= 0
                    && start.compareTo(to) <= 0;
        }
    }

    private record View(Filter filter, String sort, long version, List<Event> events) {

        boolean isLike(View other) {
            return other != null && filter.equals(other.filter) && sort.equals(other.sort) && version == other.version;
        }
    }

    private final Calendars calendars;
    private final Switches switches;
    private final Spelling spelling;
    private final Clock clock;
    private View last;

    Listing(Calendars calendars, Switches switches, Spelling spelling, Clock clock) {
        this.calendars = calendars;
        this.switches = switches;
        this.spelling = spelling;
        this.clock = clock;
    }

    Answer answer(Map<String, String> query, String account) {
        int page;
        int limit;
        Set<String> ids = new HashSet<>(calendars.idsOf(account));
        Filter filter;
        try {
            page = number(query, "page", 1);
            limit = Math.min(number(query, "limit", MAX), MAX);
            filter = filter(query, ids);
        } catch (DateTimeException | NumberFormatException e) {
            return Envelope.failure(400, "Invalid input in parameters: page, limit, startDate or endDate");
        }
        if (query.containsKey("calendarIds")) {
            List<String> named = List.of(query.get("calendarIds").split(","));
            if (!ids.containsAll(named) && switches.is(Switch.UNKNOWN_CALENDAR, "404")) {
                return Envelope.failure(404, "Calendar not found");
            }
            ids.retainAll(named);
        }
        synchronized (calendars) {
            calendars.beforeListing(page == 1);
            return page(events(filter), page, limit);
        }
    }

    private Filter filter(Map<String, String> query, Set<String> ids) {
        Instant now = "true".equals(query.get("showPastEvents")) ? Instant.MIN : clock.instant();
        return new Filter(
                ids,
                now,
                "true".equals(query.get("showDraft")),
                date(query, "startDate", ""),
                date(query, "endDate", "9999"));
    }

    /** In order; made once for the pages of a listing, as long as nothing changes. */
    private List<Event> events(Filter filter) {
        View wanted = new View(filter, switches.get(Switch.SORT), calendars.version(), List.of());
        boolean same = wanted.isLike(last) && !switches.is(Switch.PAGES, "shuffled");
        if (!same) {
            List<Event> events = new ArrayList<>(calendars.listed());
            events.removeIf(event -> !filter.takes(event));
            sort(events);
            last = new View(filter, wanted.sort(), wanted.version(), events);
        }
        return last.events();
    }

    private Answer page(List<Event> events, int page, int limit) {
        boolean overlapping = switches.is(Switch.PAGES, "overlapping") && limit > 1;
        long from = (long) (page - 1) * (overlapping ? limit - 1 : limit);
        if (overlapping && page > 1 && from + 1 >= events.size()) {
            from = events.size();
        }
        if (from >= events.size() && switches.is(Switch.PAGES, "endless")) {
            from = Math.max(0, events.size() - limit);
        }
        ArrayNode data = Json.object().putArray("data");
        int start = (int) Math.min(from, events.size());
        events.subList(start, (int) Math.min((long) start + limit, events.size()))
                .forEach(event -> data.add(spelling.shown(event.listed())));
        if (data.isEmpty() && switches.is(Switch.END_OF_LIST, "204")) {
            return Answer.empty(204);
        }
        return Envelope.success(200, data);
    }

    private void sort(List<Event> events) {
        if (switches.is(Switch.PAGES, "shuffled")) {
            Collections.shuffle(events);
            return;
        }
        switch (switches.get(Switch.SORT)) {
            case "id" -> events.sort(Comparator.comparing(Event::id));
            case "newest" -> events.sort(Comparator.comparing(Event::id).reversed());
            case "start" -> events.sort(by("startDate").thenComparing(by("startTime")));
            case "reference" -> events.sort(by("reference"));
            // the same on every page of one calendar
            default -> Collections.shuffle(events, new Random(events.size()));
        }
    }

    private static Comparator<Event> by(String field) {
        return Comparator.comparing(event -> event.listed().path(field).asText());
    }

    private static int number(Map<String, String> query, String name, int standard) {
        int number = query.containsKey(name) ? Integer.parseInt(query.get(name)) : standard;
        if (number < 1) {
            throw new NumberFormatException();
        }
        return number;
    }

    private static String date(Map<String, String> query, String name, String standard) {
        return query.containsKey(name) ? LocalDate.parse(query.get(name)).toString() : standard;
    }
}
