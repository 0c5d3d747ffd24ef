package fr.moncampus.ecal.run;

import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.http.Permit;
import fr.moncampus.ecal.memory.HeldLock;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.memory.Journal;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.report.Kept;
import fr.moncampus.ecal.report.PlanText;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Ordered;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a run: it begins before the first step of {@code routes/sync.camel.yaml}, by the policy of that route, takes its lock, and is
 * closed when Camel is done with the exchange, however that came. One for all configurations: Camel would keep what it knows of a bean with
 * annotated parameters for every single object.
 */
public final class RunSteps {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private final Duration lockPatience;
    private final Consumer<Run> begun;
    private final Consumer<Run> over;

    /**
     * @param begun told of every run when it begins
     * @param over  told of every run when it is over
     */
    public RunSteps(Duration lockPatience, Consumer<Run> begun, Consumer<Run> over) {
        this.lockPatience = lockPatience;
        this.begun = begun;
        this.over = over;
    }

    /** Opens a run of one configuration before the first step of its route, whatever that step is. */
    RoutePolicy policy(Workspace workspace) {
        return new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route route, Exchange exchange) {
                begin(exchange, workspace);
            }
        };
    }

    /** Opens a run and makes sure that it is closed however the exchange ends; the body may hold its purpose. */
    public void begin(Exchange exchange, Workspace workspace) {
        Purpose purpose = exchange.getMessage().getBody() instanceof Purpose given ? given : Purpose.SYNC;
        Run run = new Run(
                workspace.configuration().name(),
                UUID.randomUUID().toString().substring(0, 8),
                purpose,
                workspace.clock().instant(),
                RunError.Kind.ofTarget(workspace.configuration().target()));
        workspace.enter(exchange);
        exchange.setProperty(Run.PROPERTY, run);
        begun.accept(run);
        exchange.setProperty(Journal.RUN_ID, run.id());
        exchange.setProperty(Permit.PROPERTY, (Permit) run::checkLock);
        run.countFrom(workspace.requests());
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                report(workspace, run);
            }

            /** Before the route configuration's onCompletion, which tells how the run ended. */
            @Override
            public int getOrder() {
                return Ordered.HIGHEST;
            }
        });
        warnOfTheEnd(workspace);
    }

    private static void warnOfTheEnd(Workspace workspace) {
        LocalDate today = workspace.today(workspace.clock().instant());
        LocalDate last = workspace.configuration().window(today).last();
        if (last.isBefore(today)) {
            LOG.warn(
                    "{} : la date de fin ({}) est passée, plus rien ne sera créé ni supprimé. Changez-la dans {}",
                    workspace.configuration().name(),
                    last,
                    workspace.configuration().file());
        }
    }

    /** Waits for its turn, unless the process is asked to end; a dry run needs none. */
    public Window lock(
            @ExchangeProperty(Workspace.PROPERTY) Workspace workspace, @ExchangeProperty(Run.PROPERTY) Run run)
            throws InterruptedException, RunException {
        if (!run.purpose().dryRun()) {
            HeldLock lock = takeLock(workspace, run);
            if (lock == null && run.isGoingOn()) {
                throw new RunException(new RunError(
                        RunError.Kind.LOCK,
                        "Une autre synchronisation de « "
                                + workspace.configuration().name() + " » est en cours depuis plus de "
                                + lockPatience.toSeconds()
                                + " s : celle-ci renonce. Rien n'est perdu, le prochain passage fera le travail."));
            }
            if (lock == null) {
                throw new RunException(RunError.INTERRUPTED);
            }
            run.locked(lock);
            run.countFrom(workspace.requests());
        }
        run.reading();
        if (!run.isGoingOn()) {
            throw new RunException(RunError.INTERRUPTED);
        }
        Window window = workspace.window(workspace.clock().instant());
        run.asking(window);
        return window;
    }

    private HeldLock takeLock(Workspace workspace, Run run) throws InterruptedException, RunException {
        try {
            return workspace.take(lockPatience, run::isGoingOn);
        } catch (IOException e) {
            throw new RunException(
                    new RunError(
                            RunError.Kind.LOCK,
                            "Le verrou " + workspace.lockFile()
                                    + " ne peut pas être posé : vérifiez que le dossier des données est accessible en écriture."));
        }
    }

    /** Closes the run, however it ended: result, lock, history, one line in the log. */
    public void report(Workspace workspace, Run run) {
        // the interrupted wait is over; an interrupted thread could not write the files that follow
        Thread.interrupted();
        if (run.isBrokenOff() && !run.isBroken() && run.plan() == null) {
            run.broken(RunError.INTERRUPTED);
        }
        run.finishing();
        run.stoppedEarly();
        long sent = workspace.requests() - run.requestsBefore();
        RunResult result = run.end(sent);
        try {
            if (!run.purpose().dryRun()) {
                remember(workspace, run, result);
                log(workspace, result);
            } else if (run.purpose().shown()) {
                picture(workspace, run);
            }
        } catch (MemoryException e) {
            if (!run.isBroken()) {
                run.broken(Failures.explain(e, RunError.Kind.MEMORY));
            }
            log(workspace, run.end(sent));
        } finally {
            run.unlock();
            over.accept(run);
        }
    }

    private static void remember(Workspace workspace, Run run, RunResult result) {
        List<Kept> kept = run.plan() == null ? List.of() : PlanText.kept(run.plan());
        workspace
                .history()
                .add(new History.Entry(
                        run.id(), run.started(), workspace.clock().instant(), result.exitCode() == 0, result, kept));
        workspace.journal().purge();
        picture(workspace, run);
    }

    /** What the page shows. A dry run has it only when the page asked for it. */
    private static void picture(Workspace workspace, Run run) {
        if (run.plan() != null) {
            Instant now = workspace.clock().instant();
            workspace
                    .snapshot()
                    .write(Snapshots.of(run, workspace.configuration().owner(), now));
        }
    }

    private static void log(Workspace workspace, RunResult result) {
        if (result.error() == null) {
            LOG.info("{} : {}", workspace.configuration().name(), result.summary());
        } else if (result.error() == RunError.INTERRUPTED) {
            LOG.info("{} : {}", workspace.configuration().name(), result.error().message());
        } else {
            LOG.error(
                    "{} : {}", workspace.configuration().name(), result.error().message());
        }
    }
}
