package fr.moncampus.ecal.sync;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Hands out references, none twice, that are used neither in the calendar nor by a recent write: a create goes on with the event that it finds
 * under its reference, which may be another course's, and a later listing may skip what this one shows.
 */
public final class FreeReferences {
    private final String owner;
    private final Set<String> used = new HashSet<>();
    private final Map<String, Integer> tried = new HashMap<>();

    FreeReferences(Situation situation) {
        owner = situation.owner();
        situation.actual().forEach(event -> used.add(event.reference()));
        situation.memory().settling().stream()
                .filter(write -> write.kind() != Change.Kind.DELETE)
                .forEach(write -> used.add(write.event().reference()));
    }

    /** For what carries the plan out: the reference to try when another calendar holds one, of the same key; none that the plan uses. */
    public static UnaryOperator<String> besides(Situation situation, Plan plan) {
        FreeReferences free = new FreeReferences(situation);
        Stream.concat(plan.creates().stream(), plan.updates().stream())
                .forEach(change -> free.used.add(change.after().reference()));
        return taken -> free.take(Reference.parse(taken).key());
    }

    /** The new reference of an adopted event. */
    void reserve(Reference reference) {
        used.add(reference.toString());
    }

    /** By several threads at once, when a user's route splits in parallel. */
    synchronized String take(String key) {
        String reference;
        do {
            int n = tried.merge(key, 1, Integer::sum);
            reference = new Reference(owner, key, n == 1 ? "" : "-" + n).toString();
        } while (!used.add(reference));
        return reference;
    }
}
