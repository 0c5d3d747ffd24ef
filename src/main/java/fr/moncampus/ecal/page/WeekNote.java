package fr.moncampus.ecal.page;

import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.report.FrenchText;
import fr.moncampus.ecal.sync.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands above a week.
 *
 * @param read  when the calendar was read, and its age
 * @param stale why nothing newer is shown; null when the last run could read all
 * @param plan  what is to be done, in one sentence
 */
record WeekNote(String read, String stale, String plan) {

    /** @param snapshot null when nothing is known yet */
    static WeekNote of(Snapshot snapshot, Head head, Instant now) {
        if (snapshot == null) {
            return new WeekNote("", head.trouble(), "");
        }
        String read = (snapshot.preview() ? "Prévisualisation : calendrier lu " : "Calendrier lu ")
                + FrenchText.moment(snapshot.at(), now) + " (" + FrenchText.age(snapshot.at(), now) + ")";
        return new WeekNote(read, head.trouble(), plan(snapshot));
    }

    private static String plan(Snapshot snapshot) {
        List<String> parts = new ArrayList<>();
        add(parts, count(snapshot, Change.Kind.CREATE), "création", "créations");
        add(parts, count(snapshot, Change.Kind.UPDATE), "modification", "modifications");
        add(parts, count(snapshot, Change.Kind.DELETE), "suppression", "suppressions");
        String next =
                parts.isEmpty() ? "Rien à écrire" : "À la prochaine synchronisation : " + String.join(", ", parts);
        List<String> kept = new ArrayList<>();
        add(
                kept,
                snapshot.waiting().size(),
                "suppression attend sa confirmation",
                "suppressions attendent leur confirmation");
        add(kept, snapshot.held().size(), "changement retenu", "changements retenus");
        return next + (kept.isEmpty() ? "." : " ; " + String.join(", ", kept) + ".");
    }

    private static int count(Snapshot snapshot, Change.Kind kind) {
        return (int) snapshot.changes().stream()
                .filter(change -> change.kind() == kind)
                .count();
    }

    private static void add(List<String> parts, int count, String one, String many) {
        if (count > 0) {
            parts.add(FrenchText.count(count, one, many));
        }
    }
}
