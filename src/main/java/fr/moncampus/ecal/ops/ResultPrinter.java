package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.run.ChangePrinter;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.run.Words;
import fr.moncampus.ecal.sync.EventTimes;
import fr.moncampus.ecal.sync.Plan;
import java.io.PrintStream;
import java.util.List;

/** A run or a plan, for people. */
final class ResultPrinter {
    private static final int MOST = 40;
    private final PrintStream out;

    ResultPrinter(PrintStream out) {
        this.out = out;
    }

    void print(Run run) {
        out.println(run.getSummary());
        list(ChangePrinter.lines(run));
        kept(run.plan());
    }

    void print(String config, Plan plan) {
        out.println(config + " : " + plan.creates().size() + " à créer, "
                + plan.updates().size() + " à modifier, " + plan.deletes().size() + " à supprimer, " + plan.unchanged()
                + " inchangés, " + plan.waiting().size() + " en attente, "
                + plan.held().size() + " retenus");
        list(plan.creates().stream()
                .map(change -> ChangePrinter.line(null, change.after()))
                .toList());
        list(plan.updates().stream()
                .map(change -> ChangePrinter.line(change.before(), change.after()))
                .toList());
        list(plan.deletes().stream()
                .map(change -> ChangePrinter.line(change.before(), null))
                .toList());
        kept(plan);
        plan.strangers()
                .forEach((owner, count) -> out.println("  ? " + count + " événements « mc-" + owner
                        + " » qu'aucune configuration connue ne possède ; après un changement "
                        + "d'identifiant ou d'adresse : adopt " + config + " " + owner));
    }

    private void kept(Plan plan) {
        if (plan == null) {
            return;
        }
        list(plan.waiting().stream()
                .map(waiting -> "… " + Words.event(waiting.event()) + " : absent depuis "
                        + EventTimes.instant(waiting.since()) + ", supprimé s'il l'est encore à une prochaine lecture")
                .toList());
        list(plan.held().stream()
                .map(held -> "! "
                        + ChangePrinter.line(
                                        held.change().before(), held.change().after())
                                .substring(2) + " : retenu (" + Words.reason(held.reason()) + ")")
                .toList());
    }

    private void list(List<String> lines) {
        lines.stream().limit(MOST).forEach(line -> out.println("  " + line));
        if (lines.size() > MOST) {
            out.println("    … et " + (lines.size() - MOST) + " autres (tout voir : plan --format json)");
        }
    }
}
