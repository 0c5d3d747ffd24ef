package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** The times of events as ISO 8601 with offset, on Paris clocks. */
public final class EventTimes {
    private EventTimes() {}

    /** When it starts; null when that cannot be read. */
    public static Instant begins(CalendarEvent event) {
        return instant(ParisTime.start(event), event);
    }

    /** Null when it cannot be read. */
    public static String start(CalendarEvent event) {
        return text(ParisTime.start(event), event);
    }

    /** Null when it cannot be read. */
    public static String end(CalendarEvent event) {
        return text(ParisTime.end(event), event);
    }

    public static String instant(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                instant.truncatedTo(ChronoUnit.SECONDS).atZone(ParisTime.PARIS));
    }

    private static String text(LocalDateTime wall, CalendarEvent event) {
        Instant instant = instant(wall, event);
        return instant == null ? null : instant(instant);
    }

    private static Instant instant(LocalDateTime wall, CalendarEvent event) {
        return wall == null ? null : wall.atZone(ParisTime.zone(event)).toInstant();
    }
}
