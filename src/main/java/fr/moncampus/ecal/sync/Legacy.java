package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Takeover: what happens to the events that the original tool left.
 *
 * @param adoptions events that are a wanted course
 * @param missing   rows that found no event here either
 * @param stale     events that a wanted course replaces; deleted once that is confirmed
 * @param foreign   the rest, which may be someone else's
 */
record Legacy(List<Adoption> adoptions, List<Row> missing, List<CalendarEvent> stale, List<CalendarEvent> foreign) {
    record Adoption(Row row, CalendarEvent event) {}

    private static final Pattern REFERENCE = Pattern.compile("\\d{1,8}");

    /** The original sent its times without a zone, so a listing may show them in one of three ways; the most likely first. */
    private enum Reading {
        PARIS(wall -> wall),
        UTC(wall ->
                wall.atOffset(ZoneOffset.UTC).atZoneSameInstant(ParisTime.PARIS).toLocalDateTime()),
        SHIFTED(wall ->
                wall.atZone(ParisTime.PARIS).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime());

        private final UnaryOperator<LocalDateTime> paris;

        Reading(UnaryOperator<LocalDateTime> paris) {
            this.paris = paris;
        }
    }

    /** What a course and an event of the original have in common; the times are Paris wall clocks. */
    private record Session(String name, String room, LocalDateTime start, LocalDateTime end) {
        static Session of(CalendarEvent event, Reading reading) {
            LocalDateTime start = ParisTime.start(event);
            LocalDateTime end = ParisTime.end(event);
            return start == null || end == null
                    ? null
                    : new Session(
                            Content.line(event.name()),
                            room(event),
                            reading.paris.apply(start),
                            reading.paris.apply(end));
        }

        /** The original wrote Python's None where we write "Aucune". */
        private static String room(CalendarEvent event) {
            String room = Content.line(event.location());
            return room.isEmpty() || room.equals("None") ? "Aucune" : room;
        }
    }

    static boolean wrote(CalendarEvent event) {
        return event.reference() != null
                && REFERENCE.matcher(event.reference()).matches()
                && event.details() != null
                && event.details().startsWith("Intervenant : ");
    }

    /**
     * @param missing rows without an event of ours, in their total order
     * @param legacy  by id
     * @param rows    every wanted row
     */
    static Legacy of(List<Row> missing, List<CalendarEvent> legacy, List<Row> rows) {
        if (legacy.isEmpty()) {
            return new Legacy(List.of(), missing, List.of(), List.of());
        }
        List<Adoption> adoptions = new ArrayList<>();
        List<Row> rest = missing;
        Set<String> adopted = new HashSet<>();
        for (Reading reading : Reading.values()) {
            rest = adopt(rest, legacy, reading, adopted, adoptions);
        }
        List<CalendarEvent> stale = new ArrayList<>();
        List<CalendarEvent> foreign = new ArrayList<>();
        Replaced replaced = new Replaced(rows);
        legacy.stream()
                .filter(event -> !adopted.contains(event.id()))
                .forEach(event -> (replaced.by(event) ? stale : foreign).add(event));
        return new Legacy(adoptions, rest, stale, foreign);
    }

    private static List<Row> adopt(
            List<Row> rows,
            List<CalendarEvent> legacy,
            Reading reading,
            Set<String> adopted,
            List<Adoption> adoptions) {
        Map<Session, Deque<CalendarEvent>> events = new HashMap<>();
        for (CalendarEvent event : legacy) {
            Session session = Session.of(event, reading);
            if (session != null && !adopted.contains(event.id())) {
                events.computeIfAbsent(session, k -> new ArrayDeque<>()).add(event);
            }
        }
        List<Row> rest = new ArrayList<>();
        for (Row row : rows) {
            Deque<CalendarEvent> candidates = events.get(Session.of(row.event(), Reading.PARIS));
            if (candidates == null || candidates.isEmpty()) {
                rest.add(row);
            } else {
                CalendarEvent event = candidates.poll();
                adopted.add(event.id());
                adoptions.add(new Adoption(row, event));
            }
        }
        return rest;
    }

    /** Tells whether a wanted course replaces an event: it has its name (as a double has) or overlaps it. */
    private static final class Replaced {
        private final Set<String> names = new HashSet<>();
        private final List<Span> byStart;
        private final Instant[] latestEnd;

        Replaced(List<Row> rows) {
            rows.forEach(row -> names.add(row.content().name()));
            byStart = rows.stream()
                    .map(Row::span)
                    .filter(Span::readable)
                    .sorted(Span.ORDER)
                    .toList();
            latestEnd = new Instant[byStart.size()];
            for (int i = 0; i < latestEnd.length; i++) {
                Instant end = byStart.get(i).end();
                latestEnd[i] = i > 0 && latestEnd[i - 1].isAfter(end) ? latestEnd[i - 1] : end;
            }
        }

        boolean by(CalendarEvent event) {
            return names.contains(Content.line(event.name())) || overlapped(Span.of(event));
        }

        private boolean overlapped(Span span) {
            if (!span.readable()) {
                return false;
            }
            int before = startingBefore(span.end());
            return before > 0 && latestEnd[before - 1].isAfter(span.start());
        }

        private int startingBefore(Instant instant) {
            int low = 0;
            int high = byStart.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (byStart.get(middle).start().isBefore(instant)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
