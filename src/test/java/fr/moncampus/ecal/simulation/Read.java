package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.simulation.School.Given;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/**
 * A complete timetable, and what of the calendar it could be compared with.
 *
 * @param days    which it was by the wall clock from then to the end of the run
 * @param keys    how many events each key may mean: that of its reference, and those that the school gave its course since
 * @param certain what the events said that a listing shows as they are, by id
 * @param ghosts  keys (those that the school gave its course since among them) and words of what is still listed though it is gone, and words of what
 *                says something else, but is still listed with them or believed to say them: a row may be taken for one of them
 */
record Read(
        Instant at,
        Set<LocalDate> days,
        Given given,
        Map<String, Long> keys,
        Map<String, Long> says,
        Set<String> ids,
        Map<String, String> certain,
        Set<String> ghosts) {
    /** No event has its key. A row without a number has a key of its own, which is not reckoned here: any event of such a key may be its. */
    private boolean isFree(Session session) {
        return session.number() != null
                ? !keys.containsKey(session.number().toString())
                        && !ghosts.contains(session.number().toString())
                : keys.keySet().stream().noneMatch(key -> key.startsWith("c"));
    }

    /** @param renumbered it has stood under another number since, so that its first one alone need not hold it */
    boolean holds(Event event, String key, boolean renumbered) {
        long rows = given.sessions().stream()
                .filter(session -> key.equals(String.valueOf(session.number())))
                .count();
        if (!renumbered && rows > 0 && rows >= keys.getOrDefault(key, 0L) && !ghosts.contains(key)) {
            return true;
        }
        String said = certain.get(event.id);
        return said != null
                && says.getOrDefault(said, 0L) == 1
                && !ghosts.contains(said)
                && given.sessions().stream()
                        .anyMatch(session -> session.said().equals(said)
                                && (key.equals(String.valueOf(session.number())) || isFree(session)));
    }
}
