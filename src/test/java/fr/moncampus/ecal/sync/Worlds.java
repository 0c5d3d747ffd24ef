package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.sync.Remembered.Absence;
import fr.moncampus.ecal.timetable.Timetable.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Timetables, calendars and memories from few values, so that coincidences are frequent. */
final class Worlds {
    private Worlds() {}

    static Arbitrary<CalendarEvent> contents() {
        return Combinators.combine(
                        Arbitraries.of("Maths", "Droit", "Anglais"),
                        Arbitraries.of("B110", "Aucune"),
                        Arbitraries.integers().between(-5, 12),
                        Arbitraries.integers().between(8, 15),
                        Arbitraries.integers().between(1, 3))
                .as((name, room, day, hour, hours) -> World.event(name, room, World.at(day, hour), hours));
    }

    static Arbitrary<List<Wanted>> timetables() {
        Arbitrary<String> number = Arbitraries.of("1", "2", "3", "4", "5", "6").injectNull(0.2);
        return Combinators.combine(number, contents()).as(Wanted::new).list().ofMaxSize(12);
    }

    /** Every course to come, in the window, with a number of its own. */
    static Arbitrary<List<Wanted>> plainTimetables() {
        return Combinators.combine(
                        Arbitraries.of("Maths", "Droit", "Anglais"),
                        Arbitraries.of("B110", "Aucune"),
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.integers().between(8, 15))
                .as((name, room, day, hour) -> World.event(name, room, World.at(day, hour), 2))
                .list()
                .ofMinSize(1)
                .ofMaxSize(15)
                .map(events -> {
                    List<Wanted> wanted = new ArrayList<>();
                    events.forEach(event -> wanted.add(new Wanted(Integer.toString(wanted.size() + 1), event)));
                    return wanted;
                });
    }

    private static Arbitrary<CalendarEvent> events() {
        Arbitrary<String> references = Arbitraries.frequencyOf(
                Tuple.of(
                        8,
                        Arbitraries.of("1", "2", "3", "5", "7", "1-2", "2-2", "cdeadbeef")
                                .map(World::mine)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "mc-00000001-1",
                                "mc-99999999-1",
                                "mc-" + World.OWNER + "-x",
                                "mc-" + World.OWNER + "-")),
                Tuple.of(2, Arbitraries.of("12345678", "7", "123456789")),
                Tuple.of(1, Arbitraries.just("visite").injectNull(0.5)));
        Arbitrary<String> details = Arbitraries.of("Intervenant : X", "Intervenant : X", "un mot");
        Arbitrary<String> startTimes = Arbitraries.frequency(Tuple.of(12, ""), Tuple.of(1, "midi"));
        return Combinators.combine(
                        references,
                        contents(),
                        details,
                        startTimes,
                        Arbitraries.of("Europe/Paris", "Europe/Paris", "UTC").injectNull(0.1))
                .as((reference, content, text, time, zone) -> new CalendarEvent(
                        null,
                        reference,
                        content.name(),
                        content.location(),
                        content.startDate(),
                        time.isEmpty() ? content.startTime() : time,
                        content.endDate(),
                        content.endTime(),
                        zone,
                        false,
                        text,
                        content.alert(),
                        0,
                        null));
    }

    static Arbitrary<List<CalendarEvent>> calendars() {
        return events().list().ofMaxSize(16).map(events -> {
            List<CalendarEvent> calendar = new ArrayList<>();
            events.forEach(event -> calendar.add(event.withId(World.id(calendar.size()))));
            return calendar;
        });
    }

    /** No writes that settle: those have properties of their own. */
    static Arbitrary<Remembered> memories() {
        Arbitrary<Absence> absence = Combinators.combine(
                        Arbitraries.of(0, 29, 30, 60 * 47, 60 * 48, 60 * 100),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 3))
                .as((minutes, reads, days) -> {
                    Set<LocalDate> on = new HashSet<>();
                    for (int i = 1; i <= days; i++) {
                        on.add(World.TODAY.minusDays(i));
                    }
                    return new Absence(World.NOW.minus(Duration.ofMinutes(minutes)), reads, on);
                });
        Arbitrary<String> id = Arbitraries.integers().between(0, 15).map(World::id);
        Arbitrary<Instant> since = Arbitraries.of(World.NOW.minusSeconds(60), World.NOW.minusSeconds(3600))
                .injectNull(0.7);
        return Combinators.combine(
                        Arbitraries.maps(id, absence).ofMaxSize(16),
                        id.set().ofMaxSize(16),
                        since,
                        Arbitraries.maps(id, Arbitraries.of("1", "2", "4", "6", "c12345678"))
                                .ofMaxSize(4),
                        Arbitraries.maps(id, Arbitraries.of(-8, -6, 0, 1)).ofMaxSize(4))
                .as((absences, seen, shrunk, renumbered, marked) -> {
                    Map<String, Instant> dated = new HashMap<>();
                    marked.forEach((event, days) -> dated.put(event, World.NOW.plus(Duration.ofDays(days))));
                    return new Remembered(
                            new HashMap<>(absences),
                            Map.of(),
                            List.of(),
                            seen,
                            shrunk,
                            new HashMap<>(renumbered),
                            dated,
                            "");
                });
    }

    static Arbitrary<List<Unreadable>> unreadable() {
        return Arbitraries.of("1", "3", "9")
                .injectNull(0.3)
                .map(number -> new Unreadable(1, number, "illisible"))
                .list()
                .ofMaxSize(1);
    }

    static Arbitrary<World> any() {
        return Combinators.combine(
                        timetables(),
                        calendars(),
                        memories(),
                        unreadable(),
                        Arbitraries.integers().between(0, 10),
                        Arbitraries.of(0.0, 0.3, 1.0),
                        Arbitraries.of("99999999").injectNull(0.8))
                .as((wanted, calendar, memory, unreadable, most, ratio, adopt) -> {
                    World world = new World(wanted, calendar);
                    world.memory = memory;
                    world.unreadable = unreadable;
                    world.rules = new Rules(Duration.ofMinutes(30), most, ratio, Duration.ofMinutes(15));
                    world.adopt = adopt;
                    return world;
                });
    }
}
