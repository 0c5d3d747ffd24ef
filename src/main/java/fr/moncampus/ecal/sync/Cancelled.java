package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.timetable.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Cancellation: what becomes of an event whose course has left the timetable. With {@code cancelled: mark} it says so for a while before it goes;
 * either is a deletion to every guard. That an event is marked is read off its name, so that a lost memory marks nothing twice and only
 * makes it stay longer.
 */
final class Cancelled {
    private static final Duration STAYS = Duration.ofDays(7);

    private final Situation situation;
    private final boolean marks;
    private final Set<String> marked = new HashSet<>();

    Cancelled(Situation situation) {
        this.situation = situation;
        this.marks = situation.rules().cancelled() == Rules.Cancelled.MARK;
    }

    /** Whether it has been marked and its time has not come: then there is nothing to do. */
    boolean stays(Owned owned) {
        return marks
                && isMarked(owned)
                && situation.now().isBefore(since(owned.event()).plus(STAYS));
    }

    /** What is done about an event that does not stay as it is. */
    Change change(Owned owned) {
        CalendarEvent event = owned.event();
        return !marks || isMarked(owned)
                ? Change.delete(event)
                : Change.update(event, event.withName(Mark.CANCELLED + event.name()));
    }

    /** This plan marks it. */
    void marking(Change change) {
        marked.add(change.before().id());
    }

    /** Since when which event is marked, its source's own marks included. */
    Map<String, Instant> since(Collection<Owned> all, boolean partly) {
        Map<String, Instant> since = new HashMap<>(partly ? situation.memory().marked() : Map.of());
        all.stream().filter(owned -> owned.event().id() != null).forEach(owned -> {
            String id = owned.event().id();
            since.remove(id);
            if (marks && (isMarked(owned) || marked.contains(id))) {
                since.put(id, since(owned.event()));
            }
        });
        return since;
    }

    private static boolean isMarked(Owned owned) {
        return Mark.of(owned.content().name()).equals(Mark.CANCELLED);
    }

    /** What lies in the future was stored by a wrong clock. */
    private Instant since(CalendarEvent event) {
        Instant known = situation.memory().marked().get(event.id());
        return known == null || known.isAfter(situation.now()) ? situation.now() : known;
    }
}
