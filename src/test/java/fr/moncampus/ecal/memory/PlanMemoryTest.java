package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.sync.Remembered;
import fr.moncampus.ecal.sync.Remembered.Absence;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

class PlanMemoryTest {
    private static final Instant NOW = Instant.parse("2026-09-14T06:00:00Z");
    private static final Duration SETTLE = Duration.ofMinutes(15);
    private Path folder;
    private Database database;
    private PlanMemory memory;

    @BeforeProperty
    void open() throws IOException {
        folder = Files.createTempDirectory("plan-memory");
        database = database(folder);
        memory = new PlanMemory(database, "0a1b2c3d", SETTLE);
    }

    @AfterProperty
    void close() throws IOException {
        database.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** What only the plan knows; spellings and settling writes come from the idempotent repository. */
    @Property(tries = 200)
    void whatIsWrittenIsReadAgainWhateverStoodThere(
            @ForAll("memories") Remembered one, @ForAll("memories") Remembered other) {
        for (Remembered next : List.of(one, other, one)) {
            memory.write(memory.read(NOW), next, NOW);
            assertThat(memory.read(NOW)).isEqualTo(next);
        }
    }

    @Property(tries = 20)
    void ownersShareNothing(@ForAll("memories") Remembered one, @ForAll("memories") Remembered other) {
        PlanMemory neighbour = new PlanMemory(database, "ffffffff", SETTLE);
        memory.write(memory.read(NOW), one, NOW);
        neighbour.write(neighbour.read(NOW), other, NOW);

        assertThat(memory.read(NOW)).isEqualTo(one);
        assertThat(neighbour.read(NOW)).isEqualTo(other);
    }

    @Example
    void onlyWhatDiffersIsWritten() {
        Remembered same = new Remembered(
                Map.of("a", new Absence(NOW, 1, Set.of(LocalDate.parse("2026-09-14")))),
                Map.of(),
                List.of(),
                Set.of("a", "b"),
                null,
                Map.of("a", "7"),
                Map.of("b", NOW),
                "rules");
        memory.write(Remembered.NOTHING, same, NOW);
        database.update("CREATE TABLE touched (id TEXT)");
        for (String table : List.of("absence", "seen", "renumbered", "marked", "selection")) {
            for (String change : List.of("INSERT", "UPDATE", "DELETE")) {
                note(database, change, table);
            }
        }

        memory.write(same, same, NOW);
        assertThat(touched()).isEmpty();

        memory.write(same, same.withSeen(Set.of("a", "c")), NOW);
        assertThat(touched()).containsExactlyInAnyOrder("DELETE", "INSERT");
    }

    /** What it held may have been among what is absent: two reads are then not known to follow each other. */
    @Example
    void aTimetableThatWasNeverComparedBeginsEveryAbsenceAnew() {
        memory.comparing();
        Remembered absent = new Remembered(
                Map.of("a", new Absence(NOW, 1, Set.of(LocalDate.parse("2026-09-14")))),
                Map.of(),
                List.of(),
                Set.of(),
                null);
        memory.write(Remembered.NOTHING, absent, NOW);

        memory.comparing();
        assertThat(memory.read(NOW)).as("it may still be compared").isEqualTo(absent);
        memory.write(absent, absent, NOW);
        memory.comparing();
        assertThat(memory.read(NOW)).as("the one before was compared").isEqualTo(absent);
        memory.comparing();
        assertThat(memory.read(NOW).absences()).isEmpty();
    }

    @Example
    void aSpellingIsLearnedAndForgotten() {
        String sent = Json.write(Fixtures.event("r").withId("a"));
        database.update(
                "INSERT INTO written (owner, slot, kind, event, at, spelling) VALUES ('0a1b2c3d', 'r', 'CREATE', ?, ?, 1)",
                sent,
                NOW.toEpochMilli());
        Remembered before = memory.read(NOW);
        Spelling learned = new Spelling(
                before.spellings().get("r").sent(),
                null,
                Fixtures.event("r").withId("a").withName("BASES DE DONNÉES"));

        memory.write(before, with(before, Map.of("r", learned)), NOW);
        assertThat(memory.read(NOW).spellings()).containsExactly(Map.entry("r", learned));

        Instant later = NOW.plus(SETTLE);
        memory.write(
                memory.read(later), with(memory.read(later), memory.read(later).spellings()), later);
        assertThat(memory.read(later).spellings()).as("outlives its settling").containsKey("r");
        assertThat(memory.read(later).settling()).isEmpty();

        memory.write(memory.read(later), with(memory.read(later), Map.of()), later);
        assertThat(memory.read(later)).isEqualTo(Remembered.NOTHING);
        assertThat(database.query("SELECT slot FROM written", row -> row.getString(1)))
                .as("should ECAL speak of a conflict, it is our own")
                .hasSize(1);

        Instant muchLater = NOW.plus(Duration.ofDays(90));
        memory.write(memory.read(muchLater), memory.read(muchLater), muchLater);
        assertThat(database.query("SELECT slot FROM written", row -> row.getString(1)))
                .as("the wall clock alone makes nothing old")
                .hasSize(1);
        database.update("INSERT INTO day VALUES (90, 0, 0, 0)");
        memory.write(memory.read(muchLater), memory.read(muchLater), muchLater);
        assertThat(database.query("SELECT slot FROM written", row -> row.getString(1)))
                .as("nothing is kept for nothing")
                .isEmpty();
    }

    private static Remembered with(Remembered memory, Map<String, Spelling> spellings) {
        return memory.withSpellings(spellings);
    }

    private List<String> touched() {
        return database.query("SELECT id FROM touched", row -> row.getString(1));
    }

    @Provide
    Arbitrary<Remembered> memories() {
        Arbitrary<String> ids = Arbitraries.integers().between(1, 8).map(Fixtures::id);
        Arbitrary<Instant> instants =
                Arbitraries.longs().between(0, 4_102_444_800_000L).map(Instant::ofEpochMilli);
        Arbitrary<Set<LocalDate>> days = Arbitraries.integers()
                .between(0, 400)
                .map(day -> LocalDate.parse("2026-09-01").plusDays(day))
                .set()
                .ofMinSize(1)
                .ofMaxSize(4);
        Arbitrary<Absence> absences = Combinators.combine(
                        instants, Arbitraries.integers().between(1, 100), days)
                .as(Absence::new);
        return Combinators.combine(
                        Arbitraries.maps(ids, absences).ofMaxSize(8),
                        ids.set().ofMaxSize(8),
                        instants.injectNull(0.5),
                        Arbitraries.maps(ids, Arbitraries.of("1", "2", "c12345678"))
                                .ofMaxSize(8),
                        Arbitraries.maps(ids, instants).ofMaxSize(8),
                        Arbitraries.of("", "0123456789ab"))
                .as((absence, seen, shrunk, renumbered, marked, selection) -> new Remembered(
                        new HashMap<>(absence),
                        Map.of(),
                        List.of(),
                        seen,
                        shrunk,
                        new HashMap<>(renumbered),
                        new HashMap<>(marked),
                        selection));
    }

    /** From now on, {@code touched} gets a row for each such change. */
    void note(Database noting, String change, String table) {
        noting.update("CREATE TRIGGER " + table + change + " AFTER " + change + " ON " + table
                + " BEGIN INSERT INTO touched VALUES ('" + change + "'); END");
    }

    /** Of the engine that is tried. */
    Database database(Path folder) {
        return Database.open(folder);
    }
}
