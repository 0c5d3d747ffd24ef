package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the program may remember of the listings so far, for the rule of the shrunken calendar: which of a run's listings it looks at last is its own business. */
final class Baselines {
    private final MovableClock time;
    private final Predicate<String> owns;
    private Set<Baseline> baselines = Set.of(new Baseline(Set.of(), null));
    /** What the program deletes, or tried to, and when: it is not missed. */
    private final Map<String, Instant> unwanted = new HashMap<>();

    /** @param seen owned ids of the last listing that was believed; @param since when the first shrunken one in a row was read */
    private record Baseline(Set<String> seen, Instant since) {
        boolean lacks(View view, Set<String> deleted) {
            long lacking = seen.stream()
                    .filter(id -> !view.references().containsKey(id) && !deleted.contains(id))
                    .count();
            return lacking > 10 && lacking * 10 > seen.size() * 3L;
        }

        boolean isSuspect(View view, Set<String> deleted, Instant now) {
            return lacks(view, deleted) && (since == null || now.isBefore(since.plus(Duration.ofMinutes(30))));
        }
    }

    /** @param owns whether a reference is the person's */
    Baselines(MovableClock time, Predicate<String> owns) {
        this.time = time;
        this.owns = owns;
    }

    /** Since when it has seen a shrunken one the program cannot know any more; or it knows nothing at all. */
    void forgotten(boolean everything) {
        Set<Baseline> next = new HashSet<>();
        for (Baseline old : baselines) {
            next.add(everything ? new Baseline(Set.of(), null) : old);
            next.add(new Baseline(everything ? Set.of() : old.seen(), Instant.MIN.plus(Duration.ofDays(1))));
        }
        baselines = next;
        if (everything) {
            // what it deleted then, and is listed late, it sees for the first time
            unwanted.clear();
        }
    }

    void unwanted(String id) {
        unwanted.put(id, time.instant());
    }

    /**
     * @param first    the listing that was planned with, which is among all of the run
     * @param mayBeToGo ids of events that the timetable lacks: a run that came to no end may have wanted to delete them
     */
    void remember(View first, List<View> all, boolean complete, Set<String> mayBeToGo) {
        List<View> later =
                all.stream().filter(view -> view.complete()[0] && view != first).toList();
        Set<Baseline> next = complete ? new HashSet<>() : new HashSet<>(baselines);
        for (Baseline old : baselines) {
            for (Set<String> deleted : List.of(unwanted.keySet(), unwantedOfLate())) {
                for (boolean copies : new boolean[] {true, false}) {
                    boolean suspect = old.isSuspect(first, deleted, time.instant());
                    Baseline planned = suspect
                            ? new Baseline(old.seen(), old.since() == null ? time.instant() : old.since())
                            : new Baseline(shownOwned(first, deleted, copies), null);
                    next.add(planned);
                    if (!complete && !suspect) {
                        Set<String> staying = new HashSet<>(planned.seen());
                        staying.removeAll(mayBeToGo);
                        next.add(new Baseline(staying, null));
                    }
                    later.forEach(view -> next.add(
                            planned.isSuspect(view, deleted, time.instant())
                                    ? planned
                                    : new Baseline(shownOwned(view, deleted, copies), null)));
                }
            }
        }
        baselines = next;
    }

    /** A listing that shows them longer than that is believed. */
    private Set<String> unwantedOfLate() {
        return unwanted.keySet().stream()
                .filter(id -> unwanted.get(id).plus(Model.SETTLE).isAfter(time.instant()))
                .collect(Collectors.toSet());
    }

    /** @param withCopies doubles are to go, so that the program may miss them or not */
    private Set<String> shownOwned(View view, Set<String> deleted, boolean withCopies) {
        Map<String, String> shown = new TreeMap<>();
        new TreeMap<>(view.references()).forEach((id, ref) -> {
            if (owns.test(ref) && !deleted.contains(id)) {
                shown.putIfAbsent(withCopies ? id : ref, id);
            }
        });
        return Set.copyOf(shown.values());
    }

    /** Whatever it remembers, the program cannot have believed that listing. */
    boolean isShrunken(View view) {
        return baselines.stream().allMatch(each -> each.isSuspect(view, unwanted.keySet(), time.instant()));
    }
}
