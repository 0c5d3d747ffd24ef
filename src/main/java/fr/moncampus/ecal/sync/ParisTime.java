package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
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

    /** Paris when the event names no zone or an unknown one. */
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
        LocalDateTime usual = usual(date, time);
        if (usual != null) {
            return usual;
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

    /**
     * Fast path for the usual format, {@code 2026-03-27} and {@code 08:00} or {@code 08:00:00}: a plan reads each time
     * several times, and a parser takes ten times as long. Null for any other format.
     */
    private static LocalDateTime usual(String date, String time) {
        if (date.length() != 10 || date.charAt(4) != '-' || date.charAt(7) != '-') {
            return null;
        }
        boolean seconds = time.length() == 8 && time.charAt(5) == ':';
        if (time.length() != 5 && !seconds || time.charAt(2) != ':') {
            return null;
        }
        int year = digits(date, 0, 4);
        int month = digits(date, 5, 7);
        int day = digits(date, 8, 10);
        int hour = digits(time, 0, 2);
        int minute = digits(time, 3, 5);
        int second = seconds ? digits(time, 6, 8) : 0;
        // days 29 to 31 are left to the parser
        boolean exists = year > 0 && month > 0 && month <= 12 && day > 0 && day <= 28;
        boolean strikes = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        return exists && strikes ? LocalDateTime.of(year, month, day, hour, minute, second) : null;
    }

    /** Negative when there is another character. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
