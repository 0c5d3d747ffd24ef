package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.timetable.Timetable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
    private static final int MEGABYTE = 1024 * 1024;

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock("2026-10-05T06:00:00Z");
    private Database database;
    private Path file;
    private DeadLetters deadLetters;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("data"));
        file = folder.resolve("new/errors.txt");
        deadLetters = new DeadLetters(Fixtures.configuration("alice"), file, new History(database, "alice"), clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anEntryTellsWhenWhoWhatWhyAndWhatHappensNext() {
        assertThat(deadLetters.entry(
                        run(), write(), new CalendarException(400, "ECAL juge l'événement invalide (400)."), null))
                .asString()
                .isEqualTo(
                        "2026-10-05T08:00:00+02:00 | alice | passage 0a1b2c3d | création | Bases de données, lun. 14/09/2026 09:00-12:00, salle B110"
                                + " | HTTP 400 : ECAL juge l'événement invalide (400). | suite : nouvel essai au prochain passage");
    }

    @Test
    void aFailureIsNotedOnceUntilItIsCuredOrBecomesAnother() {
        CalendarException failure = new CalendarException(400, "non");
        assertThat(deadLetters.entry(run(), write(), failure, null)).isNotNull();
        assertThat(deadLetters.entry(run(), write(), failure, null)).isNull();
        assertThat(deadLetters.entry(run(), write(), new CalendarException(403, "non plus"), null))
                .isNotNull();

        Run good = run();
        assertThat(deadLetters.cured(good))
                .asString()
                .contains("résolu", "mc-0a1b2c3d-7", "non plus")
                .doesNotContain("\n");
        assertThat(deadLetters.cured(good)).isNull();
        assertThat(deadLetters.entry(run(), write(), failure, null)).isNotNull();
    }

    @Test
    void onlyARunThatGotThatFarCures() {
        deadLetters.entry(run(), write(), new CalendarException(400, "non"), null);
        Run broken = run();
        assertThat(deadLetters.entry(broken, null, new CalendarException(403, "ECAL refuse"), null))
                .asString()
                .contains("synchronisation", "HTTP 403 : ECAL refuse");
        assertThat(deadLetters.cured(broken)).isNull();

        Run left = run();
        left.finishEarly();
        assertThat(deadLetters.cured(left))
                .asString()
                .as("the run, but not the change")
                .contains("la synchronisation")
                .doesNotContain("mc-");

        Run again = run();
        again.failed("mc-0a1b2c3d-7", new CalendarException(400, "non"));
        assertThat(deadLetters.cured(again)).isNull();
    }

    @Test
    void aDryRunNotesNothing() {
        Run plan = new Run("alice", "0a1b2c3d", Purpose.PLAN, clock.instant());

        assertThat(deadLetters.entry(plan, null, null, new Timetable.Unreadable(3, null, "illisible")))
                .isNull();
        assertThat(deadLetters.entry(plan, null, new CalendarException(403, "ECAL refuse"), null))
                .isNull();
        assertThat(plan.end(0).exitCode()).isEqualTo(4);
    }

    @Test
    void theFileIsItsOwnersAndIsRotatedAtAMegabyteKeepingThree() throws IOException {
        deadLetters.rotate();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        for (int i = 1; i <= 5; i++) {
            Files.writeString(file, i + "x".repeat(MEGABYTE));
            deadLetters.rotate();
            assertThat(file).isEmptyFile();
        }

        for (int i = 1; i <= 3; i++) {
            assertThat(Files.readString(file.resolveSibling("errors.txt." + i))).startsWith(String.valueOf(6 - i));
        }
        try (var files = Files.list(file.getParent())) {
            assertThat(files).hasSize(4);
        }
        Files.writeString(file, "x".repeat(MEGABYTE));
        deadLetters.rotate();
        assertThat(file).hasSize(MEGABYTE);
    }

    @Test
    void severalWritersMayFailAtOnce() {
        for (int i = 0; i < 50; i++) {
            List<Integer> done = IntStream.range(0, 8)
                    .parallel()
                    .mapToObj(writer -> {
                        try {
                            deadLetters.rotate();
                            return writer;
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
            assertThat(done).hasSize(8);
            assertThat(file.toFile().delete()).isTrue();
        }
    }

    private Run run() {
        return new Run("alice", "0a1b2c3d", Purpose.SYNC, clock.instant());
    }

    private static Write write() {
        return new Write(null, Fixtures.event("mc-0a1b2c3d-7"), false, reference -> reference);
    }
}
