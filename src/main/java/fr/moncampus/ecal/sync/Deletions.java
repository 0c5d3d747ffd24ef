package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.sync.Plan.Held;
import fr.moncampus.ecal.sync.Plan.Reason;
import fr.moncampus.ecal.sync.Plan.Waiting;
import fr.moncampus.ecal.sync.Remembered.Absence;
import fr.moncampus.ecal.timetable.Timetable.Unreadable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Completeness, confirmation and the mass-deletion guard: which events go, which wait for a second read, and which a guard keeps. */
final class Deletions {
    private static final Duration RELEASED_AFTER = Duration.ofHours(48);
    private static final int RELEASED_READS = 4;
    private static final int RELEASED_DAYS = 2;

    private final Situation situation;
    private final boolean complete;
    private final Map<String, Absence> absences = new HashMap<>();
    private final List<Change> confirmed = new ArrayList<>();
    private final List<Change> deletes = new ArrayList<>();
    /** Of courses that a rule hides, confirmed as well. */
    private final List<Change> hidden = new ArrayList<>();

    private final List<Change> marks = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();

    Deletions(Situation situation) {
        this.situation = situation;
        complete = situation.unreadable().stream().map(Unreadable::key).allMatch(Reference::isKey);
        if (!complete) {
            absences.putAll(situation.memory().absences());
        }
    }

    /** Events that may be the course of a row that could not be read: they stay, and what is known of them stays too. */
    void keep(List<Change> changes) {
        for (Change change : changes) {
            CalendarEvent event = change.before();
            Absence known = situation.memory().absences().get(event.id());
            if (known != null) {
                absences.put(event.id(), known);
            }
            held.add(new Held(change, Reason.UNREADABLE_ROW));
        }
    }

    /** Cancelled ones that are marked and stay: what is known of their absence stays as well. */
    void marked(List<CalendarEvent> events) {
        if (complete) {
            events.forEach(event -> absences.put(
                    event.id(), withThisRead(situation.memory().absences().get(event.id()))));
        }
    }

    /** @param changes what becomes of events that the timetable lacks: deletions, and marks, which count as such */
    void absent(List<Change> changes) {
        absent(changes, confirmed);
    }

    /** Events of courses that a rule hides. */
    void hidden(List<Change> changes) {
        absent(changes, hidden);
    }

    private void absent(List<Change> changes, List<Change> confirmed) {
        if (!complete) {
            keep(changes);
            return;
        }
        for (Change change : changes) {
            CalendarEvent event = change.before();
            Absence known = situation.memory().absences().get(event.id());
            Absence absence = withThisRead(known);
            absences.put(event.id(), absence);
            boolean apart = !situation
                    .now()
                    .isBefore(absence.since().plus(situation.rules().deleteAfter()));
            if (known != null && apart) {
                confirmed.add(change);
            } else {
                waiting.add(new Waiting(event, absence.since()));
            }
        }
    }

    /** Copies need no confirmation: the event itself stays. */
    void copies(List<Change> changes) {
        if (complete) {
            deletes.addAll(changes);
        } else {
            keep(changes);
        }
    }

    void hold(List<Change> changes, Reason reason) {
        changes.forEach(change -> held.add(new Held(change, reason)));
    }

    /**
     * Decides about what is confirmed.
     *
     * @param standing how many owned events of the window have not ended
     * @param toCome   whether the answer holds any course to come
     * @param shown    whether the rules leave any of them
     */
    void decide(long standing, boolean toCome, boolean shown) {
        boolean many = areMany(confirmed.size(), standing, situation.rules());
        boolean hidesMany = areMany(hidden.size(), standing, situation.rules());
        for (Change change : hidden) {
            if (hidesMany || !shown) {
                held.add(new Held(change, Reason.RULES_CHANGED));
            } else {
                deletes.add(change);
            }
        }
        for (Change change : confirmed) {
            if (!toCome) {
                held.add(new Held(change, Reason.EMPTY_ANSWER));
            } else if (many && !longGone(absences.get(change.before().id()))) {
                held.add(new Held(change, Reason.TOO_MANY));
            } else {
                (change.kind() == Change.Kind.DELETE ? deletes : marks).add(change);
            }
        }
    }

    /** More than are ever let through at once. */
    static boolean areMany(int changes, long standing, Rules rules) {
        return changes > rules.maxDeletes()
                && BigDecimal.valueOf(changes)
                                .compareTo(BigDecimal.valueOf(rules.maxDeleteRatio())
                                        .multiply(BigDecimal.valueOf(standing)))
                        > 0;
    }

    private Absence withThisRead(Absence known) {
        LocalDate today = situation.now().atZone(ParisTime.PARIS).toLocalDate();
        if (known == null) {
            return new Absence(situation.now(), 1, Set.of(today));
        }
        // an instant in the future was stored by a wrong clock
        Set<LocalDate> days = new TreeSet<>(known.days());
        days.removeIf(day -> day.isAfter(today));
        days.add(today);
        Instant since = known.since().isAfter(situation.now()) ? situation.now() : known.since();
        return new Absence(since, known.reads() + 1, days);
    }

    private boolean longGone(Absence absence) {
        return !situation.now().isBefore(absence.since().plus(RELEASED_AFTER))
                && absence.reads() >= RELEASED_READS
                && absence.days().size() >= RELEASED_DAYS;
    }

    List<Change> deletes() {
        return deletes;
    }

    /** Updates that say of an event that its course is cancelled. */
    List<Change> marks() {
        return marks;
    }

    List<Waiting> waiting() {
        return waiting;
    }

    List<Held> held() {
        return held;
    }

    Map<String, Absence> absences() {
        return absences;
    }
}
