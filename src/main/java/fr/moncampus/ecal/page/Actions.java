package fr.moncampus.ecal.page;

import fr.moncampus.ecal.report.PlanText;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs that somebody asked the page for: one of a configuration at a time, few at once, beside the scheduler's. */
final class Actions implements AutoCloseable {
    /** Others wait for their turn: a school of impatient people does not keep the scheduler's runs from MonCampus. */
    private static final int MAX_AT_ONCE = 2;
    /** Results that are remembered; those of older actions are in the history. */
    static final int MAX_RESULTS = 100;

    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");

    /** What was asked for. */
    enum Kind {
        PREVIEW,
        SYNC,
        APPROVE
    }

    /**
     * How it ended.
     *
     * @param run    its id in the history and the journal
     * @param plan   what a preview would do, in one line; null when there was no plan
     * @param result null when the run could not even begin
     */
    record Outcome(Kind kind, String run, RunResult result, String plan) {}

    private final BiFunction<String, Purpose, Run> engine;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            MAX_AT_ONCE, MAX_AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Actions::thread);
    private final Map<String, Kind> asked = new LinkedHashMap<>();
    private final Map<String, Outcome> results = new LinkedHashMap<>();

    Actions(BiFunction<String, Purpose, Run> engine) {
        this.engine = engine;
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "page");
        thread.setDaemon(true);
        return thread;
    }

    /** @return false when an action of this configuration is under way already: that one goes on */
    synchronized boolean start(String config, Kind kind, Purpose purpose) {
        if (asked.putIfAbsent(config, kind) != null) {
            return false;
        }
        results.remove(config);
        threads.execute(() -> carryOut(config, kind, purpose));
        return true;
    }

    private void carryOut(String config, Kind kind, Purpose purpose) {
        Outcome outcome = new Outcome(kind, "", null, null);
        try {
            Run run = engine.apply(config, purpose);
            outcome =
                    new Outcome(kind, run.id(), run.result(), run.plan() == null ? null : PlanText.counts(run.plan()));
        } catch (RuntimeException e) {
            LOG.error("{} : l'action demandée par la page a échoué", config, e);
        } finally {
            ended(config, outcome);
        }
    }

    private synchronized void ended(String config, Outcome outcome) {
        asked.remove(config);
        results.put(config, outcome);
        if (results.size() > MAX_RESULTS) {
            results.remove(results.keySet().iterator().next());
        }
    }

    /** What is under way or waits for its turn; null for nothing. */
    synchronized Kind underWay(String config) {
        return asked.get(config);
    }

    /** Of the last action; null when there was none. */
    synchronized Outcome outcome(String config) {
        return results.get(config);
    }

    /** What waits for its turn does not begin; a run under way is the engine's to end. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
