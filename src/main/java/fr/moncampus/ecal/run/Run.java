package fr.moncampus.ecal.run;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.http.Transport;
import fr.moncampus.ecal.memory.HeldLock;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Wanted;
import fr.moncampus.ecal.timetable.Timetable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One run of one configuration: what it has found and done so far. Writers on several threads report to it. */
public final class Run {
    /** The exchange property that holds it. */
    public static final String PROPERTY = "run";

    private final String config;
    private final String id;
    private final Purpose purpose;
    private final Instant started;
    private final RunError.Kind target;
    private final long startedNanos = System.nanoTime();
    private final CarriedOut changes = new CarriedOut();
    private final FailureStreak streak = new FailureStreak();
    private final Set<String> failures = Collections.synchronizedSet(new HashSet<>());
    private Window window;
    private List<Wanted> wanted = List.of();
    private List<Timetable.Unreadable> unreadable = List.of();
    /** Null when it is all that was asked for. */
    private Timetable.Days covered;

    private String kind;

    /** Null until it was read. */
    private List<CalendarEvent> calendar;

    private volatile Plan plan;
    private int unconfirmed;
    private int failed;
    private boolean anythingSent;
    private boolean reachedTarget;
    private boolean carriedOut;
    private volatile boolean stopping;
    /** Who reads, and may be interrupted; null while changes are carried out. */
    private Thread reader;

    /** Null while it is not held. Writers look at it as well. */
    private volatile HeldLock lock;

    private long requestsBefore;
    private boolean loginRefused;
    private RunError error;
    private volatile RunResult result;
    private final CountDownLatch over = new CountDownLatch(1);

    /** Into ECAL. */
    public Run(String config, String id, Purpose purpose, Instant started) {
        this(config, id, purpose, started, RunError.Kind.ECAL);
    }

    /** @param target what an error is called that comes from where the events go */
    public Run(String config, String id, Purpose purpose, Instant started, RunError.Kind target) {
        this.target = target;
        this.config = config;
        this.id = id;
        this.purpose = purpose;
        this.started = started;
    }

    /** The configuration's name. */
    public String config() {
        return config;
    }

    public String id() {
        return id;
    }

    public Purpose purpose() {
        return purpose;
    }

    public Instant started() {
        return started;
    }

    public long millis() {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }

    public List<Wanted> wanted() {
        return wanted;
    }

    public List<Timetable.Unreadable> unreadable() {
        return unreadable;
    }

    /** The days that the timetable was asked for, whatever the clock says since. Null until then. */
    public Window window() {
        return window;
    }

    void asking(Window days) {
        window = days;
    }

    void found(List<Wanted> events, Timetable timetable) {
        List<Timetable.Unreadable> rows = timetable.unreadable();
        wanted = events;
        unreadable = rows;
        covered = timetable.covered();
        kind = timetable.kind();
        reachedTarget = true;
        failed += rows.size();
    }

    /** What the source has found, in French; null when it has not said. */
    public String kind() {
        return kind;
    }

    /** The days that the timetable speaks of; null when these are all that were asked for. */
    public Timetable.Days covered() {
        return covered;
    }

    /** Of the configuration's days those that the timetable speaks of: what lies outside is not missing. */
    Window within(Window days) {
        if (covered == null) {
            return days;
        }
        LocalDate first = covered.first().isAfter(days.first()) ? covered.first() : days.first();
        LocalDate last = covered.last().isBefore(days.last()) ? covered.last() : days.last();
        return new Window(first, last);
    }

    /** The calendar as it was last read. Null until then. */
    List<CalendarEvent> calendar() {
        return calendar;
    }

    void listed(List<CalendarEvent> events) {
        calendar = events;
    }

    /** Null until the plan was made. */
    public Plan plan() {
        return plan;
    }

    void planned(Plan newPlan) {
        plan = newPlan;
        unconfirmed = newPlan.unconfirmed();
    }

    /** How many changes the plan has; 0 until it was made. */
    public int planned() {
        Plan made = plan;
        return made == null || purpose.dryRun()
                ? 0
                : made.creates().size() + made.updates().size() + made.deletes().size();
    }

    /** How many changes had their turn, whatever became of them. */
    public synchronized int handled() {
        return changes.size() + failed - unreadable.size();
    }

    /** False once the rest of the changes is left to the next run. */
    public synchronized boolean isGoingOn() {
        return !streak.isFatal() && !stopping;
    }

    /** The process is asked to end: reading is broken off, the changes in flight are finished, no other begins. */
    public synchronized void finishEarly() {
        stopping = true;
        if (reader != null) {
            Transport.interrupt(reader);
        }
    }

    /** @param requests how many were sent so far: what others ask while this run waits for its turn is not its own */
    void countFrom(long requests) {
        requestsBefore = requests;
    }

    long requestsBefore() {
        return requestsBefore;
    }

    void locked(HeldLock taken) {
        lock = taken;
    }

    /** @throws MemoryException when another run of the configuration may have begun; a run that has no lock needs none */
    void checkLock() {
        HeldLock held = lock;
        if (held != null) {
            held.check();
        }
    }

    /** Gives the lock back; without it, nothing happens. */
    void unlock() {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    /** From now on it is not to be interrupted: changes are carried out, or the run is being closed. */
    synchronized void finishing() {
        reader = null;
        Thread.interrupted();
    }

    /** Nothing is under way any more that must be finished. */
    synchronized void reading() {
        reader = Thread.currentThread();
    }

    /** True when it was reading as the process was asked to end. */
    synchronized boolean isBrokenOff() {
        return stopping && reader != null;
    }

    /** True when something was sent, so that the calendar has to be looked at again. */
    public synchronized boolean isAnythingSent() {
        return anythingSent;
    }

    synchronized void sending() {
        anythingSent = true;
    }

    synchronized void written(Write write) {
        changes.add(write);
        streak.ended();
    }

    /** @param cause why a change could not be carried out; many in a row end the run if the next ones would fail as well */
    synchronized void failed(String subject, Throwable cause) {
        failures.add(subject);
        failed++;
        streak.grows(cause, target);
    }

    /** Ends the run when the changes were given up. */
    synchronized void stopIfFatal() throws CalendarException {
        streak.throwIfFatal();
    }

    void verified(int notYetAsWanted) {
        unconfirmed = notYetAsWanted;
    }

    /** Every change of the plan has had its turn. */
    void carriedOut() {
        carriedOut = true;
    }

    /**
     * A run that ended early without a reported reason must not count as a success: a step of the user's own ended it,
     * or the error handling failed.
     */
    void stoppedEarly() {
        boolean whole = purpose.dryRun() ? plan != null : carriedOut;
        if (!whole && error == null) {
            error = RunError.STOPPED_EARLY;
        }
    }

    void broken(RunError newError) {
        error = newError;
    }

    void loginRefused() {
        loginRefused = true;
    }

    /** True when the school's portal said no to this person, in this very run. */
    public boolean isLoginRefused() {
        return loginRefused;
    }

    /** What failed in this run, by subject. */
    Set<String> failures() {
        return failures;
    }

    void failure(String subject) {
        failures.add(subject);
    }

    /** What was carried out, in no order. */
    public List<Write> done() {
        return changes.all();
    }

    /** For routes: how many events were created, changed or removed. */
    public int getChanges() {
        return (int) changes.confirmed().count();
    }

    /** For routes: the run in one line, as the log has it; empty until it is over. */
    public String getSummary() {
        return result == null
                ? ""
                : result.config() + " : "
                        + (result.error() == null
                                ? result.summary()
                                : "échec — " + result.error().message());
    }

    /** What was carried out, in the order of the events. */
    public List<String> changeLines() {
        return changes.lines();
    }

    /** For routes: a line a change, in the order of the events, cut to what fits a message; empty when nothing changed. */
    public String getChangeList() {
        return changes.text();
    }

    /** Null until the run is over. */
    public RunResult result() {
        return result;
    }

    void over() {
        over.countDown();
    }

    /** @return false when the run still goes on after a second */
    boolean awaitOver() throws InterruptedException {
        return over.await(1, TimeUnit.SECONDS);
    }

    RunResult end(long requests) {
        if (error == null && stopping && changes.size() + failed < planned()) {
            error = RunError.INTERRUPTED;
        }
        int waiting = plan == null ? 0 : plan.waiting().size();
        int held = plan == null ? 0 : plan.held().size();
        int unchanged = plan == null ? 0 : plan.unchanged();
        result = new RunResult(
                config,
                changes.count(Write.Outcome.CREATED),
                changes.count(Write.Outcome.UPDATED),
                changes.count(Write.Outcome.DELETED),
                unchanged,
                waiting,
                held,
                failed,
                unconfirmed,
                requests,
                millis(),
                error);
        return result;
    }

    /** True once the timetable was read: what fails from then on is the target's. */
    boolean reachedTarget() {
        return reachedTarget;
    }

    boolean isBroken() {
        return error != null;
    }

    /** True when every change of the plan had its turn. */
    boolean isComplete() {
        return error == null && isGoingOn();
    }
}
