package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.report.FrenchText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Many configurations in one line. */
public final class StatusSummary {
    private static final int MAX_NAMES = 10;
    private final Map<Status.State, Integer> counts = new EnumMap<>(Status.State.class);
    private final List<String> late = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private int total;

    public void add(Status status, boolean isLate) {
        total++;
        counts.merge(status.state(), 1, Integer::sum);
        if (isLate) {
            late.add(status.config());
        }
        if (status.state() == Status.State.FAILED) {
            failed.add(status.config());
        }
    }

    public int total() {
        return total;
    }

    /** What is fine first; the names of those that are not. */
    public String line() {
        List<String> parts = new ArrayList<>();
        part(parts, Status.State.OK, "à jour");
        part(parts, Status.State.HELD, "avec des changements retenus");
        part(parts, Status.State.NEVER, "pas encore synchronisées");
        part(parts, Status.State.FAILED, "en échec" + names(failed));
        if (!late.isEmpty()) {
            parts.add(late.size() + " en retard" + names(late));
        }
        return FrenchText.count(total, "configuration", "configurations") + " : " + String.join(", ", parts);
    }

    private void part(List<String> parts, Status.State state, String words) {
        if (counts.containsKey(state)) {
            parts.add(counts.get(state) + " " + words);
        }
    }

    private static String names(List<String> all) {
        String some = String.join(", ", all.subList(0, Math.min(all.size(), MAX_NAMES)));
        return all.isEmpty() ? "" : " (" + some + (all.size() > MAX_NAMES ? "…" : "") + ")";
    }
}
