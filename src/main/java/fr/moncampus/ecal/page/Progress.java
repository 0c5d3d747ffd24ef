package fr.moncampus.ecal.page;

import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.report.EventText;
import fr.moncampus.ecal.report.FrenchText;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.watch.StatusReader;
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

    /** What a result lists; the rest is in the journal and in the week. */
    private static final int MAX_LINES = 100;

    /**
     * @param running the run in progress, whoever began it; null for none
     * @return null when nothing is under way, and nobody has asked for anything yet
     */
    static Progress of(Desk desk, Actions actions, Run running) {
        String config = desk.configuration().name();
        Actions.Kind asked = actions.underWay(config);
        if (asked != null || running != null) {
            return underWay(asked == null ? Actions.Kind.SYNC : asked, running);
        }
        Actions.Outcome outcome = actions.outcome(config);
        return outcome == null ? null : ended(outcome, lines(desk, outcome));
    }

    private static List<String> lines(Desk desk, Actions.Outcome outcome) {
        if (outcome.kind() == Actions.Kind.PREVIEW) {
            Snapshot snapshot = desk.snapshot();
            return snapshot == null
                    ? List.of()
                    : snapshot.changes().stream()
                            .limit(MAX_LINES)
                            .map(change -> EventText.change(change.before(), change.after()))
                            .toList();
        }
        return StatusReader.changes(desk.journal(), outcome.run()).stream()
                .limit(MAX_LINES)
                .toList();
    }

    /** @param run null while it has not begun */
    private static Progress underWay(Actions.Kind kind, Run run) {
        String title = title(kind) + " en cours";
        if (run == null) {
            return new Progress(title, "En attente de son tour…", true, 0, 0, true, List.of());
        }
        int total = run.planned();
        int done = Math.min(run.handled(), total);
        String text = total == 0
                ? "Lecture de l'emploi du temps et du calendrier…"
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
