package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.moncampus.PortalException;
import fr.moncampus.ecal.moncampus.PortalException.Kind;
import fr.moncampus.ecal.report.RunError;
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
    void aChangeSaysWhatItWasAndWhetherItMayHaveHappened() throws CalendarException {
        CalendarException failure = new CalendarException(0, "panne");
        CalendarEvent there = Fixtures.event("mc-0a1b2c3d-8").withId(Fixtures.id(8));
        Write update = new Write(there, there.withName("Algorithmique"), false, reference -> reference);
        Write delete = new Write(there.withReference(null), null, false, reference -> reference);
        Write lost = write();
        lost.sending();

        assertThat(deadLetters.entry(run(), update, failure, null))
                .asString()
                .contains(" | modification | Algorithmique, ", " | panne | suite : nouvel essai au prochain passage");
        assertThat(deadLetters.entry(run(), delete, failure, null).subject())
                .as("without a reference it is known by its id")
                .isEqualTo(Fixtures.id(8));
        assertThat(deadLetters.entry(run(), lost, failure, null))
                .asString()
                .contains("création", "existe peut-être déjà : vérification au prochain passage");
        assertThat(deadLetters.entry(run(), delete, new CalendarException(0, "autre"), null))
                .asString()
                .contains(" | suppression | ");
    }

    @Test
    void aRowThatCannotBeReadIsNamedByItsCourseWhereThatIsKnown() {
        Run run = run();

        assertThat(deadLetters.entry(run, null, null, new Timetable.Unreadable(3, null, "heure | absente")))
                .asString()
                .contains(
                        " | lecture d'une ligne de l'emploi du temps | ligne 3 | heure ¦ absente | suite : aucune suppression tant que");
        assertThat(deadLetters.entry(run, null, null, new Timetable.Unreadable(4, "123", "non")))
                .asString()
                .contains(" | NoCours 123 | non | suite : l'événement de ce cours reste comme il est");
        assertThat(deadLetters.entry(run, null, null, new Timetable.Unreadable(5, "c12", "non")))
                .asString()
                .contains(" | séance c12 | ");
        assertThat(run.failures()).containsExactlyInAnyOrder("ligne 3", "NoCours 123", "séance c12");
    }

    @Test
    void aRunSaysWhatItWasDoingAndWhenItIsTriedAgain() {
        Run reading = run();
        assertThat(deadLetters.entry(reading, null, new PortalException(Kind.REFUSED, "refusé"), null))
                .asString()
                .contains("synchronisation (lecture de MonCampus) | refusé", "dès que les identifiants changent");
        assertThat(reading.isLoginRefused()).isTrue();
        assertThat(reading.isBroken()).isTrue();
        assertThat(reading.failures()).containsExactly("run");
        assertThat(deadLetters.entry(run(), null, new PortalException(Kind.BLOCKED, "bloqué"), null))
                .asString()
                .contains("dès que les identifiants changent");
        assertThat(deadLetters.entry(run(), null, new PortalException(Kind.UNREADABLE, "autre"), null))
                .asString()
                .contains("nouvel essai au prochain passage");

        Run writing = run();
        writing.found(List.of(), new Timetable(List.of(), List.of()));
        assertThat(deadLetters.entry(writing, null, new CalendarException(403, "refus"), null))
                .asString()
                .contains("synchronisation (calendrier ECAL) | HTTP 403 : refus");
        assertThat(writing.isLoginRefused()).isFalse();
    }

    @Test
    void aCutLineIsThatOfWhoeverWasAskedThen() throws Exception {
        Run reading = run();
        deadLetters.entry(reading, null, new IOException("cut"), null);
        assertThat(reading.end(0).error().kind()).isEqualTo(RunError.Kind.MONCAMPUS);

        Run writing = run();
        writing.found(List.of(), new Timetable(List.of(), List.of()));
        deadLetters.entry(writing, null, new IOException("cut"), null);
        assertThat(writing.end(0).error().kind()).isEqualTo(RunError.Kind.ECAL);

        Run changing = run();
        deadLetters.entry(changing, write(), new IOException("cut"), null);
        assertThat(changing.end(0).failed()).isEqualTo(1);
        assertThat(changing.failures()).containsExactly("mc-0a1b2c3d-7");
        assertThat(changing.isBroken()).isFalse();
    }

    @Test
    void whoWasAskedToEndWhileHeReadHasFailedInNothingButARefusedLoginIsSaid() {
        Run asked = run();
        asked.reading();
        asked.finishEarly();
        try {
            assertThat(deadLetters.entry(asked, null, new IOException("closed"), null))
                    .isNull();
            assertThat(asked.end(0).error()).isEqualTo(RunError.INTERRUPTED);
            assertThat(deadLetters.entry(asked, null, new PortalException(Kind.REFUSED, "refusé"), null))
                    .isNotNull();
        } finally {
            asked.finishing();
        }
    }

    @Test
    void whatFailedBeforeARunBeganIsNoEntry() {
        assertThat(deadLetters.entry(null, null, new IllegalStateException("x"), null))
                .isNull();
        assertThat(deadLetters.cured(null)).isNull();
    }

    @Test
    void aPreviewThatSucceedsCuresNothing() {
        deadLetters.entry(run(), write(), new CalendarException(400, "non"), null);

        assertThat(deadLetters.cured(new Run("alice", "0a1b2c3d", Purpose.PLAN, clock.instant())))
                .isNull();
        assertThat(deadLetters.cured(run())).isNotNull();
    }

    @Test
    void anEntryThatCouldNotBeWrittenComesAgain() {
        CalendarException failure = new CalendarException(400, "non");
        DeadLetters.Entry entry = deadLetters.entry(run(), write(), failure, null);
        assertThat(deadLetters.entry(run(), write(), failure, null)).isNull();

        deadLetters.unwritten(entry, new IOException("No space left"));

        assertThat(deadLetters.entry(run(), write(), failure, null)).isNotNull();
        deadLetters.unwritten("text of somebody else", new IOException("No space left"));
        deadLetters.unwritten(new DeadLetters.Entry(null, "cured"), new IOException());
        assertThat(deadLetters.entry(run(), write(), failure, null)).isNull();
    }

    @Test
    void aMemoryThatFailsHidesNoFailure() {
        database.close();

        assertThat(deadLetters.entry(run(), write(), new CalendarException(400, "non"), null))
                .isNotNull();
        assertThat(deadLetters.entry(run(), write(), new CalendarException(400, "non"), null))
                .isNotNull();
        assertThat(deadLetters.cured(run())).isNull();
        deadLetters.unwritten(new DeadLetters.Entry("mc-1", "x"), new IOException("x"));
    }

    @Test
    void aLineIsAppendedToThoseThatAreThere() throws IOException {
        deadLetters.append("one");
        deadLetters.append("two");
        assertThat(file).hasContent("one\ntwo\n");

        Files.writeString(file, "x".repeat(MEGABYTE + 1));
        deadLetters.append("three");
        assertThat(file).hasContent("three\n");
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
