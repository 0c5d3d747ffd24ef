package fr.moncampus.ecal.run;

import fr.moncampus.ecal.ecal.CalendarEvent;
import fr.moncampus.ecal.ecal.Write;
import fr.moncampus.ecal.sync.EventTimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** One change, as a line: what appears, what goes, and for an update old → new of what differs. */
public final class ChangePrinter {
    private ChangePrinter() {}

    /** @param before null for a create; @param after null for a delete */
    public static String line(CalendarEvent before, CalendarEvent after) {
        if (before == null) {
            return "+ " + Words.event(after);
        }
        if (after == null) {
            return "- " + Words.event(before);
        }
        return "~ " + Words.name(after) + ", " + Words.when(after) + " : " + difference(before, after);
    }

    /** What a run has carried out, in the order of the events. */
    public static List<String> lines(Run run) {
        return run.done().stream()
                .filter(write -> write.outcome() != Write.Outcome.UNCONFIRMED)
                .sorted(Comparator.comparing((Write write) -> String.valueOf(EventTimes.start(write.event()))))
                .map(write -> line(write.before(), write.outcome() == Write.Outcome.DELETED ? null : write.after()))
                .toList();
    }

    private static String difference(CalendarEvent before, CalendarEvent after) {
        List<String> parts = new ArrayList<>();
        add(parts, "nom", Words.name(before), Words.name(after));
        add(parts, "horaire", Words.when(before), Words.when(after));
        add(parts, "salle", Words.room(before), Words.room(after));
        if (parts.isEmpty() && !Objects.equals(before.reference(), after.reference())) {
            parts.add("repris de l'ancien outil ou d'un autre propriétaire");
        }
        if (!Objects.equals(before.details(), after.details()) && parts.isEmpty()) {
            parts.add("détails (intervenant, groupe ou lien Teams)");
        }
        return parts.isEmpty() ? "autres réglages (fuseau, rappel…)" : String.join(", ", parts);
    }

    private static void add(List<String> parts, String what, String before, String after) {
        if (!before.equals(after)) {
            parts.add(what + " " + (before.isEmpty() ? "(vide)" : before) + " → " + after);
        }
    }
}
