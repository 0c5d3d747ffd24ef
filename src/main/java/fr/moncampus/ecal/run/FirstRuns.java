package fr.moncampus.ecal.run;

import fr.moncampus.ecal.moncampus.PortalSteps;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires every schedule once when the scheduler starts: the very job that runs on the schedule later, so that the two never run at once.
 * Many configurations do not log in at the same moment: all but as many as the portal
 * gets requests at once wait for a random time.
 */
final class FirstRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private static final Duration EACH = Duration.ofMillis(20);

    /** Not a trigger of Quartz' with a start in the future: it fires up to two milliseconds early, and Camel skips what is early. */
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "first-runs");
        thread.setDaemon(true);
        return thread;
    });

    /** At once: what waits for its turn waits in the memory that is shared, where another process finds it. */
    static void begin(CamelContext context, Set<String> jobs) {
        for (Route route : context.getRoutes()) {
            if (route.getEndpoint() instanceof QuartzEndpoint quartz
                    && jobs.contains(quartz.getTriggerKey().getName())) {
                fire(quartz);
            }
        }
    }

    void begin(CamelContext context) {
        List<QuartzEndpoint> schedules = context.getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof QuartzEndpoint)
                .map(route -> (QuartzEndpoint) route.getEndpoint())
                .toList();
        for (int i = 0; i < schedules.size(); i++) {
            QuartzEndpoint quartz = schedules.get(i);
            timer.schedule(
                    () -> fire(quartz),
                    delayMillis(i, context.getRoutesSize(), ThreadLocalRandom.current()),
                    TimeUnit.MILLISECONDS);
        }
        // the thread ends with the last of them
        timer.shutdown();
    }

    /** @param number of the schedule, from 0 on */
    static long delayMillis(int number, int routes, RandomGenerator random) {
        return number < PortalSteps.MAX_AT_ONCE ? 0 : random.nextLong(EACH.toMillis() * routes);
    }

    private static void fire(QuartzEndpoint quartz) {
        Scheduler scheduler = quartz.getComponent().getScheduler();
        try {
            Trigger trigger = scheduler.getTrigger(quartz.getTriggerKey());
            // null when nothing is scheduled any more
            if (trigger != null) {
                scheduler.triggerJob(trigger.getJobKey());
            }
        } catch (SchedulerException e) {
            LOG.error("la première synchronisation n'a pas pu être lancée : {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
