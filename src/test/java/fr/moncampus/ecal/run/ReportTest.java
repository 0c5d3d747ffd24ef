package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the error file, a run ends, and the next one has its turn. */
class ReportTest {
    @TempDir
    Path folder;

    @Test
    void aFullDiskHidesNoRunAndBlocksNoneAfterIt() throws Exception {
        Path errors = folder.resolve("errors.txt");
        try (Sandbox sandbox = Sandbox.start(Options.standard()
                        .sessions(List.of(Session.of(
                                1, "Java", "B110", LocalDate.now().plusDays(30).atTime(10, 15)))));
                Engine engine = engine(sandbox, errors)) {
            sandbox.faults().add(Fault.on(Server.TIMETABLE, Effect.status(404)));
            RunResult broken = engine.run("lea", Purpose.SYNC).result();
            // as good as a full disk: the line that says "cured" cannot be appended
            Files.delete(errors);
            Files.createDirectories(errors.resolve("in-the-way"));
            RunResult cured = engine.run("lea", Purpose.SYNC).result();
            RunResult next = engine.run("lea", Purpose.SYNC).result();

            assertThat(broken.error().kind()).isEqualTo(RunError.Kind.MONCAMPUS);
            assertThat(cured.created()).isEqualTo(1);
            assertThat(next.error()).isNull();
        }
    }

    @Test
    void aRunThatWaitsForItsTurnEndsWhenTheProcessIsAskedTo() throws Exception {
        Path errors = folder.resolve("errors.txt");
        try (Sandbox sandbox = Sandbox.start(Options.standard());
                Engine engine = engine(sandbox, errors, Duration.ofHours(1))) {
            CompletableFuture<Run> waiting;
            try (RunLock held = RunLock.take(folder.resolve("data/lea.lock"), Duration.ZERO, () -> true)) {
                assertThat(held).isNotNull();
                waiting = CompletableFuture.supplyAsync(() -> engine.run("lea", Purpose.SYNC));
                while (engine.running().isEmpty()) {
                    Thread.onSpinWait();
                }
                engine.finishEarly();

                assertThat(waiting.get(1, TimeUnit.MINUTES).result().error()).isEqualTo(RunError.INTERRUPTED);
            }
            assertThat(sandbox.log().total()).isZero();
            assertThat(errors).doesNotExist();
        }
    }

    private Engine engine(Sandbox sandbox, Path errors) throws Exception {
        return engine(sandbox, errors, Duration.ofMillis(500));
    }

    private Engine engine(Sandbox sandbox, Path errors, Duration patience) throws Exception {
        Path file = Files.writeString(
                folder.resolve("lea.yml"), sandbox.configuration() + "error_file_path: " + errors + "\n");
        List<Configuration> configurations = Configurations.load(List.of(file), name -> null, Clock.systemUTC())
                .valid();
        return Engine.start(
                configurations,
                new Engine.Settings(
                        Path.of("routes"),
                        folder.resolve("data"),
                        false,
                        Set.of(configurations.get(0).owner()),
                        patience,
                        Clock.systemUTC(),
                        run -> {}));
    }
}
