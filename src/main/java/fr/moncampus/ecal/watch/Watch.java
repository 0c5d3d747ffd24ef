package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.door.Port;
import fr.moncampus.ecal.door.ServerThreads;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Run;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lets people and machines watch the scheduler: JMX, health, metrics, Camel's console and its command line.
 * It looks into the data folder through a connection of its own, so that a slow reader never delays a run.
 */
public final class Watch implements Consumer<Run>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private static final String JMX = "camel.main.jmx-enabled";
    private static final String JMX_LEVEL = "camel.main.jmx-management-m-beans-level";
    /**
     * Beyond that, what there is of each configuration is only what tells of its calendar: Camel manages some thirty beans a configuration
     * (of 12 KB), most of them producers, even without those of the steps.
     */
    private static final int MAX_IN_DETAIL = 50;

    private static final String DOMAIN = "moncampus-ecal";

    private final List<Configuration> configurations;
    private final Management management;
    private final Clock clock;
    private final Database database;
    private final Map<String, StatusReader> readers;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, Metrics> metrics;
    private final LastRuns runs;
    private final MultiGauge late;
    private final boolean alone;
    private ManagementServer server;

    public Watch(List<Configuration> configurations, Path data, Management management, Clock clock) {
        this(configurations, data, MemoryPlace.in(data), management, clock);
    }

    /** @param data folder of the error files */
    public Watch(
            List<Configuration> configurations, Path data, MemoryPlace memory, Management management, Clock clock) {
        this.configurations = configurations;
        this.management = reachable(management);
        this.clock = clock;
        this.database = Database.open(memory);
        this.readers = new LinkedHashMap<>();
        configurations.forEach(configuration ->
                readers.put(configuration.name(), new StatusReader(configuration, data, database, clock)));
        this.metrics = configurations.stream()
                .collect(Collectors.toMap(
                        Configuration::name,
                        configuration -> new Metrics(configuration.name(), registry, isDetailed())));
        this.runs = new LastRuns(configurations, database, clock);
        metrics.values().forEach(each -> each.read(runs));
        Gauge.builder("moncampus.late.configurations", runs, of -> of.late().size())
                .description("Configurations that have missed two scheduled runs in a row")
                .register(registry);
        this.late = MultiGauge.builder("moncampus.late")
                .description("1 for each of those")
                .register(registry);
        this.alone = !memory.isShared();
    }

    /** A timetable in step matters more than being watched: where nothing can be served the scheduler goes on, and says so. */
    private static Management reachable(Management wanted) {
        if (wanted.port() == null) {
            return wanted;
        }
        try {
            Port.tryOut(wanted.host(), wanted.port());
            return wanted;
        } catch (IOException e) {
            LOG.warn(wanted.cannotServe(e));
            return wanted.withoutPort();
        }
    }

    /** Before Camel starts. */
    public void prepare(Main main) {
        boolean routes = isDetailed();
        // what application.properties leaves off, for commands that end by themselves
        main.addOverrideProperty("camel.health.enabled", "true");
        // a check for each route: a route that cannot start ends the start
        main.addOverrideProperty("camel.health.consumers-enabled", "false");
        main.addOverrideProperty("camel.health.routes-enabled", "false");
        main.addOverrideProperty(JMX, String.valueOf(hasJmx()));
        main.addOverrideProperty(JMX_LEVEL, System.getProperty(JMX_LEVEL, routes ? "RoutesOnly" : "ContextOnly"));
        if (management.port() != null) {
            main.addOverrideProperty("camel.metrics.enabled", "true");
            // a series for each endpoint of each route adds nothing to ours
            main.addOverrideProperty("camel.metrics.enable-exchange-event-notifier", "false");
            main.addOverrideProperty("camel.metrics.enable-route-policy", String.valueOf(routes));
            main.bind(MicrometerConstants.METRICS_REGISTRY_NAME, registry);
        }
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                add(configured.getCamelContext());
            }
        });
    }

    /** A container that nobody can reach by JMX is started without (docker/java.options). */
    private static boolean hasJmx() {
        return !"false".equals(System.getProperty(JMX));
    }

    private void add(CamelContext context) {
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        health.register(new ReadyCheck(context, database));
        health.register(new LateCheck(runs, alone));
        DevConsoleRegistry consoles = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        consoles.register(new StatusConsole(List.copyOf(readers.values()), clock));
    }

    /** Camel has started: only now the server, so that the first sync does not wait for it. */
    public void begin(Engine engine) throws Exception {
        if (management.port() != null) {
            ServerThreads.prepare(engine.context());
            server = new ManagementServer(management, this::measured);
            engine.context().addService(server);
        }
        if (management.commandLine() && configurations.size() <= Consoles.MAX_WITH_COMMAND_LINE) {
            Consoles.connectCommandLine(engine.context());
        }
        countRequests(engine);
        if (hasJmx()) {
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            for (Map.Entry<String, StatusReader> each : readers.entrySet()) {
                String config = each.getKey();
                unregister(beans, name(config));
                beans.registerMBean(
                        new ConfigurationBean(each.getValue(), purpose -> engine.run(config, purpose)), name(config));
            }
        }
    }

    private void countRequests(Engine engine) {
        if (isDetailed()) {
            metrics.forEach((config, each) -> each.count(engine.requests(config)));
        } else {
            metrics.values().stream().findFirst().ifPresent(each -> each.count(engine.requests()));
        }
    }

    private boolean isDetailed() {
        return configurations.size() <= MAX_IN_DETAIL;
    }

    /** What the metrics' page says. Only those that are late have a series: so many lines are read by nobody. */
    private String measured() {
        try {
            runs.look();
        } catch (MemoryException e) {
            LOG.warn("les derniers passages n'ont pas pu être lus : {}", e.getMessage());
        }
        late.register(
                runs.late().stream()
                        .map(config -> MultiGauge.Row.of(Tags.of("config", config), 1))
                        .toList(),
                true);
        return registry.scrape();
    }

    /** @return the port in use; null when there is no server */
    public Integer port() {
        return server == null
                ? null
                : server.getCamelContext()
                        .hasService(VertxPlatformHttpServer.class)
                        .getPort();
    }

    @Override
    public void accept(Run run) {
        if (!run.purpose().dryRun()) {
            keepUp();
            metrics.get(run.result().config()).count(run);
        }
    }

    /** So that nobody finds many to be read at once. */
    private void keepUp() {
        try {
            runs.look();
        } catch (MemoryException e) {
            LOG.debug("who asks next reads them", e);
        }
    }

    /** After Camel has ended. */
    @Override
    public void close() throws JMException {
        if (hasJmx()) {
            for (String config : readers.keySet()) {
                unregister(ManagementFactory.getPlatformMBeanServer(), name(config));
            }
        }
        database.close();
    }

    private static ObjectName name(String config) throws JMException {
        return new ObjectName(DOMAIN + ":type=Configuration,name=" + ObjectName.quote(config));
    }

    private static void unregister(MBeanServer beans, ObjectName name) throws JMException {
        if (beans.isRegistered(name)) {
            beans.unregisterMBean(name);
        }
    }
}
