package fr.moncampus.ecal.run;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.ecal.EcalClient;
import fr.moncampus.ecal.ecal.EcalSteps;
import fr.moncampus.ecal.http.Transport;
import fr.moncampus.ecal.memory.ClockShift;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.memory.Journal;
import fr.moncampus.ecal.memory.LoginStore;
import fr.moncampus.ecal.memory.PlanMemory;
import fr.moncampus.ecal.memory.WrittenRepository;
import fr.moncampus.ecal.moncampus.Portal;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.time.WatchedClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.cli.connector.DefaultCliConnectorFactory;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.spi.Registry;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Camel context in which every configuration has its own copy of every template, and beans of its own. */
public final class Engine implements AutoCloseable {
    /** What every template may declare as a parameter; the keys of a configuration that are not ours come on top. */
    public static final Set<String> PARAMETERS = Set.of(
            "config",
            "schedule",
            "time_zone",
            "moncampus_url",
            "moncampus_cas_url",
            "moncampus_cas_origin",
            "ecal_url",
            "error_folder",
            "error_file");

    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private final Main main;
    private final Database database;
    private final Settings settings;
    private final Runnable unwatchClock;
    private ProducerTemplate template;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();

    /**
     * @param routes      folder of the {@code *.camel.yaml} files
     * @param data        folder of memory, locks and default error files
     * @param scheduled   false leaves out the templates that start by themselves (timers)
     * @param knownOwners of all configurations, those that do not run here included
     * @param listener    told of every run when it is over
     */
    public record Settings(
            Path routes,
            Path data,
            boolean scheduled,
            Set<String> knownOwners,
            Duration lockPatience,
            Clock clock,
            Consumer<Run> listener) {}

    private Engine(Settings settings) {
        this.settings = settings;
        this.database = Database.open(settings.data());
        this.unwatchClock = WatchedClock.of(settings.clock()).onJump(new ClockShift(database));
        this.main = new Main();
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
            engine.main.bind("cli-connector-factory", noCliConnector());
            preparation.accept(engine.main);
            engine.main.bind("source-loader", RouteSources.utf8());
            engine.main.addMainListener(new RouteSources(settings.routes().toAbsolutePath()));
            engine.main.start();
            engine.template = engine.context().createProducerTemplate();
            for (Configuration configuration : configurations) {
                engine.add(configuration);
            }
            return engine;
        } catch (Exception e) {
            engine.close();
            throw e;
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
        Exchange exchange = template.send("direct:" + config + "-ecal-list", in -> {});
        return exchange.getException() == null ? null : Failures.explain(exchange.getException(), RunError.Kind.ECAL);
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    public Database database() {
        return database;
    }

    /** HTTP requests of a configuration since the start, by the service that was asked. */
    public Map<String, LongSupplier> requests(String config) {
        Registry registry = context().getRegistry();
        return Map.of(
                "moncampus",
                registry.lookupByNameAndType(config + "-portal", Portal.class)::requests,
                "ecal",
                registry.lookupByNameAndType(config + "-ecal-transport", Transport.class)::requests);
    }

    /** The runs in progress. */
    public Set<Run> running() {
        return Set.copyOf(running);
    }

    /** Runs in progress finish the changes in flight and leave the rest to the next run. */
    public void leave() {
        running.forEach(Run::leave);
    }

    @Override
    public void close() {
        leave();
        try {
            main.stop();
        } finally {
            unwatchClock.run();
            database.close();
        }
    }

    private void add(Configuration configuration) throws Exception {
        bind(configuration);
        ModelCamelContext context = (ModelCamelContext) main.getCamelContext();
        Map<String, String> parameters = parameters(configuration);
        List<RouteTemplateDefinition> templates = context.getRouteTemplateDefinitions().stream()
                .filter(template -> settings.scheduled() || !startsByItself(template))
                .sorted(Comparator.comparing(Engine::startsByItself))
                .toList();
        for (RouteTemplateDefinition template : templates) {
            Set<String> declared = template.getTemplateParameters().stream()
                    .map(RouteTemplateParameterDefinition::getName)
                    .collect(Collectors.toSet());
            // without a prefix of ours, steps that have no id of their own would be called after the order of the files
            TemplatedRouteBuilder builder = TemplatedRouteBuilder.builder(context, template.getId())
                    .routeId(configuration.name() + "-" + template.getId())
                    .prefixId(configuration.name() + ".");
            parameters.forEach((name, value) -> {
                if (declared.contains(name)) {
                    builder.parameter(name, value);
                }
            });
            builder.add();
        }
    }

    /** What starts at a {@code direct:} endpoint waits to be called; everything else runs on its own. */
    private static boolean startsByItself(RouteTemplateDefinition template) {
        return !template.getRoute().getInput().getEndpointUri().startsWith("direct:");
    }

    /** The parameters that every template may declare; keys of a configuration that are not ours are added. Nothing secret is among them. */
    private Map<String, String> parameters(Configuration configuration) {
        Path errors = errorFile(configuration, settings.data()).toAbsolutePath().normalize();
        Map<String, String> parameters = new HashMap<>(configuration.parameters());
        parameters.put("config", configuration.name());
        parameters.put("schedule", configuration.schedule().strip().replaceAll("\\s+", "+"));
        parameters.put("time_zone", configuration.timeZone().getId());
        parameters.put("moncampus_url", configuration.timetable().toString());
        parameters.put("moncampus_cas_url", configuration.cas().toString());
        parameters.put(
                "moncampus_cas_origin",
                configuration.cas().resolve("/").toString().replaceFirst("/$", ""));
        parameters.put("ecal_url", configuration.ecal().toString());
        parameters.put("error_folder", errors.getParent().toString());
        parameters.put("error_file", errors.getFileName().toString());
        return parameters;
    }

    public static Path errorFile(Configuration configuration, Path data) {
        return configuration.errorFile() != null
                ? configuration.errorFile()
                : data.resolve("errors_" + configuration.name() + ".txt");
    }

    private void bind(Configuration configuration) {
        String name = configuration.name();
        Clock clock = settings.clock();
        Duration settle = configuration.rules().settle();
        History history = new History(database, name);
        Journal journal = new Journal(database, name, clock);
        WrittenRepository written = new WrittenRepository(database, configuration.owner(), settle, journal, clock);
        EcalClient ecal = new EcalClient(configuration);
        Registry registry = context().getRegistry();
        Portal portal = Portal.bind(registry, configuration, new LoginStore(database), clock);
        Transport transport = new Transport();
        SyncSteps steps = new SyncSteps(
                configuration,
                settings.knownOwners(),
                new PlanMemory(database, configuration.owner(), settle),
                written,
                history,
                journal,
                () -> portal.requests() + transport.requests(),
                settings.data().resolve(name + ".lock"),
                settings.lockPatience(),
                clock,
                running::add,
                this::over);
        ExecutorService writers = context()
                .getExecutorServiceManager()
                .newFixedThreadPool(this, name + "-writers", configuration.ecalConcurrency());

        registry.bind("retry-after", new RetryAfter(clock));
        registry.bind(name + "-sync", steps);
        registry.bind(name + "-run", new RunPolicy(steps));
        registry.bind(name + "-ecal", new EcalSteps(ecal));
        registry.bind(name + "-ecal-transport", transport);
        registry.bind(name + "-ecal-cookies", new BasicCookieStore());
        registry.bind(name + "-written", written);
        registry.bind(name + "-writers", writers);
        registry.bind(name + "-notify", new Notification(configuration, history));
        registry.bind(name + "-notify-transport", Notification.transport());
        registry.bind(
                name + "-dead-letters",
                new DeadLetters(
                        configuration, errorFile(configuration, settings.data()).toAbsolutePath(), history, clock));
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
