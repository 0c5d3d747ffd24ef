package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.simulation.School.Given;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Under which numbers the school has held the courses of events: those that an event may be known by, and the one that it must be known by. */
final class Numbers {
    private final Map<String, Set<String>> possible = new HashMap<>();
    private final Map<String, String> certain = new HashMap<>();

    /** Each event may stand for every row that says the same. */
    void had(Collection<Event> owned, Given given) {
        had(owned.stream().collect(Collectors.toMap(event -> event.id, Event::said)), given);
    }

    /** @param saidById what events say, or what a listing shows of them that is believed though it is late */
    void had(Map<String, String> saidById, Given given) {
        Map<String, Set<String>> rows = new HashMap<>();
        given.sessions()
                .forEach(session -> rows.computeIfAbsent(session.said(), each -> new HashSet<>())
                        .add(key(session)));
        saidById.forEach((id, said) -> {
            if (rows.containsKey(said)) {
                possible.computeIfAbsent(id, each -> new HashSet<>()).addAll(rows.get(said));
            }
        });
    }

    /** The program knows no more which number is whose. */
    void forgotten() {
        certain.clear();
    }

    Set<String> possible(String id) {
        return possible.getOrDefault(id, Set.of());
    }

    boolean mayBeOf(String id, Session session) {
        return possible(id).contains(key(session));
    }

    /** A row without a number has a key of its own, which is not reckoned here. */
    private static String key(Session session) {
        return session.number() == null ? "c" : session.number().toString();
    }

    /** @param listing what the whole of the answer was compared with; null when how far the run came is not known */
    void compared(View listing, List<Event> owned, Given given, Instant now) {
        certain.clear();
        if (listing == null || given.nameless() || !given.unreadable().isEmpty()) {
            return;
        }
        List<String> said = given.sessions().stream().map(Session::said).toList();
        List<String> stands = owned.stream().map(Event::said).toList();
        for (Event event : owned) {
            boolean shown = event.doubt == 0
                    && event.isFresh(now)
                    && listing.fresh().contains(event.id)
                    && event.said().equals(listing.saidById().get(event.id));
            if (shown
                    && Collections.frequency(said, event.said()) == 1
                    && Collections.frequency(stands, event.said()) == 1) {
                String number = String.valueOf(
                        given.sessions().get(said.indexOf(event.said())).number());
                certain.put(event.id, number);
            }
        }
    }

    /** By that number, and no other event is. */
    boolean isKnownBy(String id, String number) {
        return number.equals(certain.get(id)) && Collections.frequency(certain.values(), number) == 1;
    }
}
