package fr.moncampus.ecal.page;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Calendars for the views, without a run. */
final class Sample {
    /** A Thursday, 13:30 in Paris. */
    static final Instant NOW = Instant.parse("2026-11-26T12:30:00Z");

    static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    static final String BASE = "/c/alice";

    final List<CalendarEvent> events = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    final List<Plan.Waiting> waiting = new ArrayList<>();
    final List<Plan.Held> held = new ArrayList<>();

    static CalendarEvent event(int number, String name, String room, LocalDateTime start, int minutes) {
        LocalDateTime end = start.plusMinutes(minutes);
        return new CalendarEvent(
                Fixtures.id(number),
                "mc-0a1b2c3d-" + number,
                name,
                room,
                start.toLocalDate().toString(),
                start.toLocalTime().toString(),
                end.toLocalDate().toString(),
                end.toLocalTime().toString(),
                "Europe/Paris",
                false,
                "Intervenant : MARTIN Claire\nNom complet du cours : IPI B3",
                "15M",
                0,
                null);
    }

    static CalendarEvent event(int number, LocalDateTime start) {
        return event(number, "Cours " + number, "B110", start, 90);
    }

    static CalendarEvent linked(CalendarEvent event, String link) {
        return new CalendarEvent(
                event.id(),
                event.reference(),
                event.name(),
                event.location(),
                event.startDate(),
                event.startTime(),
                event.endDate(),
                event.endTime(),
                event.timezone(),
                event.allDay(),
                event.details(),
                event.alert(),
                event.draft(),
                link);
    }

    /** The day of that week, 0 for Monday. */
    static LocalDateTime at(int day, int hour, int minute) {
        return MONDAY.plusDays(day).atTime(hour, minute);
    }

    Sample with(CalendarEvent... more) {
        events.addAll(List.of(more));
        return this;
    }

    Snapshot snapshot() {
        return new Snapshot(
                NOW.minusSeconds(720),
                false,
                events,
                changes,
                waiting,
                held,
                events.size(),
                held.isEmpty() ? null : "0123456789ab");
    }

    Week week() {
        return Week.of(snapshot(), BASE, MONDAY, NOW);
    }

    List<Card> cards() {
        return week().days().stream()
                .flatMap(day -> day.cards().stream())
                .map(Week.Placed::card)
                .toList();
    }
}
