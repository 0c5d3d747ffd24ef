package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.HeldLock;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.memory.PostgresServer;
import fr.moncampus.ecal.memory.SharedLocks;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The routes with their engine, as a process has it. */
@Timeout(120)
class EngineTest {
    @TempDir
    private Path folder;

    private Stage stage;

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void aProcessOfAClusterSyncsWhatItKnowsUnderALockThatAllSee() throws Exception {
        stage = new Stage(folder, 3)
                .memory(PostgresServer.shared().newPlace(folder))
                .configure("alice", Stage.STUDENT, "schedule: '0 0 3 1 1 ?'")
                .configureEnds("bob", Stage.STUDENT, "ics", "feed", "schedule: '0 0 3 1 1 ?'")
                .open(true);
        Set<String> synced = new HashSet<>();
        while (synced.size() < 2) {
            Run run = stage.over.poll(60, TimeUnit.SECONDS);
            assertThat(run).isNotNull();
            assertThat(run.result().error()).isNull();
            assertThat(synced.add(run.config())).as("once").isTrue();
        }
        assertThat(stage.sandbox.calendar().events()).hasSize(3);
        assertThat(stage.engine().requests()).containsOnlyKeys("ecal", "ics", "moncampus", "other");
        assertThat(stage.engine().requests("alice").get("ecal").getAsLong())
                .isEqualTo(stage.engine().requests().get("ecal").getAsLong())
                .isPositive();
        assertThat(stage.engine().running()).isEmpty();

        SharedLocks others = stage.engine().database().locks();
        String lock = "run " + stage.configurations().get(0).owner();
        try (HeldLock held = others.take(lock, Duration.ZERO, () -> true)) {
            assertThat(held).isNotNull();
            assertThat(stage.result().error().kind()).isEqualTo(RunError.Kind.LOCK);
        }
        assertThat(stage.result().error()).isNull();
    }

    @Test
    void aCalendarThatAnswersIsWellAndOneThatDoesNotIsToBlame() throws Exception {
        stage = new Stage(folder, 3).start();
        assertThat(stage.engine().askCalendar("alice")).isNull();

        stage.sandbox.faults().add(Fault.on(Server.ECAL, Effect.status(403)).always());
        assertThat(stage.engine().askCalendar("alice").kind()).isEqualTo(RunError.Kind.ECAL);
    }

    @Test
    void aRunThatTheRoutesNeverBeganIsNoSuccess() throws Exception {
        Path edited = Files.createDirectory(folder.resolve("routes"));
        copyRoutes(edited);
        Path sync = edited.resolve("sync.camel.yaml");
        Files.writeString(sync, Files.readString(sync).replace("      routePolicy: \"{{config}}-run\"\n", ""));
        stage = new Stage(folder, 3).routes(edited).start();

        Run run = stage.sync();

        assertThat(run.result().error()).isEqualTo(RunError.STOPPED_EARLY);
        assertThat(run.result().exitCode()).isEqualTo(1);
        assertThat(stage.over).isEmpty();
    }

    @Test
    void aProcessAloneRunsEverySchedulesFirstRunAndItsEndLeavesNothingOpen() throws Exception {
        stage = new Stage(folder, 3)
                .configure("alice", Stage.STUDENT, "schedule: '0 0 3 1 1 ?'")
                .open(true);
        Engine engine = stage.engine();
        Run run = stage.over.poll(60, TimeUnit.SECONDS);
        assertThat(run).isNotNull();
        assertThat(run.result().created()).isEqualTo(3);
        assertThat(engine.memory().folder()).isEqualTo(stage.data());
        assertThat(engine.beans()).contains(engine.workspace("alice").written());
        assertThat(engine.context().getRegistry().lookupByName("source-loader")).isNotNull();

        engine.close();

        assertThat(engine.context().isStopped()).isTrue();
        assertThatThrownBy(() -> engine.database().check()).isInstanceOf(MemoryException.class);
    }

    @Test
    void whatCannotStartLeavesNothingOpen() {
        Engine.Settings settings = new Engine.Settings(
                folder.resolve("missing"),
                folder.resolve("data"),
                false,
                Set.of(),
                Duration.ZERO,
                Clock.systemUTC(),
                run -> {});
        assertThatThrownBy(() -> Engine.start(List.of(Fixtures.configuration("alice")), settings))
                .hasStackTraceContaining("missing");
        assertThat(folder.resolve("data/" + Database.FILE)).exists();
        assertThat(folder.resolve("data/" + Database.FILE + "-wal")).doesNotExist();
    }

    private static void copyRoutes(Path target) throws IOException {
        try (var files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }
}
