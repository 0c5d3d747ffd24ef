package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.config.Selection;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.sync.Remembered.Settling;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import fr.moncampus.ecal.timetable.Timetable.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A school, a calendar and a memory whose time can be moved: the smallest interpreter of a plan. */
final class World {
    static final String OWNER = "0a1b2c3d";
    /** A Friday; the clocks change two nights later. */
    static final Instant NOW = Instant.parse("2026-03-27T09:00:00Z");

    static final LocalDate TODAY = LocalDate.of(2026, 3, 27);
    static final Window WINDOW = new Window(TODAY.minusDays(3), TODAY.plusDays(10));
    static final Rules UNLIMITED = new Rules(Duration.ofMinutes(30), 10_000, 1, Duration.ofMinutes(15));
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    List<Wanted> wanted = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    final Map<String, CalendarEvent> calendar = new TreeMap<>();
    Remembered memory = Remembered.NOTHING;
    Rules rules = Rules.DEFAULT;
    Instant now = NOW;
    String adopt;
    Set<String> predecessors = Set.of();
    Selection selection = Selection.NONE;
    /** How ECAL spells what it stores. */
    UnaryOperator<CalendarEvent> spelling = UnaryOperator.identity();

    private int ids = 1_000_000;

    World() {}

    World(Collection<Wanted> wanted, Collection<CalendarEvent> events) {
        this.wanted.addAll(wanted);
        events.forEach(event -> calendar.put(event.id(), event));
    }

    static LocalDateTime at(int day, int hour) {
        return TODAY.plusDays(day).atTime(hour, 0);
    }

    static CalendarEvent event(String name, String room, LocalDateTime start, int hours) {
        LocalDateTime end = start.plusHours(hours);
        return new CalendarEvent(
                null,
                null,
                name,
                room,
                start.toLocalDate().toString(),
                TIME.format(start),
                end.toLocalDate().toString(),
                TIME.format(end),
                "Europe/Paris",
                false,
                "Intervenant : X",
                "15M",
                0,
                null);
    }

    static CalendarEvent at(CalendarEvent event, LocalDateTime start, LocalDateTime end, String zone) {
        return new CalendarEvent(
                event.id(),
                event.reference(),
                event.name(),
                event.location(),
                start.toLocalDate().toString(),
                TIME.format(start),
                end.toLocalDate().toString(),
                TIME.format(end),
                zone,
                false,
                event.details(),
                event.alert(),
                event.draft(),
                event.link());
    }

    static Wanted course(int number, int day) {
        return new Wanted(Integer.toString(number), event("Cours " + number, "B110", at(day, 10), 2));
    }

    static String id(int n) {
        return "%024x".formatted(n);
    }

    static String mine(String key) {
        return "mc-" + OWNER + "-" + key;
    }

    CalendarEvent put(int id, String reference, CalendarEvent event) {
        CalendarEvent stored = event.withId(id(id)).withReference(reference);
        calendar.put(stored.id(), stored);
        return stored;
    }

    Situation situation() {
        return situation(List.copyOf(calendar.values()));
    }

    Situation situation(List<CalendarEvent> listing) {
        return new Situation(
                OWNER,
                Set.of(OWNER, "00000001"),
                wanted,
                unreadable,
                listing,
                memory,
                rules,
                WINDOW,
                WINDOW,
                now,
                adopt,
                predecessors,
                selection);
    }

    Plan plan() {
        return Planner.plan(situation());
    }

    /** One counting run, carried out, with the time after which nothing settles any more. */
    Plan run() {
        Plan plan = plan();
        carryOut(plan);
        forgetWrites();
        memory = Spellings.learn(memory, calendar.values());
        return plan;
    }

    /** Runs until what waits is confirmed. */
    void settle() {
        for (int i = 0; i < 4; i++) {
            run();
            now = now.plus(Duration.ofMinutes(30));
        }
    }

    void carryOut(Plan plan) {
        Map<String, Spelling> spellings = new HashMap<>(plan.memory().spellings());
        List<Settling> settling = new ArrayList<>(plan.memory().settling());
        plan.creates().forEach(change -> write(change, id(ids++), spellings, settling));
        plan.updates().forEach(change -> write(change, change.after().id(), spellings, settling));
        for (Change change : plan.deletes()) {
            calendar.remove(change.before().id());
            settling.add(new Settling(Change.Kind.DELETE, change.before(), now));
        }
        memory = plan.memory().withSpellings(spellings).withSettling(settling);
    }

    void forgetWrites() {
        memory = memory.withSettling(List.of());
    }

    private void write(Change change, String id, Map<String, Spelling> spellings, List<Settling> settling) {
        CalendarEvent written = change.after().withId(id);
        calendar.put(id, spelling.apply(written));
        spellings.compute(written.reference(), (reference, known) -> Spellings.written(known, change));
        settling.removeIf(
                entry -> written.reference().equals(entry.event().reference()) && entry.kind() != Change.Kind.DELETE);
        settling.add(new Settling(change.kind(), written, now));
    }

    static int writes(Plan plan) {
        return plan.creates().size() + plan.updates().size() + plan.deletes().size();
    }
}
