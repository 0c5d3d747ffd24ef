package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Failures;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "plan", description = "Montre ce qu'une synchronisation ferait, sans rien écrire.")
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    @Mixin
    private Help help;

    @Override
    public Integer call() throws Exception {
        Session session = Session.open(options);
        session.report();
        int exit = session.hasErrors() ? 2 : 0;
        if (options.json()) {
            session.refused()
                    .forEach(file -> System.out.println(
                            JsonOutput.line(JsonOutput.plan(Session.name(file), null, RunError.CONFIGURATION))));
        }
        if (session.configurations().isEmpty()) {
            return exit;
        }
        try (Interruption interruption = Interruption.ofCommand();
                Engine engine = interruption.watch(session.start(false, run -> {}))) {
            for (Configuration configuration : session.configurations()) {
                Run run = engine.run(configuration.name(), Purpose.PLAN);
                RunError error = run.result().error();
                if (options.json()) {
                    System.out.println(JsonOutput.line(JsonOutput.plan(configuration.name(), run.plan(), error)));
                } else if (error != null) {
                    System.out.println(configuration.name() + " : échec — " + error.message());
                } else {
                    new ResultPrinter(System.out).print(configuration.name(), run.plan());
                }
                exit = Math.max(exit, error == null ? 0 : error.exitCode());
                if (interruption.isAsked()) {
                    break;
                }
            }
        } catch (MemoryException e) {
            if (options.json()) {
                session.configurations()
                        .forEach(configuration -> System.out.println(JsonOutput.line(
                                JsonOutput.plan(configuration.name(), null, Failures.explain(e, RunError.Kind.ECAL)))));
            }
            throw e;
        }
        return exit;
    }
}
