package fr.moncampus.ecal.run;

import fr.moncampus.ecal.report.EventText;
import fr.moncampus.ecal.time.Jump;
import fr.moncampus.ecal.time.WatchedClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the clock in the background, and makes Quartz compute its triggers again when the clock was changed: a
 * trigger keeps its next fire time, which may be years away if the clock was ahead.
 */
public final class ClockWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private static final long SECONDS = 15;
    private final WatchedClock clock;
    private final Runnable unsubscribe;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "clock-watch");
        thread.setDaemon(true);
        return thread;
    });
    /** Null until Camel has started. */
    private CamelContext context;

    private boolean isDue;

    /** From now on no jump is missed, even one while Camel starts. */
    public ClockWatch(Clock clock) {
        this.clock = WatchedClock.of(clock);
        this.unsubscribe = this.clock.onJump(this::jumped);
    }

    public void begin(CamelContext started) {
        Instant now = clock.instant();
        synchronized (this) {
            context = started;
            if (isDue) {
                reschedule(now);
            }
        }
        timer.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    void look() {
        try {
            clock.instant();
        } catch (RuntimeException e) {
            LOG.warn(
                    "l'horloge a changé, et la mémoire n'a pas pu suivre ; nouvel essai dans {} s : {}",
                    SECONDS,
                    e.getMessage());
        }
    }

    private synchronized void jumped(Jump jump) {
        Duration by = jump.by();
        LOG.warn(
                "l'horloge de la machine a été {} de {} : l'horaire est recalculé",
                by.isNegative() ? "reculée" : "avancée",
                EventText.length(by.abs()));
        isDue = true;
        if (context != null) {
            reschedule(jump.now());
        }
    }

    private void reschedule(Instant now) {
        QuartzComponent quartz = (QuartzComponent) context.hasComponent("quartz");
        if (quartz == null || quartz.getScheduler() == null) {
            return;
        }
        try {
            Scheduler scheduler = quartz.getScheduler();
            for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
                Trigger trigger = scheduler.getTrigger(key);
                if (trigger != null) {
                    scheduler.rescheduleJob(
                            key,
                            trigger.getTriggerBuilder().startAt(Date.from(now)).build());
                }
            }
            isDue = false;
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        unsubscribe.run();
        timer.shutdownNow();
    }
}
