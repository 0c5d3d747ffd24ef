package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.timetable.Mark;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the calendar says of some days, as somebody would want to know in the evening: only what takes place, at hours of Paris.
 *
 * @param days by ISO date, in the order of their start; a day without lessons is not there
 */
public record Outlook(Map<String, List<Lesson>> days) {
    /** Two weeks of holidays, and the weekends around them. */
    public static final int MAX_DAYS = 21;

    private static final String LINK = "Lien Teams : ";

    /**
     * @param start {@code HH:MM}
     * @param room  as it is written in the calendar
     * @param link  empty when there is none; never shown, since it can contain the login
     */
    public record Lesson(String reference, String name, String start, String room, String link) {}

    /** @param own events of the configuration, as a listing or our writes have them */
    public static Outlook of(Collection<CalendarEvent> own, Remembered memory, LocalDate today) {
        Map<String, List<Lesson>> days = new TreeMap<>();
        for (CalendarEvent event : own) {
            Instant start = Span.of(event).start();
            Content content = Spellings.content(event, memory.spellings());
            if (start == null || event.allDay() || Mark.isMarked(content.name())) {
                continue;
            }
            ZonedDateTime paris = start.atZone(ParisTime.PARIS);
            LocalDate day = paris.toLocalDate();
            if (!day.isBefore(today) && day.isBefore(today.plusDays(MAX_DAYS))) {
                days.computeIfAbsent(day.toString(), each -> new ArrayList<>())
                        .add(new Lesson(
                                event.reference(),
                                content.name(),
                                LocalTime.of(paris.getHour(), paris.getMinute()).toString(),
                                content.location(),
                                link(content.details())));
            }
        }
        days.values()
                .forEach(lessons -> lessons.sort(Comparator.comparing(Lesson::start)
                        .thenComparing(Lesson::name)
                        .thenComparing(Lesson::reference)));
        return new Outlook(days);
    }

    public List<Lesson> on(LocalDate day) {
        return days.getOrDefault(day.toString(), List.of());
    }

    private static String link(String details) {
        return details.lines()
                .filter(line -> line.startsWith(LINK))
                .map(line -> line.substring(LINK.length()))
                .findFirst()
                .orElse("");
    }
}
