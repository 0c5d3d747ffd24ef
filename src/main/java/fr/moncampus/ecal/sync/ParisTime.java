package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.ecal.CalendarEvent;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dates and times of events, which ECAL spells as text in a zone of the event's own. */
final class ParisTime {
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2}))?");

    private ParisTime() {}

    /** The wall clock at the start; midnight when the event is all day; null when it cannot be read. */
    static LocalDateTime start(CalendarEvent event) {
        return event.allDay() ? wall(event.startDate(), "00:00") : wall(event.startDate(), event.startTime());
    }

    /** The wall clock at the end; the midnight after when the event is all day; null when it cannot be read. */
    static LocalDateTime end(CalendarEvent event) {
        if (!event.allDay()) {
            return wall(event.endDate(), event.endTime());
        }
        LocalDateTime midnight = wall(event.endDate(), "00:00");
        return midnight == null ? null : midnight.plusDays(1);
    }

    /** Paris when the event names no zone, or none that exists. */
    static ZoneId zone(CalendarEvent event) {
        String name = event.timezone() == null ? "" : event.timezone().strip();
        if (name.isEmpty() || name.equals(PARIS.getId())) {
            return PARIS;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return PARIS;
        }
    }

    private static LocalDateTime wall(String date, String time) {
        if (date == null || time == null) {
            return null;
        }
        Matcher clock = CLOCK.matcher(time.strip());
        if (!clock.matches()) {
            return null;
        }
        try {
            int second = clock.group(3) == null ? 0 : Integer.parseInt(clock.group(3));
            return LocalDate.parse(date.strip())
                    .atTime(LocalTime.of(Integer.parseInt(clock.group(1)), Integer.parseInt(clock.group(2)), second));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
