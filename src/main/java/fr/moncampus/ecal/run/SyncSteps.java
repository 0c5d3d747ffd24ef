package fr.moncampus.ecal.run;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.EventRows;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.memory.WrittenRepository;
import fr.moncampus.ecal.report.PlanText;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.FreeReferences;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Planner;
import fr.moncampus.ecal.sync.Remembered;
import fr.moncampus.ecal.sync.Situation;
import fr.moncampus.ecal.sync.Transform;
import fr.moncampus.ecal.timetable.Rows;
import fr.moncampus.ecal.timetable.Timetable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of {@code routes/sync.camel.yaml} that decide, one for all configurations. */
public final class SyncSteps {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private final Set<String> knownOwners;

    /** @param knownOwners of all configurations, those that do not run here included */
    public SyncSteps(Set<String> knownOwners) {
        this.knownOwners = knownOwners;
    }

    public void transform(
            @ExchangeProperty(Workspace.PROPERTY) Workspace workspace,
            @ExchangeProperty(Run.PROPERTY) Run run,
            @Body Object answer) {
        Timetable timetable = Rows.timetable(answer);
        if (!run.purpose().dryRun()) {
            run.checkLock();
            workspace.memory().comparing();
        }
        Configuration.Events events = workspace.configuration().events();
        Transform transform = new Transform(events.alert(), events.teamsLink(), events.selection());
        run.found(transform.wanted(timetable.courses()), timetable);
    }

    /** @return the changes to carry out; none for a dry run */
    public List<Write> plan(
            @ExchangeProperty(Workspace.PROPERTY) Workspace workspace,
            @ExchangeProperty(Run.PROPERTY) Run run,
            @Body List<?> listing)
            throws RunException, CalendarException {
        List<CalendarEvent> calendar = EventRows.events(listing);
        Instant now = workspace.clock().instant();
        run.listed(calendar);
        Remembered remembered = workspace.memory().read(now);
        Situation situation = situation(workspace, run, calendar, remembered, now);
        Plan plan = Planner.plan(situation);
        Purpose purpose = run.purpose();
        if (purpose.dryRun()) {
            run.planned(plan);
            return List.of();
        }
        run.checkLock();
        workspace.memory().write(remembered, plan.memory(), now);
        workspace.tenures().begin();
        if (purpose.approved() != null) {
            if (!purpose.approved().equals(plan.checksum())) {
                run.planned(plan);
                throw new RunException(new RunError(
                        RunError.Kind.APPROVAL,
                        "Ce qui est retenu a changé depuis que la somme « " + purpose.approved()
                                + " » a été affichée : rien n'a été fait. Relisez « approve "
                                + workspace.configuration().name()
                                + " » et confirmez la nouvelle somme."));
            }
            plan = plan.released();
        }
        run.planned(plan);
        LOG.info("{} : {}", workspace.configuration().name(), PlanText.counts(plan));
        run.finishing();
        UnaryOperator<String> nextReference = FreeReferences.besides(situation, plan);
        return Stream.of(plan.updates(), plan.creates(), plan.deletes())
                .flatMap(List::stream)
                .map(change -> write(workspace, change, run, nextReference))
                .toList();
    }

    /** What the idempotent consumer tells changes apart by. */
    public String key(@ExchangeProperty(WrittenRepository.WRITE) Write write) {
        return WrittenRepository.key(write);
    }

    /** The change is about to be sent, if the idempotent repository lets it pass. */
    public void sending(@ExchangeProperty(Run.PROPERTY) Run run) {
        run.checkLock();
        run.sending();
    }

    /** @throws CalendarException when an edited route has not carried it out */
    public void written(@ExchangeProperty(Run.PROPERTY) Run run, @ExchangeProperty(WrittenRepository.WRITE) Write write)
            throws CalendarException {
        if (write.isOpen()) {
            throw new CalendarException(
                    0, "La modification n'a pas été menée à son terme : une étape de la cible (routes/) l'empêche.");
        }
        run.written(write);
    }

    /** Every change has had its turn; ends the run when they were given up. */
    public void stopIfFatal(@ExchangeProperty(Run.PROPERTY) Run run) throws CalendarException {
        run.reading();
        run.carriedOut();
        run.stopIfFatal();
    }

    /** What was written and is not listed as wanted yet is unconfirmed; what is listed teaches us ECAL's spelling. */
    public void verify(
            @ExchangeProperty(Workspace.PROPERTY) Workspace workspace,
            @ExchangeProperty(Run.PROPERTY) Run run,
            @Body List<?> listing)
            throws CalendarException {
        List<CalendarEvent> calendar = EventRows.events(listing);
        Instant now = workspace.clock().instant();
        run.listed(calendar);
        Remembered remembered = workspace.memory().read(now);
        Plan look = Planner.plan(situation(workspace, run, calendar, remembered, now));
        run.checkLock();
        workspace.memory().write(remembered, look.learned(remembered), now);
        run.verified(look.unconfirmed());
    }

    private static Write write(Workspace workspace, Change change, Run run, UnaryOperator<String> nextReference) {
        boolean known = change.kind() == Change.Kind.CREATE
                && workspace.written().knows(change.after().reference());
        return new Write(change.before(), change.after(), known, nextReference).because(why(change, run));
    }

    private static String why(Change change, Run run) {
        return run.purpose().approved() != null ? "retenu, puis libéré par approve" : PlanText.why(change, run.plan());
    }

    /** Those of another configuration are that one's, whoever had them before. */
    private Set<String> predecessors(Workspace workspace) {
        Set<String> predecessors = workspace.tenures().predecessors();
        predecessors.removeAll(knownOwners);
        return predecessors;
    }

    /** Of the days that the timetable was asked for: of others, which midnight or a clock that is set may have brought, it says nothing. */
    private Situation situation(
            Workspace workspace, Run run, List<CalendarEvent> calendar, Remembered remembered, Instant now) {
        Window window = run.window() == null ? workspace.window(now) : run.window();
        return new Situation(
                workspace.configuration().owner(),
                knownOwners,
                run.wanted(),
                run.unreadable(),
                calendar,
                remembered,
                workspace.configuration().rules(),
                window,
                run.within(window),
                now,
                run.purpose().adopt(),
                predecessors(workspace),
                workspace.configuration().events().selection());
    }
}
