package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.door.Port;
import fr.moncampus.ecal.door.ServerThreads;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Run;
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
import org.apache.camel.cli.connector.DefaultCliConnectorFactory;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.CliConnector;
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
    /** Camel manages some thirty beans a configuration (of 12 KB), most of them producers, even without those of the steps. */
    private static final int MAX_WITH_MANAGED_ROUTES = 50;
    /** Milliseconds between two looks of the {@code camel} command line's connector, which writes a file each time. */
    private static final int CLI_DELAY = 5000;

    private static final String DOMAIN = "moncampus-ecal";

    private final List<Configuration> configurations;
    private final Management management;
    private final Clock clock;
    private final Database database;
    private final Map<String, StatusReader> readers;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, Metrics> metrics;
    private ManagementServer server;

    public Watch(List<Configuration> configurations, Path data, Management management, Clock clock) {
        this.configurations = configurations;
        this.management = reachable(management);
        this.clock = clock;
        this.database = Database.open(data);
        this.readers = new LinkedHashMap<>();
        configurations.forEach(configuration ->
                readers.put(configuration.name(), new StatusReader(configuration, data, database, clock)));
        this.metrics = configurations.stream()
                .collect(Collectors.toMap(
                        Configuration::name, configuration -> new Metrics(configuration.name(), registry)));
        metrics.values().forEach(each -> each.read(database, clock));
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
        boolean routes = configurations.size() <= MAX_WITH_MANAGED_ROUTES;
        // what application.properties leaves off, for commands that end by themselves
        main.addOverrideProperty("camel.health.enabled", "true");
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
        configurations.forEach(configuration -> health.register(new ReadyCheck(configuration, database, clock)));
        DevConsoleRegistry consoles = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        consoles.register(new StatusConsole(List.copyOf(readers.values()), clock));
    }

    /** Camel has started: only now the server, so that the first sync does not wait for it. */
    public void begin(Engine engine) throws Exception {
        if (management.port() != null) {
            ServerThreads.prepare(engine.context());
            server = new ManagementServer(management, registry);
            engine.context().addService(server);
        }
        if (management.commandLine()) {
            connectCommandLine(engine.context());
        }
        metrics.values().forEach(each -> each.count(engine));
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

    /** Only now: its thread makes consoles as it needs them, which while the context starts would now and then break that start. */
    private static void connectCommandLine(CamelContext context) throws Exception {
        loadConsoles(context);
        DefaultCliConnectorFactory factory = new DefaultCliConnectorFactory();
        factory.setRuntime("Main");
        factory.setRuntimeVersion(context.getVersion());
        CliConnector connector = factory.createConnector();
        context.addService(connector);
        connector.updateDelay(CLI_DELAY);
    }

    /** Finding them takes a quarter of Camel's start time, so it is done on the first request. */
    static synchronized void loadConsoles(CamelContext context) {
        context.setDevConsole(true);
        context.getCamelContextExtension()
                .getContextPlugin(DevConsoleRegistry.class)
                .loadDevConsoles();
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
            metrics.get(run.result().config()).count(run);
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
