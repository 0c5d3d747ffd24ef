package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import picocli.CommandLine.Command;

@Command(name = "sync", description = "Synchronise maintenant, une fois, chaque configuration.")
final class SyncCommand extends EachConfiguration {
    @Override
    Run run(Engine engine, String config) {
        return Progress.during(engine, System.err, () -> engine.run(config, Purpose.SYNC));
    }

    @Override
    int print(String config, Run run) {
        ResultPrinter.print(run, options.json());
        return run.result().exitCode();
    }

    @Override
    void notRun(String config, RunError error) {
        if (options.json()) {
            System.out.println(JsonOutput.line(RunResult.refused(config, error)));
        }
    }
}
