package fr.moncampus.ecal.calendar;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events as the route of a target gives and gets them: {@link CalendarEvent}s, or maps with the fields {@code id}, {@code reference}, {@code name},
 * {@code location}, {@code start}, {@code end} (ISO 8601 with offset), {@code details}, {@code alert} and {@code link}.
 */
public final class EventRows {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private EventRows() {}

    /** @throws CalendarException when it is no list of events: a calendar read in part must not be taken for the whole */
    public static List<CalendarEvent> events(List<?> listing) throws CalendarException {
        if (listing == null) {
            throw new CalendarException(
                    0, "La cible n'a pas donné de liste d'événements (docs/write-your-own.md). Le passage s'arrête.");
        }
        List<CalendarEvent> events = new ArrayList<>(listing.size());
        for (Object each : listing) {
            events.add(each instanceof CalendarEvent event ? event : event(each));
        }
        return events;
    }

    private static CalendarEvent event(Object row) throws CalendarException {
        if (!(row instanceof Map<?, ?> fields) || fields.get("id") == null) {
            throw new CalendarException(
                    0,
                    "La cible a listé un événement sans identifiant (id) : le calendrier n'est pas lisible en entier. Le passage s'arrête.");
        }
        ZonedDateTime start = moment(fields, "start");
        ZonedDateTime end = moment(fields, "end");
        return new CalendarEvent(
                text(fields, "id"),
                text(fields, "reference"),
                text(fields, "name"),
                text(fields, "location"),
                date(start),
                time(start),
                date(end),
                time(end),
                PARIS.getId(),
                false,
                text(fields, "details"),
                text(fields, "alert"),
                0,
                text(fields, "link"));
    }

    /** The fields to send of an event that is created or changed. */
    public static Map<String, Object> fields(CalendarEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", event.id());
        fields.put("reference", event.reference());
        fields.put("name", event.name());
        fields.put("location", event.location());
        fields.put("start", text(event.startDate(), event.startTime(), event.timezone()));
        fields.put("end", text(event.endDate(), event.endTime(), event.timezone()));
        fields.put("details", event.details());
        fields.put("alert", event.alert());
        fields.put("link", event.link());
        fields.values().removeIf(value -> value == null);
        return fields;
    }

    /** Null when it cannot be read: such an event may be anybody's. */
    private static ZonedDateTime moment(Map<?, ?> fields, String field) {
        String text = text(fields, field);
        try {
            return text == null ? null : OffsetDateTime.parse(text).atZoneSameInstant(PARIS);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String date(ZonedDateTime moment) {
        return moment == null ? null : moment.toLocalDate().toString();
    }

    private static String time(ZonedDateTime moment) {
        return moment == null ? null : TIME.format(moment);
    }

    private static String text(String date, String time, String zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                LocalDateTime.parse(date + "T" + time).atZone(ZoneId.of(zone)));
    }

    private static String text(Map<?, ?> fields, String field) {
        Object value = fields.get(field);
        return value == null ? null : value.toString();
    }
}
