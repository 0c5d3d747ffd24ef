package fr.moncampus.ecal.sync;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Hands out references that are used neither in the calendar nor by a recent write. */
final class FreeReferences {
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

    /** The new reference of an adopted event. */
    void reserve(Reference reference) {
        used.add(reference.toString());
    }

    String take(String key) {
        String reference;
        do {
            int n = tried.merge(key, 1, Integer::sum);
            reference = new Reference(owner, key, n == 1 ? "" : "-" + n).toString();
        } while (!used.add(reference));
        return reference;
    }
}
