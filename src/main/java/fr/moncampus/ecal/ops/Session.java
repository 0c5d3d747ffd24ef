package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.ConfigurationFiles;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.config.Connectors;
import fr.moncampus.ecal.config.Finding;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.config.RouteParameters;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.time.WatchedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.main.Main;

/** The configurations and routes that a command works on, with all that is wrong in them. */
final class Session {
    /** One for the process: what is compared comes from the same clock. */
    static final WatchedClock CLOCK = WatchedClock.ofMachine();

    private final FolderOptions options;
    private final Path routes;
    private final Set<Path> asked;
    private final Connectors connectors;
    private final Configurations.Loaded loaded;
    private final List<Finding> findings = new ArrayList<>();

    private Session(FolderOptions options, List<String> names) {
        this.options = options;
        this.routes = options.routes.folder();
        ConfigurationFiles.Found found =
                ConfigurationFiles.find(options.configsFolder, names, System.getenv("CONFIG_FILE"));
        // the other files of the folder are read as well: two configurations that fight are an error, even if only one
        // of them was asked for
        Set<Path> files = new LinkedHashSet<>(found.files());
        this.asked = Set.copyOf(files);
        files.addAll(
                ConfigurationFiles.find(options.configsFolder, List.of(), null).files());
        RouteFiles routeFiles = RouteFiles.read(routes);
        this.connectors = Connectors.of(routeFiles.templates(), Engine.PARAMETERS);
        this.loaded = Configurations.load(List.copyOf(files), connectors, System::getenv, CLOCK);
        findings.addAll(found.findings());
        loaded.findings().stream()
                .filter(finding -> asked.contains(finding.file()))
                .forEach(findings::add);
        findings.addAll(routeFiles.findings());
        RouteParameters.check(routeFiles.templates(), Engine.PARAMETERS, loaded).stream()
                .filter(finding ->
                        asked.contains(finding.file()) || finding.file().startsWith(routes))
                .distinct()
                .forEach(findings::add);
    }

    static Session open(CommonOptions options) {
        return new Session(options, options.configs);
    }

    static Session open(SingleOptions options) {
        return new Session(options, List.of(options.config));
    }

    /** One file, which need not be in the folder. */
    static Session open(FolderOptions options, Path file) {
        return new Session(options, List.of(file.toString()));
    }

    static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    }

    /** As far as can be seen without Camel. */
    boolean areRoutesReadable() {
        return findings.stream()
                .noneMatch(finding -> finding.isError() && finding.file().startsWith(routes));
    }

    /** Those that were asked for and can run. */
    List<Configuration> configurations() {
        if (!areRoutesReadable()) {
            return List.of();
        }
        Set<Path> bad =
                findings.stream().filter(Finding::isError).map(Finding::file).collect(Collectors.toSet());
        return loaded.valid().stream()
                .filter(configuration -> asked.contains(configuration.file()) && !bad.contains(configuration.file()))
                .toList();
    }

    /** The files that were asked for and cannot run. */
    List<Path> refused() {
        Set<Path> good = configurations().stream().map(Configuration::file).collect(Collectors.toSet());
        return asked.stream().filter(file -> !good.contains(file)).sorted().toList();
    }

    List<Finding> findings() {
        return findings;
    }

    /** The owner hashes of all configurations, asked for or not. */
    Set<String> owners() {
        return loaded.valid().stream().map(Configuration::owner).collect(Collectors.toSet());
    }

    Path routes() {
        return routes;
    }

    Path data() {
        return options.dataFolder;
    }

    MemoryPlace memory() {
        return memory(data());
    }

    /** A folder of its own has nothing remembered. */
    private MemoryPlace memory(Path data) {
        return data.equals(data()) ? MemoryEnvironment.place(data, System::getenv) : MemoryPlace.in(data);
    }

    /** Where nothing is remembered, neither are the login attempts; who shares a memory shares these. */
    private MemoryPlace logins(Path data) {
        MemoryPlace memory = memory(data);
        return options.loginsFolder == null || memory.isShared() || !data.equals(data())
                ? memory
                : MemoryPlace.in(options.loginsFolder);
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(Finding::isError);
    }

    /** All that is wrong, on standard error, before anything runs. */
    void report() {
        findings.forEach(finding -> System.err.println((finding.isError() ? "erreur : " : "attention : ") + finding));
    }

    /** With nothing remembered. */
    Engine startIn(Path emptyFolder) throws Exception {
        return start(emptyFolder, configurations(), false, run -> {}, main -> {});
    }

    Engine start(boolean scheduled, Consumer<Run> listener) throws Exception {
        return start(configurations(), scheduled, listener);
    }

    /** The scheduler. */
    Engine start(Consumer<Run> listener, Consumer<Main> preparation) throws Exception {
        return start(data(), configurations(), true, listener, preparation);
    }

    Engine start(List<Configuration> configurations, boolean scheduled, Consumer<Run> listener) throws Exception {
        return start(data(), configurations, scheduled, listener, main -> {});
    }

    private Engine start(
            Path data,
            List<Configuration> configurations,
            boolean scheduled,
            Consumer<Run> listener,
            Consumer<Main> preparation)
            throws Exception {
        Duration patience = Duration.ofSeconds(Long.getLong("lock.patience", 60));
        try {
            return Engine.start(
                    configurations,
                    new Engine.Settings(
                            routes, data, memory(data), logins(data), scheduled, owners(), patience, CLOCK, listener),
                    preparation);
        } catch (MemoryException e) {
            throw e;
        } catch (Exception e) {
            throw BadRoutesException.explain(routes, e);
        }
    }
}
