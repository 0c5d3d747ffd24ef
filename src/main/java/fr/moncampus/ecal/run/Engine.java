package fr.moncampus.ecal.run;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.EveningStore;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.memory.SharedLimits;
import fr.moncampus.ecal.report.RunError;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.cli.connector.DefaultCliConnectorFactory;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Camel context in which every configuration has its own copy of every template, and beans of its own; all else is shared. */
public final class Engine implements AutoCloseable {
    /** What every template may declare as a parameter; the keys of a configuration that are not ours come on top. */
    public static final Set<String> PARAMETERS =
            Set.of("config", "schedule", "time_zone", "source", "target", "evening");

    /** Runs at once; what waits for its turn waits in the scheduler and costs nothing. */
    private static final int MAX_RUNS = 24;

    private static final String QUARTZ_THREADS = "camel.component.quartz.properties[org.quartz.threadPool.threadCount]";
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private final Main main;
    private final Memories memories;
    private final Settings settings;
    private final Services services;
    private final FirstRuns firstRuns = new FirstRuns();
    private final NamedBeans beans = new NamedBeans();
    private final Map<String, Workspace> workspaces = new ConcurrentHashMap<>();
    private final RunSteps runSteps;
    /** Null when this process has the schedule to itself. */
    private final Cluster cluster;

    private Templates templates;
    private ProducerTemplate template;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();

    /**
     * @param routes      folder of the {@code *.camel.yaml} files
     * @param data        folder of locks and default error files
     * @param memory      where the memory is
     * @param logins      that of login attempts; data folders with configurations of one account share it
     * @param scheduled   false leaves out the templates that start by themselves (timers)
     * @param knownOwners of all configurations, those that do not run here included
     * @param listener    told of every run when it is over
     */
    public record Settings(
            Path routes,
            Path data,
            MemoryPlace memory,
            MemoryPlace logins,
            boolean scheduled,
            Set<String> knownOwners,
            Duration lockPatience,
            Clock clock,
            Consumer<Run> listener) {

        /** With all of the memory in the data folder. */
        public Settings(
                Path routes,
                Path data,
                boolean scheduled,
                Set<String> knownOwners,
                Duration lockPatience,
                Clock clock,
                Consumer<Run> listener) {
            this(
                    routes,
                    data,
                    MemoryPlace.in(data),
                    MemoryPlace.in(data),
                    scheduled,
                    knownOwners,
                    lockPatience,
                    clock,
                    listener);
        }
    }

    private Engine(Settings settings) {
        this.settings = settings;
        this.memories = Memories.open(settings.memory(), settings.logins(), settings.clock());
        Database database = memories.database();
        this.main = new Main();
        this.services = new Services(database.pool() == null ? null : new SharedLimits(database), settings.clock());
        this.cluster = settings.scheduled() && database.pool() != null
                ? new Cluster(database, services.limits()::share)
                : null;
        this.runSteps = new RunSteps(settings.lockPatience(), running::add, this::over);
    }

    public static Engine start(List<Configuration> configurations, Settings settings) throws Exception {
        return start(configurations, settings, main -> {});
    }

    /** @param properties stronger than those of application.properties, such as {@code retry.delay} */
    public static Engine start(List<Configuration> configurations, Settings settings, Map<String, String> properties)
            throws Exception {
        return start(configurations, settings, main -> properties.forEach(main::addOverrideProperty));
    }

    /** @param preparation adds to Camel what a single command can do without, before it starts */
    public static Engine start(List<Configuration> configurations, Settings settings, Consumer<Main> preparation)
            throws Exception {
        Engine engine = new Engine(settings);
        try {
            engine.start(configurations, preparation);
            return engine;
        } catch (Exception e) {
            engine.close();
            throw e;
        }
    }

    private void start(List<Configuration> configurations, Consumer<Main> preparation) throws Exception {
        main.bind("cli-connector-factory", noCliConnector());
        services.bind(main, settings.clock());
        main.bind("run", runSteps);
        main.bind("sync", new SyncSteps(settings.knownOwners()));
        for (String scheme : List.of("http", "https")) {
            main.addOverrideProperty("camel.component." + scheme + ".client-connection-manager", "#bean:connections");
        }
        if (settings.scheduled()) {
            main.addOverrideProperty(QUARTZ_THREADS, String.valueOf(Math.min(configurations.size() + 1, MAX_RUNS)));
        }
        if (cluster != null) {
            cluster.prepare(main);
        }
        preparation.accept(main);
        main.bind("source-loader", RouteSources.utf8());
        main.addMainListener(new RouteSources(settings.routes().toAbsolutePath()));
        // all routes before the start: of the schedules, none fires before the others are there
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                ((DefaultRegistry) context().getRegistry()).addBeanRepository(beans);
                // which Camel would start behind the routes: each step would then keep for itself what is known of its
                // bean
                ServiceHelper.startService(context().getComponent("bean"));
                if (cluster != null) {
                    Cluster.recover(context());
                }
                add(configurations);
            }
        });
        main.start();
        template = context().createProducerTemplate();
        if (cluster != null) {
            FirstRuns.begin(context(), cluster.begin(context()));
        } else if (settings.scheduled()) {
            firstRuns.begin(context());
        }
    }

    /** Found on the class path, it would start with the context and now and then break that start; class Watch starts one later. */
    public static DefaultCliConnectorFactory noCliConnector() {
        DefaultCliConnectorFactory none = new DefaultCliConnectorFactory();
        none.setEnabled(false);
        return none;
    }

    /** One run now. @return the run, over, whatever became of it */
    public Run run(String config, Purpose purpose) {
        Exchange exchange = template.send(
                "direct:" + config + "-sync", in -> in.getMessage().setBody(purpose));
        Run run = exchange.getProperty(Run.PROPERTY, Run.class);
        if (run == null) {
            // the policy that begins a run was taken out of the routes
            LOG.error("{} : le passage n'a pas commencé", config, exchange.getException());
            run = new Run(config, "", purpose, settings.clock().instant());
            run.stoppedEarly();
            run.end(0);
            run.over();
        }
        awaitOver(run);
        return run;
    }

    /** Somebody who interrupts this thread ends its waiting, and not the exchange, if a step has handed that to another thread. */
    private void awaitOver(Run run) {
        Thread.interrupted();
        try {
            while (!run.awaitOver() && context().isStarted()) {
                LOG.debug("{} : le passage se termine", run.config());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads a calendar and forgets it. @return null when that went well */
    public RunError askCalendar(String config) {
        Workspace workspace = workspaces.get(config);
        Exchange exchange = template.send(
                "direct:" + templates.connectors().target(workspace.configuration()) + "-list", workspace::enter);
        return exchange.getException() == null
                ? null
                : Failures.explain(
                        exchange.getException(),
                        RunError.Kind.ofTarget(workspace.configuration().target()));
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    public MemoryPlace memory() {
        return settings.memory();
    }

    public Database database() {
        return memories.database();
    }

    /** HTTP requests of a configuration since the start, by the service that was asked. */
    public Map<String, LongSupplier> requests(String config) {
        Workspace workspace = workspaces.get(config);
        return workspace.ends().requests();
    }

    /** Those of all configurations together. */
    public Map<String, LongSupplier> requests() {
        Map<String, List<LongSupplier>> all = workspaces.values().stream()
                .flatMap(workspace -> workspace.ends().requests().entrySet().stream())
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        Map<String, LongSupplier> sums = new TreeMap<>();
        all.forEach((service, each) -> sums.put(
                service, () -> each.stream().mapToLong(LongSupplier::getAsLong).sum()));
        return sums;
    }

    Workspace workspace(String config) {
        return workspaces.get(config);
    }

    /** The beans of the configurations, by whatever name. */
    Collection<Object> beans() {
        return beans.all();
    }

    /** The runs in progress. */
    public Set<Run> running() {
        return Set.copyOf(running);
    }

    /** Runs in progress finish the changes in flight and leave the rest to the next run. */
    public void finishEarly() {
        if (cluster != null) {
            cluster.leave();
        }
        services.limits().finishEarly();
        running.forEach(Run::finishEarly);
    }

    @Override
    public void close() {
        finishEarly();
        firstRuns.close();
        try {
            main.stop();
        } finally {
            services.close();
            if (cluster != null) {
                cluster.close();
            }
            memories.close();
        }
    }

    /** The templates that a server asks, once each: they are of no configuration. Only when there is a server. */
    public void addServedRoutes() {
        templates.addServed();
    }

    private void add(List<Configuration> configurations) {
        templates = new Templates(context());
        for (Configuration configuration : configurations) {
            bind(configuration);
            templates.add(configuration, settings.scheduled());
        }
    }

    public static Path errorFile(Configuration configuration, Path data) {
        return configuration.errorFile() != null
                ? configuration.errorFile()
                : data.resolve("errors_" + configuration.name() + ".txt");
    }

    private void bind(Configuration configuration) {
        String name = configuration.name();
        Workspace workspace = Workspace.of(
                configuration,
                memories.database(),
                memories.logins(),
                services.limits(),
                settings.data(),
                settings.clock());
        workspaces.put(name, workspace);
        beans.bind(name + "-run", runSteps.policy(workspace));
        if (configuration.schedule().evening() != null) {
            beans.bind(
                    name + "-evening",
                    new Evening(workspace, new EveningStore(memories.database(), name, configuration.owner())));
        }
        beans.bind(name + "-written", workspace.written());
        beans.bind(
                name + "-writers",
                new FewAtOnce(services.writers(), configuration.events().concurrency()));
    }

    private void over(Run run) {
        running.remove(run);
        try {
            settings.listener().accept(run);
        } finally {
            run.over();
        }
    }
}
