package fr.moncampus.ecal.demo;

import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Timetable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.List;

/** A week in which each kind of change can be seen: to create, moved, another room, another name, waiting and held. */
final class DemoWeek {
    /** More than one deletion is held. */
    static final String LIMITS = "max_deletes: 1\nmax_delete_ratio: 0\n";

    private final Timetable timetable;
    private final Runnable sync;
    private final LocalDate monday;

    DemoWeek(Sandbox sandbox, Runnable sync) {
        this.timetable = sandbox.timetable();
        this.sync = sync;
        this.monday = firstFull(timetable.sessions());
    }

    /** The first to come with courses enough, holidays aside. */
    private static LocalDate firstFull(List<Session> sessions) {
        LocalDate next = LocalDate.now(ZoneId.of("Europe/Paris")).with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        while (in(next, sessions).size() < 9 && next.isBefore(LocalDate.now().plusWeeks(12))) {
            next = next.plusWeeks(1);
        }
        return next;
    }

    private static List<Session> in(LocalDate monday, List<Session> sessions) {
        return sessions.stream()
                .filter(session -> !session.start().toLocalDate().isBefore(monday)
                        && session.start().toLocalDate().isBefore(monday.plusDays(5)))
                .sorted(Comparator.comparing(Session::start))
                .toList();
    }

    /** @return its Monday */
    LocalDate prepare() {
        List<Session> week = in(monday, timetable.sessions());
        // missing twice: confirmed, and held
        timetable.cancel(week.get(1).noCours());
        timetable.cancel(week.get(4).noCours());
        sync.run();
        sync.run();
        // missing once
        timetable.cancel(week.get(6).noCours());
        timetable.move(week.get(0).noCours(), free(week, 0));
        timetable.changeRoom(week.get(3).noCours(), "C204(Bâtiment C)");
        timetable.rename(week.get(5).noCours(), "Soutenance de projet");
        timetable.add(Session.of(990_001, "Conférence : l'accessibilité du web", "Amphi A(Bâtiment A)", free(week, 2)));
        return monday;
    }

    /** The end of an afternoon: the evening if that is taken. */
    private LocalDateTime free(List<Session> week, int day) {
        LocalDate date = monday.plusDays(day);
        LocalDateTime last = week.stream()
                .map(Session::end)
                .filter(end -> end.toLocalDate().equals(date))
                .max(Comparator.naturalOrder())
                .orElse(date.atTime(13, 15));
        return last.plusMinutes(15);
    }
}
