package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Failures;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "sync", description = "Synchronise maintenant, une fois, chaque configuration.")
final class SyncCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    @Mixin
    private Help help;

    @Override
    public Integer call() throws Exception {
        Session session = Session.open(options);
        session.report();
        int exit = session.hasErrors() ? 2 : 0;
        for (Path file : session.refused()) {
            print(RunResult.refused(Session.name(file)), null);
        }
        if (session.configurations().isEmpty()) {
            return exit;
        }
        try (Interruption interruption = Interruption.ofCommand();
                Engine engine = interruption.watch(session.start(false, run -> {}))) {
            for (Configuration configuration : session.configurations()) {
                Run run = Progress.during(engine, System.err, () -> engine.run(configuration.name(), Purpose.SYNC));
                print(run.result(), run);
                exit = Math.max(exit, run.result().exitCode());
                if (interruption.isAsked()) {
                    break;
                }
            }
        } catch (MemoryException e) {
            session.configurations()
                    .forEach(configuration -> print(
                            RunResult.refused(configuration.name(), Failures.explain(e, RunError.Kind.ECAL)), null));
            throw e;
        }
        return exit;
    }

    private void print(RunResult result, Run run) {
        if (options.json()) {
            System.out.println(JsonOutput.line(result));
        } else if (run != null) {
            new ResultPrinter(System.out).print(run);
        }
    }
}
