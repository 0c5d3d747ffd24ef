package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.sync.Plan;
import picocli.CommandLine.Command;

@Command(name = "plan", description = "Montre ce qu'une synchronisation ferait, sans rien écrire.")
final class PlanCommand extends EachConfiguration {
    @Override
    Run run(Engine engine, String config) {
        return engine.run(config, Purpose.PLAN);
    }

    @Override
    int print(String config, Run run) {
        RunError error = run.result().error();
        if (options.json()) {
            printJson(config, run.plan(), error);
        } else if (error != null) {
            System.out.println(config + " : échec — " + error.message());
        } else {
            new ResultPrinter(System.out).print(config, run.plan());
        }
        return error == null ? 0 : error.exitCode();
    }

    @Override
    void notRun(String config, RunError error) {
        if (options.json()) {
            printJson(config, null, error);
        }
    }

    private static void printJson(String config, Plan plan, RunError error) {
        System.out.println(JsonOutput.line(JsonOutput.plan(config, plan, error)));
    }
}
