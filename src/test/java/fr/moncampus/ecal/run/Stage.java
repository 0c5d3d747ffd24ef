package fr.moncampus.ecal.run;

import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.config.Connectors;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Term;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The routes as they are shipped, in this process, between a sandbox and a folder; time stands still. */
public final class Stage implements AutoCloseable {
    public static final LocalDate TODAY = LocalDate.of(2026, 10, 5);
    public static final String STUDENT = Options.standard().username();
    public final MovableClock clock = new MovableClock(TODAY + "T06:00:00Z");
    public final Sandbox sandbox;
    /** What has ended, whoever started it. */
    final BlockingQueue<Run> over = new LinkedBlockingQueue<>();

    private final Path folder;
    private final Map<String, String> properties = new HashMap<>(Map.of("retry.delay", "0", "retry.attempts", "2"));
    private final Map<String, Path> files = new TreeMap<>();
    private List<Configuration> configurations = List.of();
    private Engine engine;
    private Path routes = Path.of("routes");
    private MemoryPlace memory;

    public Stage(Path folder, int sessions) {
        this.folder = folder;
        memory = MemoryPlace.in(data());
        sandbox = Sandbox.start(Options.standard().at(clock).sessions(term(1, sessions)));
    }

    public static List<Session> term(long seed, int sessions) {
        return Term.believable(TODAY, seed, sessions);
    }

    /** Other routes than those that are shipped, from the next start on. */
    Stage routes(Path edited) {
        routes = edited;
        return this;
    }

    /** Another memory than the file of the data folder, from the next start on. */
    Stage memory(MemoryPlace other) {
        memory = other;
        return this;
    }

    public Stage property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    /** @param lines more of the configuration, or instead of what the sandbox says */
    public Stage configure(String name, String username, String... lines) throws IOException {
        return configure(name, sandbox.configuration(username).lines(), lines);
    }

    /** From the student's feed instead of MonCampus. */
    public Stage configureFeed(String name, String username, String... lines) throws IOException {
        return configure(name, sandbox.configuration(username, "ics", "ecal").lines(), lines);
    }

    /** Into the student's calendar on a CalDAV server instead of ECAL. */
    public Stage configureCaldav(String name, String username, String... lines) throws IOException {
        return configure(
                name, sandbox.configuration(username, "moncampus", "caldav").lines(), lines);
    }

    /** From a source to a target, as the sandbox calls them. */
    public Stage configureEnds(String name, String username, String source, String target, String... lines)
            throws IOException {
        return configure(name, sandbox.configuration(username, source, target).lines(), lines);
    }

    private Stage configure(String name, Stream<String> given, String... lines) throws IOException {
        Map<String, String> keys = new LinkedHashMap<>();
        Stream.concat(given, Stream.of(lines)).forEach(line -> keys.put(line.split(":", 2)[0], line));
        String yaml = String.join("\n", keys.values()) + "\n";
        files.put(name, Files.writeString(folder.resolve(name + ".yml"), yaml));
        return this;
    }

    /** One configuration, named alice, of the first student. */
    public Stage start(String... lines) throws Exception {
        configure("alice", STUDENT, lines);
        return open(false);
    }

    public Stage open(boolean scheduled) throws Exception {
        Connectors connectors = Connectors.of(RouteFiles.read(routes).templates(), Engine.PARAMETERS);
        Configurations.Loaded loaded =
                Configurations.load(List.copyOf(files.values()), connectors, variable -> null, clock);
        if (loaded.hasErrors()) {
            throw new AssertionError(loaded.findings().toString());
        }
        configurations = loaded.valid();
        engine = Engine.start(
                configurations,
                new Engine.Settings(
                        routes,
                        data(),
                        memory,
                        memory,
                        scheduled,
                        loaded.valid().stream().map(Configuration::owner).collect(Collectors.toSet()),
                        Duration.ZERO,
                        clock,
                        over::add),
                properties);
        return this;
    }

    public List<Configuration> configurations() {
        return configurations;
    }

    public Engine engine() {
        return engine;
    }

    public Path data() {
        return folder.resolve("data");
    }

    public Run sync() {
        return sync("alice");
    }

    public Run sync(String config) {
        return engine.run(config, Purpose.SYNC);
    }

    public RunResult result() {
        return sync().result();
    }

    public List<String> errors(String config) throws IOException {
        Path file = data().resolve("errors_" + config + ".txt");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** What ECAL was asked since the log was cleared: the methods, in order. */
    public List<String> asked() {
        return sandbox.log().requests(Server.ECAL).stream()
                .map(request -> request.method())
                .toList();
    }

    public long asked(String method) {
        return asked().stream().filter(method::equals).count();
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
        sandbox.close();
    }
}
