package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.report.EventText;
import fr.moncampus.ecal.report.PlanText;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.sync.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        description = "Montre ce qui est retenu et sa somme ; avec la somme, l'exécute, et rien d'autre.")
final class ApproveCommand implements Callable<Integer> {
    @Mixin
    private SingleOptions options;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SOMME",
            description = "La somme que « approve CONFIG » a affichée.")
    private String checksum;

    @Mixin
    private Help help;

    @Override
    public Integer call() throws Exception {
        Session session = Session.open(options);
        session.report();
        if (session.configurations().size() != 1) {
            return 2;
        }
        String config = session.configurations().get(0).name();
        try (Interruption interruption = Interruption.ofCommand();
                Engine engine = interruption.watch(session.start(false, run -> {}))) {
            Run run = engine.run(config, checksum == null ? Purpose.PLAN : new Purpose(false, checksum, null));
            if (checksum == null && run.result().error() == null) {
                return show(config, run.plan());
            }
            ResultPrinter.print(run, options.json());
            return run.result().exitCode();
        }
    }

    private int show(String config, Plan plan) {
        boolean nothing = plan.held().stream().noneMatch(held -> held.reason().releasable());
        if (options.json()) {
            System.out.println(JsonOutput.line(JsonOutput.held(config, plan, nothing ? null : plan.checksum())));
            return 0;
        }
        plan.held()
                .forEach(held -> System.out.println("  "
                        + EventText.change(held.change().before(), held.change().after()) + " : "
                        + PlanText.reason(held.reason())));
        System.out.println(
                nothing
                        ? config + " : rien n'est retenu qui puisse être libéré."
                        : "Pour exécuter exactement cela : approve " + config + " " + plan.checksum());
        return 0;
    }
}
