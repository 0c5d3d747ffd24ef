package fr.moncampus.ecal.page;

import fr.moncampus.ecal.report.FrenchText;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Run;
import java.util.List;

/**
 * An action under way, or how it ended.
 *
 * @param title   what it is about
 * @param text    how far it is, or how it ended
 * @param running whether it goes on
 * @param done    changes that had their turn
 * @param total   changes of the plan; 0 while it is not made
 * @param good    false when it ended otherwise than was wanted
 * @param lines   what was done or would be done, a line each
 */
record Progress(String title, String text, boolean running, int done, int total, boolean good, List<String> lines) {

    /** @param run null while it has not begun */
    static Progress of(Actions.Kind kind, Run run) {
        String title = title(kind) + " en cours";
        if (run == null) {
            return new Progress(title, "En attente de son tour…", true, 0, 0, true, List.of());
        }
        int total = run.planned();
        int done = Math.min(run.handled(), total);
        String text = total == 0
                ? "Lecture de MonCampus et du calendrier…"
                : done + " sur " + FrenchText.count(total, "écriture", "écritures");
        return new Progress(title, text, true, done, total, true, List.of());
    }

    static Progress ended(Actions.Outcome outcome, List<String> lines) {
        String title = title(outcome.kind());
        RunResult result = outcome.result();
        if (result == null) {
            return new Progress(title + " impossible", "Voir le journal du programme.", false, 0, 0, false, lines);
        }
        if (result.error() != null) {
            boolean changed = result.error().kind() == RunError.Kind.APPROVAL;
            return new Progress(
                    changed ? "Rien n'a été fait" : title + " : échec",
                    changed
                            ? "Ce qui est retenu a changé depuis que la page a été affichée. Relisez la nouvelle liste avant de décider."
                            : result.error().message(),
                    false,
                    0,
                    0,
                    false,
                    lines);
        }
        boolean preview = outcome.kind() == Actions.Kind.PREVIEW;
        return new Progress(
                title + (preview ? " terminée : rien n'a été écrit" : " terminée"),
                preview ? outcome.plan() : result.summary(),
                false,
                0,
                0,
                result.failed() == 0,
                lines);
    }

    private static String title(Actions.Kind kind) {
        return switch (kind) {
            case PREVIEW -> "Prévisualisation";
            case SYNC -> "Synchronisation";
            case APPROVE -> "Exécution de ce qui était retenu";
        };
    }
}
