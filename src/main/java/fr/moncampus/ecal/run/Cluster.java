package fr.moncampus.ecal.run;

import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.memory.Nodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.main.Main;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of several processes with one schedule: Quartz' clustered job store in the memory that they share. What Quartz and Camel leave open is
 * here: each process takes only jobs that it knows, a killed run is taken over, time zones that changed are applied, and jobs that nobody
 * knows any more are deleted.
 */
final class Cluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private static final String QUARTZ = "camel.component.quartz.properties[org.quartz.%s]";
    private static final int CHECK_IN_MILLIS = 5000;
    private static final int TIDY_SECONDS = 30;

    private final String id = UUID.randomUUID().toString();
    private final DataSource pool;
    private final Nodes nodes;
    private final IntConsumer processes;
    private final Map<JobKey, QuartzEndpoint> jobs = new HashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "cluster");
        thread.setDaemon(true);
        return thread;
    });
    private Scheduler scheduler;

    /** @param processes told how many there are */
    Cluster(Database database, IntConsumer processes) {
        this.processes = processes;
        this.pool = database.pool();
        this.nodes = new Nodes(database, id);
    }

    /** Before Camel starts. */
    void prepare(Main main) {
        nodes.announce();
        DBConnectionManager.getInstance().addConnectionProvider(id, new Pool(pool));
        Map.of(
                        "scheduler.instanceName",
                        "moncampus-ecal",
                        "scheduler.instanceId",
                        id,
                        "jobStore.class",
                        JobStoreTX.class.getName(),
                        "jobStore.driverDelegateClass",
                        KnownJobsDelegate.class.getName(),
                        "jobStore.dataSource",
                        id,
                        "jobStore.isClustered",
                        "true",
                        "jobStore.clusterCheckinInterval",
                        String.valueOf(CHECK_IN_MILLIS),
                        "jobStore.misfireThreshold",
                        "60000")
                .forEach((name, value) -> main.addOverrideProperty(QUARTZ.formatted(name), value));
    }

    /** Before routes are added. */
    static void recover(CamelContext context) {
        context.getCamelContextExtension().registerEndpointCallback((address, endpoint) -> {
            if (endpoint instanceof QuartzEndpoint quartz) {
                quartz.setRecoverableJob(true);
            }
            return endpoint;
        });
    }

    /** Camel has started; from now on this process takes its share. @return the jobs that no other process knew */
    Set<String> begin(CamelContext context) throws SchedulerException {
        for (Route route : context.getRoutes()) {
            if (route.getEndpoint() instanceof QuartzEndpoint quartz) {
                scheduler = quartz.getComponent().getScheduler();
                jobs.put(
                        new JobKey(
                                quartz.getTriggerKey().getName(),
                                quartz.getTriggerKey().getGroup()),
                        quartz);
            }
        }
        if (scheduler == null) {
            return Set.of();
        }
        for (QuartzEndpoint each : jobs.values()) {
            applyTimeZone(each);
        }
        Set<String> first = nodes.join(names());
        tidy();
        KnownJobsDelegate.know(id, names());
        timer.scheduleWithFixedDelay(this::tidy, TIDY_SECONDS, TIDY_SECONDS, TimeUnit.SECONDS);
        return first;
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        jobs.keySet().forEach(job -> names.add(job.getName()));
        return names;
    }

    /** Camel compares nothing but the cron expression with the trigger that it finds. */
    private void applyTimeZone(QuartzEndpoint endpoint) throws SchedulerException {
        Object wanted = endpoint.getTriggerParameters() == null
                ? null
                : endpoint.getTriggerParameters().get("timeZone");
        if (wanted != null && scheduler.getTrigger(endpoint.getTriggerKey()) instanceof CronTrigger stored) {
            TimeZone zone = TimeZone.getTimeZone(wanted.toString());
            if (!Objects.equals(zone.getID(), stored.getTimeZone().getID())) {
                scheduler.rescheduleJob(
                        stored.getKey(),
                        stored.getTriggerBuilder()
                                .withSchedule(CronScheduleBuilder.cronSchedule(stored.getCronExpression())
                                        .inTimeZone(zone))
                                .startNow()
                                .build());
            }
        }
    }

    /** Of configurations that were removed. */
    private void tidy() {
        try {
            Map<String, JobKey> stored = new HashMap<>();
            scheduler.getJobKeys(GroupMatcher.anyJobGroup()).forEach(job -> stored.put(job.getName(), job));
            for (String job : nodes.unknown(stored.keySet(), names())) {
                scheduler.deleteJob(stored.get(job));
                LOG.info("{} : plus aucun nœud ne connaît cette configuration, son horaire est retiré", job);
            }
            processes.accept(nodes.count());
        } catch (SchedulerException | MemoryException e) {
            LOG.warn("les horaires des configurations retirées n'ont pas pu être cherchés : {}", e.getMessage());
        }
    }

    /** Before Camel ends: what this process took from now on would be swallowed by a context that stops, and be lost to the others. */
    void leave() {
        KnownJobsDelegate.forget(id);
    }

    /** After Camel has ended. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            nodes.close();
        } catch (MemoryException e) {
            LOG.debug("what the database does not hear, it sees by the lock that is gone", e);
        }
    }

    /** The memory's pool, as Quartz wants it; closed by its owner. */
    private record Pool(DataSource pool) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return pool.getConnection();
        }

        @Override
        public void shutdown() {
            // not Quartz' own
        }

        @Override
        public void initialize() {
            // it is
        }
    }
}
