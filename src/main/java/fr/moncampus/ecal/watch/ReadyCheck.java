package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.MemoryException;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/** Ready: the scheduler runs, and the memory answers. What becomes of a single configuration is {@link LateCheck}'s to say. */
final class ReadyCheck extends AbstractHealthCheck {
    private final CamelContext context;
    private final Database database;

    ReadyCheck(CamelContext context, Database database) {
        super("moncampus", "moncampus-ready");
        this.context = context;
        this.database = database;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        try {
            database.check();
            if (isScheduling()) {
                builder.up();
            } else {
                builder.message("le planificateur ne tourne pas").down();
            }
        } catch (MemoryException e) {
            builder.message(e.getMessage()).down();
        } catch (SchedulerException e) {
            builder.message("le planificateur ne répond pas").down();
        }
    }

    /** An engine without schedules has none. */
    private boolean isScheduling() throws SchedulerException {
        if (!(context.hasComponent("quartz") instanceof QuartzComponent quartz)) {
            return context.isStarted();
        }
        Scheduler scheduler = quartz.getScheduler();
        return scheduler != null && scheduler.isStarted() && !scheduler.isInStandbyMode() && !scheduler.isShutdown();
    }
}
