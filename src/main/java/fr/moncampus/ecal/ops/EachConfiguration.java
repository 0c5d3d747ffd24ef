package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Failures;
import fr.moncampus.ecal.run.Run;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that runs each configuration once. A bad one does not stop the others, and the highest exit code counts. */
abstract class EachConfiguration implements Callable<Integer> {
    @Mixin
    CommonOptions options;

    @Mixin
    private Help help;

    @Override
    public final Integer call() throws Exception {
        Session session = Session.open(options);
        session.report();
        int exit = session.hasErrors() ? 2 : 0;
        session.refused().forEach(file -> notRun(Session.name(file), RunError.CONFIGURATION));
        if (session.configurations().isEmpty()) {
            return exit;
        }
        try (Interruption interruption = Interruption.ofCommand();
                Engine engine = interruption.watch(session.start(false, run -> {}))) {
            for (Configuration configuration : session.configurations()) {
                Run run = run(engine, configuration.name());
                exit = Math.max(exit, print(configuration.name(), run));
                if (interruption.isAsked()) {
                    break;
                }
            }
        } catch (MemoryException e) {
            session.configurations()
                    .forEach(configuration -> notRun(configuration.name(), Failures.explain(e, RunError.Kind.MEMORY)));
            throw e;
        }
        return exit;
    }

    abstract Run run(Engine engine, String config);

    /** @return the exit code */
    abstract int print(String config, Run run);

    /** Standard error says why already; JSON has a line for each configuration all the same. */
    abstract void notRun(String config, RunError error);
}
