package fr.moncampus.ecal.run;

import java.time.Duration;
import java.util.Date;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;

/**
 * Fires every schedule once when the scheduler starts: by the job that runs on the schedule later, so that the two never run at once.
 * Many configurations do not log in at the same moment: all but the first few wait for a time of chance.
 */
final class FirstRuns {
    /** As many as the portal sees at once. */
    private static final int AT_ONCE = 8;

    private static final Duration EACH = Duration.ofMillis(20);

    private FirstRuns() {}

    static void begin(CamelContext context) throws SchedulerException {
        int number = 0;
        int routes = context.getRoutesSize();
        for (Route route : context.getRoutes()) {
            Endpoint endpoint = route.getEndpoint();
            if (endpoint instanceof QuartzEndpoint quartz && fire(quartz, number < AT_ONCE ? 0 : delay(routes))) {
                number++;
            }
        }
    }

    private static long delay(int routes) {
        return ThreadLocalRandom.current().nextLong(EACH.toMillis() * routes);
    }

    /** @return false when nothing is scheduled there: the schedule is over */
    private static boolean fire(QuartzEndpoint quartz, long delay) throws SchedulerException {
        Scheduler scheduler = quartz.getComponent().getScheduler();
        Trigger trigger = scheduler.getTrigger(quartz.getTriggerKey());
        if (trigger == null) {
            return false;
        }
        if (delay == 0) {
            scheduler.triggerJob(trigger.getJobKey());
        } else {
            scheduler.scheduleJob(TriggerBuilder.newTrigger()
                    .forJob(trigger.getJobKey())
                    .startAt(new Date(System.currentTimeMillis() + delay))
                    .build());
        }
        return true;
    }
}
