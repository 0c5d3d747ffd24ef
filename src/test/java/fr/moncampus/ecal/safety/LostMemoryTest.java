package fr.moncampus.ecal.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.DatabaseTroubles;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of the program's own memory, the calendar is recognised by its references. */
class LostMemoryTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private final Installation installation = new Installation(12);

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void withoutMemoryTheCalendarIsRecognisedAndNothingWritten() throws IOException {
        installation.sync();
        forget();
        int writes = installation.writes();

        RunResult again = installation.later(HOUR).sync();

        assertThat(again.unchanged()).isEqualTo(12);
        assertThat(again.exitCode()).isZero();
        assertThat(installation.writes()).isEqualTo(writes);
        installation.isInStep();
    }

    @Test
    void aLostConfirmationBeginsAnew() throws IOException {
        installation.sync();
        installation.sandbox().timetable().cancel(3);
        assertThat(installation.later(HOUR).sync().waiting()).isEqualTo(1);
        forget();

        RunResult first = installation.later(HOUR).sync();
        RunResult second = installation.later(HOUR).sync();

        assertThat(first.deleted()).isZero();
        assertThat(first.waiting()).isEqualTo(1);
        assertThat(second.deleted()).isEqualTo(1);
        installation.isInStep();
    }

    /** A crash after the requests and before anything reached the disk is the same as a memory that is an hour old. */
    @Test
    void anOldMemoryWritesNothingTwice() throws IOException {
        installation.sync();
        Path copy = installation.data().resolve("old");
        Files.copy(installation.memory(), copy);
        installation.sandbox().timetable().changeRoom(4, "C300");
        installation.later(HOUR).sync();
        forget();
        Files.move(copy, installation.memory(), StandardCopyOption.REPLACE_EXISTING);
        int writes = installation.writes();

        RunResult again = installation.later(HOUR).sync();

        assertThat(again.unchanged()).isEqualTo(12);
        assertThat(installation.writes()).isEqualTo(writes);
    }

    enum Damage {
        NO_DATABASE,
        HALF,
        HEADER,
        TABLES,
        EVERYWHERE;

        byte[] to(byte[] file) {
            Random random = new Random(ordinal());
            byte[] damaged = this == HALF ? java.util.Arrays.copyOf(file, file.length / 2) : file.clone();
            switch (this) {
                case NO_DATABASE ->
                    damaged = "<html>pas une base</html>".repeat(400).getBytes(StandardCharsets.UTF_8);
                case HEADER -> damaged[3] ^= 0x55;
                case TABLES -> java.util.Arrays.fill(damaged, 8192, file.length, (byte) 0xA5);
                case EVERYWHERE -> {
                    for (int i = 0; i < damaged.length / 20; i++) {
                        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
                    }
                }
                default -> {}
            }
            return damaged;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedMemoryIsSetAsideAndTheCalendarRecognised(Damage damage) throws IOException {
        installation.sync();
        byte[] damaged = damage.to(Files.readAllBytes(installation.memory()));
        Files.write(installation.memory(), damaged);
        int writes = installation.writes();

        RunResult again = installation.later(HOUR).sync();

        assertThat(again.error()).isNull();
        assertThat(again.unchanged()).isEqualTo(12);
        assertThat(installation.writes()).isEqualTo(writes);
        installation.isInStep();
        try (Stream<Path> files = Files.list(installation.data())) {
            assertThat(files.filter(
                            file -> file.getFileName().toString().matches("moncampus-ecal\\.db\\.abime-\\d{8}-\\d{6}")))
                    .singleElement()
                    .satisfies(aside -> assertThat(Files.readAllBytes(aside)).isEqualTo(damaged));
        }
    }

    /** Not every damage shows when the file is opened; none may end in a wrong write. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aFewWrongBytesNeverLeadToAWriteOrALoss(long seed) throws IOException {
        installation.sync();
        installation.sandbox().timetable().cancel(5);
        installation.later(HOUR).sync();
        int writes = installation.writes();
        byte[] file = Files.readAllBytes(installation.memory());
        Random random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(installation.memory(), file);
        installation.sandbox().timetable().add(Installation.courses(5).get(4));

        RunResult again = installation.later(HOUR).sync();

        if (again.error() == null) {
            assertThat(installation.writes() - writes).isLessThanOrEqualTo(1);
        } else {
            assertThat(again.error().kind()).isEqualTo(RunError.Kind.MEMORY);
            assertThat(again.error().message()).contains("mémoire");
        }
        installation.isInStep();
    }

    @Test
    void anEventThatTheMemoryCannotReadIsSaidClearly() {
        installation.sync();
        assertThat(sql("UPDATE written SET spelling = 1, event = '{\"id\":'")).isEqualTo(12);
        int writes = installation.writes();

        RunResult again = installation.later(HOUR).sync();

        assertThat(again.error().kind()).isEqualTo(RunError.Kind.MEMORY);
        assertThat(again.error().message()).contains("illisible", "moncampus-ecal.db");
        assertThat(installation.writes()).isEqualTo(writes);
    }

    @Test
    void withoutAPlaceForTheMemoryNothingIsAskedAndTheMessageNamesIt() throws IOException {
        Files.createDirectories(installation.data().getParent());
        Files.writeString(installation.data(), "not a folder");
        assertThatThrownBy(installation::sync)
                .isInstanceOf(MemoryException.class)
                .hasMessageContaining(installation.memory().toString())
                .hasMessageContaining("dossier des données");

        Files.delete(installation.data());
        Files.createDirectories(installation.memory().resolve("not a file"));
        assertThatThrownBy(installation::sync)
                .isInstanceOf(MemoryException.class)
                .hasMessageContaining(installation.memory().toString());

        assertThat(installation.requests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void onAFullDiskNothingIsSentThatCouldNotBeNoted(int pagesLeft) {
        installation.sandbox().timetable().replaceAll(Installation.courses(60));
        installation.prepared(engine -> DatabaseTroubles.full(engine.database(), pagesLeft));
        RunResult full = installation.sync();

        assertThat(full.exitCode()).isNotZero();
        assertThat(full.error() != null ? full.error().message() : installation.errors())
                .contains("disque est plein");
        assertThat(installation.errors()).contains("disque est plein");
        assertThat(full.created()).isEqualTo(installation.writes());

        installation.prepared(engine -> {}).later(HOUR).sync();
        installation.isInStep();
        assertThat(installation.writes()).isEqualTo(60);
    }

    @Test
    void aMemoryThatTurnsReadOnlyStopsTheRunBeforeItWrites() {
        installation.prepared(engine -> DatabaseTroubles.readOnly(engine.database()));

        RunResult result = installation.sync();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.error().kind()).isEqualTo(RunError.Kind.MEMORY);
        assertThat(result.error().message()).contains("protégé en écriture");
        assertThat(installation.errors()).contains("protégé en écriture");
        assertThat(installation.writes()).isZero();
    }

    @Test
    void aMemoryLockedByAnotherProgramEndsTheRunAndTheNextOneDoesTheWork() throws Exception {
        installation.sync();
        installation.sandbox().timetable().changeRoom(4, "C300");
        int writes = installation.writes();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + installation.memory());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            RunResult locked = installation
                    .prepared(engine -> DatabaseTroubles.impatient(engine.database()))
                    .later(HOUR)
                    .sync();

            assertThat(locked.error().kind()).isEqualTo(RunError.Kind.MEMORY);
            assertThat(locked.error().message()).contains("un autre programme");
            assertThat(installation.writes()).isEqualTo(writes);
            statement.execute("ROLLBACK");
        }
        assertThat(installation.prepared(engine -> {}).later(HOUR).sync().updated())
                .isEqualTo(1);
    }

    @Test
    void anErrorFileThatCannotBeWrittenKeepsNoRunFromItsReport() throws IOException {
        Files.createDirectories(installation.data().resolve("errors_camille.txt"));
        installation
                .sandbox()
                .faults()
                .add(Fault.on(Server.ECAL, Effect.status(403)).times(1));

        List<RunResult> results = installation.with(engine -> List.of(
                engine.run("camille", Purpose.SYNC).result(),
                engine.run("camille", Purpose.SYNC).result()));

        assertThat(results.get(0).error().kind()).isEqualTo(RunError.Kind.ECAL);
        assertThat(results.get(1).created()).isEqualTo(12);
        installation.isInStep();
    }

    @Test
    void aFailureThatCouldNotBeWrittenIsWrittenTheNextTime() throws IOException {
        Path file = Files.createDirectories(installation.data().resolve("errors_camille.txt"));
        installation
                .sandbox()
                .faults()
                .add(Fault.on(Server.ECAL, Effect.status(403)).times(3));

        installation.with(engine -> {
            engine.run("camille", Purpose.SYNC);
            assertThat(file.toFile().delete()).isTrue();
            engine.run("camille", Purpose.SYNC);
            return engine.run("camille", Purpose.SYNC).result();
        });

        assertThat(Files.readAllLines(file)).singleElement().asString().contains("HTTP 403");
    }

    /** In one program, as under the scheduler: a run that could not be remembered does not keep the lock. */
    @Test
    void aRunThatFailsOnItsMemoryMakesRoomForTheNext() {
        List<RunResult> results = installation.with(engine -> {
            DatabaseTroubles.full(engine.database(), 0);
            RunResult first = engine.run("camille", Purpose.SYNC).result();
            DatabaseTroubles.full(engine.database(), 10_000);
            return List.of(first, engine.run("camille", Purpose.SYNC).result());
        });

        assertThat(results.get(0).exitCode()).isEqualTo(1);
        assertThat(results.get(1).error()).isNull();
        installation.isInStep();
    }

    private void forget() throws IOException {
        for (String part : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(installation.memory().resolveSibling(Database.FILE + part));
        }
    }

    private int sql(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + installation.memory());
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
