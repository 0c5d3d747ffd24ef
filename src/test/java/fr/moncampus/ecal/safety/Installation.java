package fr.moncampus.ecal.safety;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One student's configuration, data folder and sandbox, and a clock that the test moves. Every sync starts and ends a program of its own. */
public final class Installation implements AutoCloseable {
    public static final String PASSWORD = "Marque-MDP-«é»-$1";
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 10, 6);
    private final Path folder;
    private final Sandbox sandbox;
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final MovableClock clock = new MovableClock("2026-10-05T06:00:00Z");
    private Consumer<Engine> preparation = engine -> {};

    public Installation(int courses) {
        this(courses(courses));
    }

    public Installation(List<Session> sessions) {
        try {
            folder = Files.createTempDirectory("moncampus safety ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sandbox = Sandbox.start(
                Options.standard().at(clock).student("camille.martin", PASSWORD).sessions(sessions));
        sandbox.configuration("camille.martin").lines().forEach(line -> {
            String[] parts = line.split(": ", 2);
            keys.put(parts[0], parts[1].substring(1, parts[1].length() - 1).replace("''", "'"));
        });
        key("moncampus_start_date", "2026-09-01")
                .key("moncampus_end_date", "2027-07-10")
                .key("delete_after", "PT0S");
    }

    /** Two a day, numbered from 1. */
    public static List<Session> courses(int count) {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sessions.add(Session.of(
                    i + 1L,
                    "Cours " + (i + 1),
                    "B" + (100 + i),
                    FIRST_DAY.plusDays(i / 2).atTime(i % 2 == 0 ? 9 : 14, 0)));
        }
        return sessions;
    }

    public Installation key(String key, String value) {
        keys.put(key, value);
        return this;
    }

    /** What happens between the start of the program and its run. */
    public Installation prepared(Consumer<Engine> step) {
        preparation = step;
        return this;
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public Path data() {
        return folder.resolve("data");
    }

    public Path memory() {
        return data().resolve("moncampus-ecal.db");
    }

    public Installation later(Duration time) {
        clock.forward(time);
        return this;
    }

    public Configuration configuration() {
        Path file = folder.resolve("camille.yml");
        try {
            Files.writeString(
                    file,
                    keys.entrySet().stream()
                            .map(entry ->
                                    entry.getKey() + ": '" + entry.getValue().replace("'", "''") + "'\n")
                            .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Configurations.Loaded loaded = Configurations.load(List.of(file), name -> null, clock);
        assertThat(loaded.findings()).isEmpty();
        return loaded.valid().get(0);
    }

    public RunResult sync() {
        return run(Purpose.SYNC).result();
    }

    public Run run(Purpose purpose) {
        return with(engine -> engine.run("camille", purpose));
    }

    /** Starts a program, lets it do something, and ends it. */
    public <T> T with(java.util.function.Function<Engine, T> work) {
        Configuration configuration = configuration();
        Engine.Settings settings = new Engine.Settings(
                Path.of("routes"), data(), false, Set.of(configuration.owner()), Duration.ZERO, clock, run -> {});
        try (Engine engine =
                Engine.start(List.of(configuration), settings, Map.of("retry.delay", "0", "retry.attempts", "2"))) {
            preparation.accept(engine);
            return work.apply(engine);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public List<ObjectNode> events() {
        return sandbox.calendar().events();
    }

    /** What ECAL was asked to change so far. */
    public int writes() {
        return sandbox.log().requests(Server.ECAL, "POST", "PUT", "DELETE").size();
    }

    public int requests() {
        return sandbox.log()
                        .requests(Server.ECAL, "GET", "POST", "PUT", "DELETE")
                        .size()
                + sandbox.log().requests(Server.TIMETABLE, "GET").size();
    }

    /** The error file; empty when there is none. */
    public String errors() {
        try {
            Path file = data().resolve("errors_camille.txt");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One event a course, each with the course's name; no doubles, none lost. */
    public void isInStep() {
        assertThat(events())
                .extracting(event -> event.path("name").asText())
                .containsExactlyInAnyOrderElementsOf(sandbox.timetable().sessions().stream()
                        .map(Session::commentaire)
                        .toList());
        assertThat(events())
                .extracting(event -> event.path("reference").asText())
                .doesNotHaveDuplicates();
    }

    @Override
    public void close() {
        sandbox.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
