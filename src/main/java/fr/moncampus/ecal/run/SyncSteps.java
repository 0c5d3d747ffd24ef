package fr.moncampus.ecal.run;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.ecal.CalendarEvent;
import fr.moncampus.ecal.ecal.EcalException;
import fr.moncampus.ecal.ecal.Write;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.memory.Journal;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.memory.PlanMemory;
import fr.moncampus.ecal.memory.WrittenRepository;
import fr.moncampus.ecal.moncampus.Timetable;
import fr.moncampus.ecal.report.Kept;
import fr.moncampus.ecal.report.PlanText;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Planner;
import fr.moncampus.ecal.sync.Reference;
import fr.moncampus.ecal.sync.Remembered;
import fr.moncampus.ecal.sync.Situation;
import fr.moncampus.ecal.sync.Transform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of {@code routes/sync.camel.yaml} that decide or remember something, for one configuration. */
public final class SyncSteps {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private final Configuration configuration;
    private final Set<String> knownOwners;
    private final PlanMemory memory;
    private final WrittenRepository written;
    private final History history;
    private final Journal journal;
    private final LongSupplier requests;
    private final Path lockFile;
    private final Duration lockPatience;
    private final Clock clock;
    private final Consumer<Run> begun;
    private final Consumer<Run> over;

    /**
     * @param begun told of every run when it begins
     * @param over  told of every run when it is over
     */
    public SyncSteps(
            Configuration configuration,
            Set<String> knownOwners,
            PlanMemory memory,
            WrittenRepository written,
            History history,
            Journal journal,
            LongSupplier requests,
            Path lockFile,
            Duration lockPatience,
            Clock clock,
            Consumer<Run> begun,
            Consumer<Run> over) {
        this.configuration = configuration;
        this.knownOwners = knownOwners;
        this.memory = memory;
        this.written = written;
        this.history = history;
        this.journal = journal;
        this.requests = requests;
        this.lockFile = lockFile;
        this.lockPatience = lockPatience;
        this.clock = clock;
        this.begun = begun;
        this.over = over;
    }

    /** Opens a run, and sees to it that it is closed whatever becomes of the exchange; the body may say its purpose. */
    public void begin(Exchange exchange) {
        Purpose purpose = exchange.getMessage().getBody() instanceof Purpose given ? given : Purpose.SYNC;
        Run run = new Run(configuration.name(), UUID.randomUUID().toString().substring(0, 8), purpose, clock.instant());
        exchange.setProperty(Run.PROPERTY, run);
        begun.accept(run);
        exchange.setProperty(Journal.RUN_ID, run.id());
        exchange.setProperty("requestsBefore", requests.getAsLong());
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                report(done);
            }

            /** Before the route configuration's onCompletion, which tells how the run ended. */
            @Override
            public int getOrder() {
                return Ordered.HIGHEST;
            }
        });
        warnOfTheEnd();
    }

    private void warnOfTheEnd() {
        LocalDate today = today(clock.instant());
        LocalDate last = configuration.window(today).last();
        if (last.isBefore(today)) {
            LOG.warn(
                    "{} : la date de fin ({}) est passée, plus rien ne sera créé ni supprimé. Changez moncampus_end_date dans {}",
                    configuration.name(),
                    last,
                    configuration.source());
        }
    }

    private LocalDate today(Instant now) {
        return now.atZone(configuration.timeZone()).toLocalDate();
    }

    /** Waits for its turn, unless the process is asked to end; a dry run needs none. */
    public Window lock(Exchange exchange) throws InterruptedException, RunException {
        Run run = run(exchange);
        if (!run.purpose().dryRun()) {
            RunLock lock = takeLock(run);
            if (lock == null && run.isGoingOn()) {
                throw new RunException(new RunError(
                        RunError.Kind.LOCK,
                        "Une autre synchronisation de « " + configuration.name() + " » est en cours depuis plus de "
                                + lockPatience.toSeconds()
                                + " s : celle-ci renonce. Rien n'est perdu, le prochain passage fera le travail."));
            }
            if (lock == null) {
                throw new RunException(RunError.INTERRUPTED);
            }
            exchange.setProperty("lock", lock);
            // what others asked while this run waited is not its own
            exchange.setProperty("requestsBefore", requests.getAsLong());
        }
        run.reading();
        if (!run.isGoingOn()) {
            throw new RunException(RunError.INTERRUPTED);
        }
        return configuration.window(today(clock.instant()));
    }

    private RunLock takeLock(Run run) throws InterruptedException, RunException {
        try {
            return RunLock.take(lockFile, lockPatience, run::isGoingOn);
        } catch (IOException e) {
            throw new RunException(
                    new RunError(
                            RunError.Kind.LOCK,
                            "Le verrou " + lockFile
                                    + " ne peut pas être posé : vérifiez que le dossier des données est accessible en écriture."));
        }
    }

    public void transform(Exchange exchange, Timetable timetable) {
        if (!run(exchange).purpose().dryRun()) {
            memory.comparing();
        }
        run(exchange)
                .found(
                        new Transform(configuration.alert(), configuration.teamsLink()).wanted(timetable.courses()),
                        timetable.unreadable());
    }

    /** @return the changes to carry out; none for a dry run */
    public List<Write> plan(Exchange exchange, List<CalendarEvent> calendar) throws RunException {
        Run run = run(exchange);
        Instant now = clock.instant();
        Remembered remembered = memory.read(now);
        Plan plan = Planner.plan(situation(run, calendar, remembered, now));
        Purpose purpose = run.purpose();
        if (purpose.dryRun()) {
            run.planned(plan);
            return List.of();
        }
        memory.write(remembered, plan.memory(), now);
        if (purpose.approved() != null) {
            if (!purpose.approved().equals(plan.checksum())) {
                run.planned(plan);
                throw new RunException(new RunError(
                        RunError.Kind.APPROVAL,
                        "Ce qui est retenu a changé depuis que la somme « " + purpose.approved()
                                + " » a été affichée : rien n'a été fait. Relisez « approve " + configuration.name()
                                + " » et confirmez la nouvelle somme."));
            }
            plan = plan.released();
        }
        run.planned(plan);
        LOG.info("{} : {}", configuration.name(), PlanText.counts(plan));
        run.finishing();
        UnaryOperator<String> nextReference = nextReference(plan.creates());
        return Stream.of(plan.updates(), plan.creates(), plan.deletes())
                .flatMap(List::stream)
                .map(change -> write(change, run, nextReference))
                .toList();
    }

    /** What the idempotent consumer tells changes apart by. */
    public String key(Exchange exchange) {
        return WrittenRepository.key(exchange.getProperty(WrittenRepository.WRITE, Write.class));
    }

    /** The change is about to be sent, if the idempotent repository lets it pass. */
    public void sending(Exchange exchange) {
        run(exchange).begin();
    }

    public void written(Exchange exchange) {
        run(exchange).written(exchange.getProperty(WrittenRepository.WRITE, Write.class));
    }

    /** What was written and is not listed as wanted yet is unconfirmed; what is listed teaches us ECAL's spelling. */
    public void verify(Exchange exchange, List<CalendarEvent> calendar) {
        Run run = run(exchange);
        Instant now = clock.instant();
        Remembered remembered = memory.read(now);
        Plan look = Planner.plan(situation(run, calendar, remembered, now));
        // absences are left as they were: this listing says nothing of the timetable, and what it would delete is not
        // deleted
        Set<String> seen = new HashSet<>(look.memory().seen());
        look.deletes().forEach(delete -> seen.add(delete.before().id()));
        Remembered learned = remembered.withSpellings(look.memory().spellings()).withSeen(seen);
        memory.write(remembered, learned, now);
        run.verified(look.unconfirmed());
    }

    /** Closes the run, however it ended: result, lock, history, one line in the log. */
    public void report(Exchange exchange) {
        // a wait that was interrupted is over: what is left is to be noted, and a file cannot be written by an
        // interrupted thread
        Thread.interrupted();
        Run run = run(exchange);
        if (run.isBrokenOff() && !run.isBroken() && run.plan() == null) {
            run.broken(RunError.INTERRUPTED);
        }
        run.finishing();
        run.stoppedEarly();
        long sent = requests.getAsLong() - exchange.getProperty("requestsBefore", 0L, Long.class);
        RunResult result = run.end(sent);
        try {
            if (!run.purpose().dryRun()) {
                remember(run, result);
                log(result);
            }
        } catch (MemoryException e) {
            if (!run.isBroken()) {
                run.broken(Failures.explain(e, RunError.Kind.ECAL));
            }
            log(run.end(sent));
        } finally {
            RunLock lock = exchange.getProperty("lock", RunLock.class);
            if (lock != null) {
                lock.close();
            }
            over.accept(run);
        }
    }

    private void remember(Run run, RunResult result) {
        List<Kept> kept = run.plan() == null ? List.of() : PlanText.kept(run.plan());
        history.add(new History.Entry(run.id(), run.started(), clock.instant(), result.exitCode() == 0, result, kept));
        journal.purge();
    }

    private void log(RunResult result) {
        if (result.error() == null) {
            LOG.info("{} : {}", configuration.name(), result.summary());
        } else if (result.error() == RunError.INTERRUPTED) {
            LOG.info("{} : {}", configuration.name(), result.error().message());
        } else {
            LOG.error("{} : {}", configuration.name(), result.error().message());
        }
    }

    private Write write(Change change, Run run, UnaryOperator<String> nextReference) {
        boolean known = change.kind() == Change.Kind.CREATE
                && written.knows(change.after().reference());
        return new Write(change.before(), change.after(), known, nextReference).because(why(change, run));
    }

    private static String why(Change change, Run run) {
        return run.purpose().approved() != null ? "retenu, puis libéré par approve" : PlanText.why(change, run.plan());
    }

    /** Hands out no reference twice, nor one that another create of the plan has. */
    private static UnaryOperator<String> nextReference(List<Change> creates) {
        Set<String> used = ConcurrentHashMap.newKeySet();
        creates.forEach(create -> used.add(create.after().reference()));
        return reference -> {
            String next = Reference.next(reference);
            while (!used.add(next)) {
                next = Reference.next(next);
            }
            return next;
        };
    }

    private Situation situation(Run run, List<CalendarEvent> calendar, Remembered remembered, Instant now) {
        Window window = configuration.window(today(now));
        return new Situation(
                configuration.owner(),
                knownOwners,
                run.wanted(),
                run.unreadable(),
                calendar,
                remembered,
                configuration.rules(),
                window,
                now,
                run.purpose().adopt());
    }

    private static Run run(Exchange exchange) {
        return exchange.getProperty(Run.PROPERTY, Run.class);
    }

    /** Every change has had its turn; ends the run when they were given up. */
    public void orStop(Exchange exchange) throws EcalException {
        run(exchange).reading();
        run(exchange).carriedOut();
        run(exchange).orStop();
    }
}
