package fr.moncampus.ecal.demo;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.report.EventText;
import java.io.PrintStream;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/** One week of events, a line each. */
final class WeekTable {
    private static final String ROW = "  %-15s %-12s %-44s %s%n";

    private WeekTable() {}

    /** @param events in the order of their start; prints the first week that has one from that day on, or else the last */
    static void print(PrintStream out, List<CalendarEvent> events, LocalDate from) {
        List<LocalDate> days =
                events.stream().map(event -> LocalDate.parse(event.startDate())).toList();
        LocalDate first = days.stream()
                .filter(day -> !day.isBefore(from))
                .findFirst()
                .orElse(days.isEmpty() ? from : days.get(days.size() - 1));
        LocalDate monday = first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        out.printf(ROW, "Jour", "Horaire", "Cours", "Salle");
        out.println("  " + "─".repeat(92));
        String previous = "";
        for (CalendarEvent event : events) {
            LocalDate day = LocalDate.parse(event.startDate());
            if (!day.isBefore(monday) && day.isBefore(monday.plusWeeks(1))) {
                String label = EventText.day(event);
                out.printf(
                        ROW,
                        label.equals(previous) ? "" : label,
                        EventText.times(event),
                        cut(EventText.name(event)),
                        EventText.room(event));
                previous = label;
            }
        }
    }

    private static String cut(String name) {
        return name.length() <= 44 ? name : name.substring(0, 43) + "…";
    }
}
