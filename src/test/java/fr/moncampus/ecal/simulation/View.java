package fr.moncampus.ecal.simulation;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one listing showed. @param fresh ids that it showed as they were */
record View(Map<String, String> saidById, Map<String, String> references, Set<String> fresh, boolean[] complete) {
    View() {
        this(new TreeMap<>(), new TreeMap<>(), new HashSet<>(), new boolean[1]);
    }

    /** Whether it showed another event of that reference whose id comes first, so that this one is a copy. */
    boolean showsBefore(String id, String reference) {
        return references.entrySet().stream()
                .anyMatch(entry ->
                        entry.getValue().equals(reference) && entry.getKey().compareTo(id) < 0);
    }

    /** A page that was lost on the way. */
    void forget(Collection<String> ids) {
        complete[0] = false;
        saidById.keySet().removeAll(ids);
        references.keySet().removeAll(ids);
        fresh.removeAll(ids);
    }
}
