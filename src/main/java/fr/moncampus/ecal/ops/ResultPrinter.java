package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.report.PlanText;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.sync.Plan;
import java.io.PrintStream;
import java.util.List;

/** A run or a plan, for people. */
public final class ResultPrinter {
    private static final int MAX_LISTED = 40;
    private final PrintStream out;

    public ResultPrinter(PrintStream out) {
        this.out = out;
    }

    /** What a run came to, on standard output. */
    static void print(Run run, boolean json) {
        if (json) {
            System.out.println(JsonOutput.line(run.result()));
        } else {
            new ResultPrinter(System.out).print(run);
        }
    }

    public void print(Run run) {
        out.println(run.getSummary());
        list(run.changeLines());
        kept(run.plan());
    }

    void print(String config, Plan plan) {
        out.println(config + " : " + PlanText.counts(plan));
        if (plan.held().stream().noneMatch(held -> held.reason() == Plan.Reason.RULES_CHANGED)) {
            list(PlanText.rules(plan));
        }
        list(PlanText.changes(plan));
        kept(plan);
        plan.otherOwners()
                .forEach((owner, count) -> out.println("  ? " + count + " événements « mc-" + owner
                        + " » qu'aucune configuration connue ne possède ; après un changement "
                        + "d'identifiant ou d'adresse : adopt " + config + " " + owner));
    }

    private void kept(Plan plan) {
        if (plan == null) {
            return;
        }
        list(PlanText.waiting(plan));
        // why: a run that holds nothing for them does not tell them again
        list(
                plan.held().stream().anyMatch(held -> held.reason() == Plan.Reason.RULES_CHANGED)
                        ? PlanText.rules(plan)
                        : List.of());
        list(PlanText.held(plan));
    }

    private void list(List<String> lines) {
        lines.stream().limit(MAX_LISTED).forEach(line -> out.println("  " + line));
        if (lines.size() > MAX_LISTED) {
            out.println("    … et " + (lines.size() - MAX_LISTED) + " autres (tout voir : plan --format json)");
        }
    }
}
