package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Shrunken calendar: a listing that lacks much of what the last one held is not believed at first, because everything
 * it lacks would be created twice.
 *
 * @param suspect whether creates are held
 * @param seen    what the next listing is compared with
 * @param since   when the first such listing in a row was read; null when this one is believed
 */
record Shrinkage(boolean suspect, Set<String> seen, Instant since) {
    private static final int TOLERATED = 10;
    private static final int TOLERATED_PERCENT = 30;
    private static final Duration BELIEVED_AFTER = Duration.ofMinutes(30);

    /** @param deleted ids of the events that this plan deletes, which the next listing should lack */
    static Shrinkage of(Situation situation, Set<String> deleted) {
        Remembered memory = situation.memory();
        Instant since = memory.shrunkSince();
        if (since != null && since.isAfter(situation.now())) {
            since = situation.now(); // stored by a wrong clock
        }
        boolean believed = since != null && !situation.now().isBefore(since.plus(BELIEVED_AFTER));
        if (lacksMuch(situation) && !believed) {
            return new Shrinkage(true, memory.seen(), since != null ? since : situation.now());
        }
        Set<String> gone = gone(situation);
        Set<String> seen = situation.actual().stream()
                .filter(event -> Reference.isOf(situation.owner(), event.reference())
                        && !deleted.contains(event.id())
                        && !gone.contains(event.id()))
                .map(CalendarEvent::id)
                .collect(Collectors.toUnmodifiableSet());
        return new Shrinkage(false, seen, null);
    }

    private static boolean lacksMuch(Situation situation) {
        Set<String> seen = situation.memory().seen();
        Set<String> explained =
                situation.actual().stream().map(CalendarEvent::id).collect(Collectors.toSet());
        explained.addAll(gone(situation));
        long lacking = seen.stream().filter(id -> !explained.contains(id)).count();
        return lacking > TOLERATED && lacking * 100 > seen.size() * (long) TOLERATED_PERCENT;
    }

    /** What was deleted moments ago is not missed, though a late listing may show it. */
    private static Set<String> gone(Situation situation) {
        return situation.memory().settling().stream()
                .filter(write -> write.kind() == Change.Kind.DELETE)
                .map(write -> write.event().id())
                .collect(Collectors.toSet());
    }
}
