package fr.moncampus.ecal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same simulation through the whole of the routes, over HTTP: Camel's retries, splits, dead letters and the idempotent consumer included. */
@ExtendWith(Quiet.class)
class RoutesSimulationTest {
    private static final int SEEDS = 20;
    private static final Map<String, String> AT_ONCE =
            Map.of("retry.delay", "0", "retry.attempts", "2", "retry.maximum-delay", "0");

    @TempDir
    Path folder;

    @BeforeAll
    static void atOnce() {
        AT_ONCE.forEach(System::setProperty);
    }

    @AfterAll
    static void asBefore() {
        AT_ONCE.keySet().forEach(System::clearProperty);
    }

    @Test
    void noSeedBreaksAPromiseInTheRoutesEither() throws IOException {
        Set<String> told = new HashSet<>();
        try (HttpDoor alice = new HttpDoor();
                HttpDoor bob = new HttpDoor();
                HttpDoor ecal = new HttpDoor()) {
            Path routes =
                    UsersSteps.routes(Path.of(System.getProperty("basedir", ""), "routes"), folder.resolve("routes"));
            for (long seed = 0; seed < SEEDS; seed++) {
                Simulation simulation =
                        new Simulation(seed, alice.origin(), bob.origin(), URI.create(ecal.origin() + "/apiv2"));
                List.of(alice, bob, ecal).forEach(door -> door.opensTo(simulation));
                Path data = folder.resolve("seed" + seed);
                simulation.run(process -> new Routes(process, routes, data));
                told.addAll(simulation.story());
                assertThat(simulation.violations())
                        .as("seed %d\n%s", seed, String.join("\n", simulation.story()))
                        .isEmpty();
            }
        }
        assertThat(String.join("\n", told))
                .as("what happens to processes, connections and clocks")
                .contains(
                        "a step of the user's fails",
                        "a step of the user's stops",
                        "restarted",
                        "the wall clock jumps",
                        "a connection has died",
                        "another one has tried meanwhile",
                        RunError.STOPPED_EARLY.message());
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("errors_alice"))
                            .map(RoutesSimulationTest::read)
                            .collect(Collectors.joining()))
                    .as("dead letters of rows and of changes, and their cure")
                    .contains("illisible", "création", "modification", "résolu");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Routes implements Client {
        private final Engine engine;

        Routes(Process process, Path routes, Path data) {
            UsersSteps.are(process.step());
            List<Configuration> configurations = process.configurations();
            Set<String> owners =
                    configurations.stream().map(Configuration::owner).collect(Collectors.toSet());
            try {
                engine = Engine.start(
                        configurations,
                        new Engine.Settings(routes, data, false, owners, Duration.ZERO, process.clock(), run -> {}));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public RunResult sync(String config) {
            return engine.run(config, Purpose.SYNC).result();
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
