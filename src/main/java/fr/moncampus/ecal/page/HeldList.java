package fr.moncampus.ecal.page;

import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.report.EventText;
import fr.moncampus.ecal.report.FrenchText;
import fr.moncampus.ecal.report.PlanText;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is held back and why.
 *
 * @param title    how many there are, in words
 * @param checksum what the button carries; null when nothing can be released
 * @param button   what it does, in words
 */
record HeldList(String title, List<Group> groups, String checksum, String button, int size) {
    /** What a page that is about something else shows of it: else the list is a page of its own, with its button. */
    static final int MAX_ON_THE_WEEK = 12;

    /** @param limit the guard's number and limit; empty when it is not about numbers */
    public record Group(String cause, String outlook, String limit, List<String> events) {}

    static HeldList of(Snapshot snapshot, Rules rules) {
        List<Plan.Held> held = snapshot == null ? List.of() : snapshot.held();
        Map<Plan.Reason, List<Plan.Held>> byReason =
                held.stream().collect(Collectors.groupingBy(Plan.Held::reason, TreeMap::new, Collectors.toList()));
        List<Group> groups = new ArrayList<>();
        byReason.forEach((reason, of) -> groups.add(new Group(
                PlanText.cause(reason),
                PlanText.outlook(reason),
                limit(reason, of.size(), snapshot, rules),
                of.stream().map(each -> EventText.event(each.change().event())).toList())));
        List<Plan.Held> free =
                held.stream().filter(each -> each.reason().releasable()).toList();
        return new HeldList(
                title(held),
                groups,
                snapshot == null || free.isEmpty() ? null : snapshot.checksum(),
                button(free),
                held.size());
    }

    boolean fitsTheWeek() {
        return size <= MAX_ON_THE_WEEK;
    }

    private static String title(List<Plan.Held> held) {
        return areAll(held, Change.Kind.DELETE)
                ? FrenchText.count(held.size(), "suppression retenue", "suppressions retenues")
                : areAll(held, Change.Kind.CREATE)
                        ? FrenchText.count(held.size(), "création retenue", "créations retenues")
                        : FrenchText.count(held.size(), "changement retenu", "changements retenus");
    }

    private static String button(List<Plan.Held> free) {
        String events = free.size() == 1 ? "cet événement" : "ces " + free.size() + " événements";
        if (areAll(free, Change.Kind.DELETE)) {
            return "Supprimer " + events;
        }
        return areAll(free, Change.Kind.CREATE)
                ? "Créer " + events
                : "Exécuter " + (free.size() == 1 ? "ce changement" : "ces " + free.size() + " changements");
    }

    private static boolean areAll(List<Plan.Held> held, Change.Kind kind) {
        return held.stream().allMatch(each -> each.change().kind() == kind);
    }

    private static String limit(Plan.Reason reason, int held, Snapshot snapshot, Rules rules) {
        if (reason != Plan.Reason.TOO_MANY) {
            return "";
        }
        String percent = String.format(Locale.FRENCH, "%.0f %%", 100 * rules.maxDeleteRatio());
        return FrenchText.count(held, "suppression confirmée", "suppressions confirmées") + " : c'est plus que "
                + rules.maxDeletes() + " (max_deletes) et plus que " + percent + " (max_delete_ratio) de "
                + FrenchText.count(snapshot.standing(), "événement à venir", "événements à venir") + ".";
    }
}
