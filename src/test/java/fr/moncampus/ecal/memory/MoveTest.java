package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.moncampus.LoginHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoveTest {
    /** Texts as a school, a user or a hostile server may send them. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "é ü 漢字 \uD83D\uDE00",
            "'; DROP TABLE run; --",
            "a\tb\nc\r\\\\N\\.",
            "{\"a\": [null, \"\\u0000\"]}",
            "\"quoted\", $1 ? :name ${word}",
            "x".repeat(10_000));

    private static final long[] NUMBERS = {0, 1, -1, Integer.MAX_VALUE + 1L, Long.MAX_VALUE, Long.MIN_VALUE};

    @TempDir
    private Path folder;

    private MemoryPlace shared;
    private Path start;
    private Path end;

    private record Column(String name, boolean isText, boolean isBytes, boolean mayBeNull) {}

    @BeforeEach
    void prepare() {
        shared = PostgresServer.shared().newPlace(folder);
        start = folder.resolve("é start");
        end = folder.resolve("end");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyRowOfEveryTableGoesToPostgresAndBack(long seed) {
        Random random = new Random(seed);
        try (Database file = Database.open(start)) {
            tables(file).forEach(table -> fill(file, table, random));
        }
        Map<String, List<String>> before = contents(MemoryPlace.in(start));
        assertThat(before)
                .hasSizeGreaterThan(12)
                .allSatisfy((table, rows) -> assertThat(rows).isNotEmpty());

        List<Move.Count> there = Move.intoShared(List.of(start), null, shared);
        List<Move.Count> back = Move.intoFile(shared, end);

        assertThat(contents(shared, before)).isEqualTo(before);
        assertThat(contents(MemoryPlace.in(end))).isEqualTo(before);
        assertThat(contents(MemoryPlace.in(start)))
                .as("what it came from is left alone")
                .isEqualTo(before);
        assertThat(there).isEqualTo(back);
        before.forEach((table, rows) -> assertThat(there).contains(new Move.Count(table, rows.size(), rows.size())));
    }

    @Test
    void whatPostgresCannotHoldInATextIsReplacedAndNothingElse() {
        try (Database file = Database.open(start)) {
            file.update("INSERT INTO failure VALUES ('a', ?, ?, 0)", "row\0 1", "m\0");
        }
        Move.intoShared(List.of(start), null, shared);
        try (Database database = Database.open(shared)) {
            assertThat(database.query("SELECT subject || message FROM failure", row -> row.getString(1)))
                    .containsExactly("row\uFFFD 1m\uFFFD");
        }
    }

    @Test
    void rowsThatComeAfterTheMoveAreCountedOn() {
        try (Database file = Database.open(start)) {
            insertRun(file, "first");
            file.update("INSERT INTO jump (process, at, moved) VALUES ('p', 1, 2)");
        }
        Move.intoShared(List.of(start), null, shared);
        try (Database database = Database.open(shared)) {
            insertRun(database, "second");
            database.update("INSERT INTO jump (process, at, moved) VALUES ('p', 1, 2)");
            assertThat(database.query("SELECT id FROM run ORDER BY rowid", row -> row.getString(1)))
                    .containsExactly("first", "second");
            assertThat(database.query("SELECT number FROM jump ORDER BY number", row -> row.getInt(1)))
                    .containsExactly(1, 2);
        }
    }

    @Test
    void aTargetThatHoldsAnythingIsRefusedSoThatASecondMoveChangesNothing() {
        try (Database file = Database.open(start)) {
            file.update("INSERT INTO seen VALUES ('o', 'a')");
        }
        Move.intoShared(List.of(start), null, shared);
        Map<String, List<String>> there = contents(shared);
        try (Database file = Database.open(start)) {
            file.update("INSERT INTO seen VALUES ('o', 'b')");
        }
        assertThatThrownBy(() -> Move.intoShared(List.of(start), null, shared))
                .isInstanceOf(MemoryException.class)
                .hasMessageContaining("n'est pas vide");
        assertThatThrownBy(() -> Move.intoFile(shared, start))
                .isInstanceOf(MemoryException.class)
                .hasMessageContaining("n'est pas vide");
        assertThat(contents(shared)).isEqualTo(there);
    }

    @Test
    void aMoveThatFailsHalfWayLeavesNothingBehind() {
        try (Database file = Database.open(start)) {
            file.update("INSERT INTO absence VALUES ('o', 'a', 1, 1, '')");
            // sorts behind all others, and has no place in the target
            file.update("CREATE TABLE zebra (a TEXT)");
            file.update("INSERT INTO zebra VALUES ('a')");
        }
        Map<String, List<String>> before = contents(MemoryPlace.in(start));
        assertThatThrownBy(() -> Move.intoShared(List.of(start), null, shared)).isInstanceOf(MemoryException.class);
        assertThat(contents(shared).values())
                .allSatisfy(rows -> assertThat(rows).isEmpty());
        assertThat(contents(MemoryPlace.in(start))).isEqualTo(before);

        try (Database database = Database.open(shared)) {
            database.update("INSERT INTO absence VALUES ('o', 'a', 1, 1, '')");
            // a file takes no second row of the same name
            database.update("ALTER TABLE seen DROP CONSTRAINT seen_pkey");
            database.update("INSERT INTO seen VALUES ('o', 'a'), ('o', 'a')");
        }
        assertThatThrownBy(() -> Move.intoFile(shared, end)).isInstanceOf(MemoryException.class);
        assertThat(contents(MemoryPlace.in(end)).values())
                .allSatisfy(rows -> assertThat(rows).isEmpty());
    }

    @Test
    void nothingIsMovedWhileSomebodyHasTheFileOpen() {
        try (Database file = Database.open(start)) {
            file.update("INSERT INTO seen VALUES ('o', 'a')");
            assertThatThrownBy(() -> Move.intoShared(List.of(start), null, shared))
                    .isInstanceOf(MemoryException.class)
                    .hasMessageContaining("arrêtez");
        }
        assertThat(contents(shared).get("seen")).isEmpty();
    }

    @Test
    void nothingIsMovedWhileARunOrAProcessOfTheClusterHoldsALock() {
        Database.open(start).close();
        try (Database database = Database.open(shared);
                Nodes node = new Nodes(database, "a")) {
            node.announce();
            assertThatThrownBy(() -> Move.intoShared(List.of(start), null, shared))
                    .isInstanceOf(MemoryException.class)
                    .hasMessageContaining("arrêtez");
            assertThatThrownBy(() -> Move.intoFile(shared, end))
                    .isInstanceOf(MemoryException.class)
                    .hasMessageContaining("arrêtez");
        }
        assertThat(Move.intoShared(List.of(start), null, shared)).isNotEmpty();
    }

    /** The file's disk may be slow, and the database waits for it. */
    @Test
    void aMoveIsNotTakenForAProcessThatStalls() {
        try (Database database = Database.open(shared)) {
            database.transaction(() -> {
                Reservation.shared(database, shared, List.of("run"));
                assertThat(database.query("SHOW idle_in_transaction_session_timeout", row -> row.getString(1)))
                        .containsExactly("0");
            });
        }
    }

    @Test
    void anAddressWithParametersKeepsThem() {
        try (Database source = Database.open(shared)) {
            source.update("INSERT INTO seen VALUES ('o', 'a')");
        }
        MemoryPlace withParameter =
                new MemoryPlace(folder, shared.url() + "?connectTimeout=7", shared.user(), shared.password());

        assertThat(Move.intoFile(withParameter, end)).contains(new Move.Count("seen", 1, 1));
    }

    @Test
    void theFileThatIsMadeIsItsOwnersOnlyInAFolderThatNeedNotBeThere() throws Exception {
        Path deep = end.resolve("deep/er");

        Move.intoFile(shared, deep);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deep.resolve(Database.FILE))))
                .isEqualTo("rw-------");
    }

    @Test
    void whereThereIsNoFileNothingIsMade() {
        assertThatThrownBy(() -> Move.intoShared(List.of(start), null, shared))
                .isInstanceOf(MemoryException.class)
                .hasMessageContaining("pas de mémoire");
        assertThat(start).doesNotExist();
    }

    /** As containers have them: a folder each, and one for the logins. */
    @Test
    void severalFilesBecomeOneMemory() {
        Path logins = folder.resolve("logins");
        LoginHistory refused = new LoginHistory("salt:hash", Instant.EPOCH, List.of(Instant.EPOCH), Instant.EPOCH);
        List<Path> folders = List.of(folder.resolve("alice"), folder.resolve("bob"));
        for (Path each : folders) {
            try (Database file = Database.open(each)) {
                insertRun(file, each.getFileName().toString());
                file.update(
                        "INSERT INTO written (owner, slot, kind, event, at, day) VALUES (?, 's', 'CREATE', '{}', 5, 77)",
                        each.getFileName().toString());
                file.update("INSERT INTO day VALUES (77, 1, 1, 1)");
                new LoginStore(file).update("both@cas", old -> LoginHistory.NOTHING);
            }
        }
        try (Database file = Database.open(logins)) {
            new LoginStore(file).update("both@cas", old -> refused);
        }
        Move.intoShared(folders, logins, shared);
        try (Database database = Database.open(shared)) {
            assertThat(database.query("SELECT id FROM run ORDER BY rowid", row -> row.getString(1)))
                    .containsExactly("alice", "bob");
            // of no day yet: they are kept 90 days more
            assertThat(database.query("SELECT owner || at || day FROM written ORDER BY owner", row -> row.getString(1)))
                    .containsExactly("alice50", "bob50");
            assertThat(database.query("SELECT * FROM day", row -> row.getString(1)))
                    .isEmpty();
            List<LoginHistory> found = new ArrayList<>();
            new LoginStore(database).update("both@cas", old -> {
                found.add(old);
                return old;
            });
            assertThat(found).containsExactly(refused);
        }
    }

    @Test
    void tensOfThousandsOfRowsTakeSeconds() {
        try (Database file = Database.open(start)) {
            file.update("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20050)"
                    + " INSERT INTO journal (config, run, number, at, method) SELECT 'a', 'r', i, i, 'POST' FROM n");
        }
        long began = System.nanoTime();
        assertThat(Move.intoShared(List.of(start), null, shared)).contains(new Move.Count("journal", 20050, 20050));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
    }

    private static void insertRun(Database database, String name) {
        database.update(
                "INSERT INTO run (config, id, started, finished, success, result, held) VALUES (?, ?, 1, 2, 1, '{}', '[]')",
                name,
                name);
    }

    private static List<String> tables(Database file) {
        return file.query(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                row -> row.getString(1));
    }

    private static List<Column> columns(Database file, String table) {
        return file.query(
                "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)",
                row -> {
                    String type = row.getString(2);
                    return new Column(
                            row.getString(1),
                            type.equals("TEXT"),
                            type.equals("BLOB"),
                            row.getInt(3) == 0 && row.getInt(4) == 0);
                },
                table);
    }

    /** A key is made of the row's number and anything. */
    private static void fill(Database file, String table, Random random) {
        List<Column> columns = columns(file, table);
        int rows = 1 + random.nextInt(250);
        for (int i = 0; i < rows; i++) {
            int number = i;
            Object[] values = columns.stream()
                    .map(column -> value(column, number, random))
                    .toArray();
            file.update(
                    "INSERT INTO " + table + " ("
                            + columns.stream().map(Column::name).collect(Collectors.joining(", ")) + ") VALUES ("
                            + String.join(", ", Collections.nCopies(values.length, "?")) + ")",
                    values);
            if (random.nextInt(5) == 0 && (table.equals("run") || table.equals("journal"))) {
                // numbers of rows have gaps
                file.update("DELETE FROM " + table + " WHERE rowid = (SELECT MAX(rowid) - 1 FROM " + table + ")");
            }
        }
    }

    private static Object value(Column column, int number, Random random) {
        if (column.mayBeNull() && random.nextInt(3) == 0) {
            return null;
        }
        if (column.isBytes()) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            return bytes;
        }
        if (column.name().equals("result")) {
            return "{\"created\": %d, \"updated\": 0, \"deleted\": 1, \"millis\": 5, \"error\": \"é \\u0000\"}"
                    .formatted(random.nextInt());
        }
        if (column.isText()) {
            String text = TEXTS.get(random.nextInt(TEXTS.size()));
            // a key's index has no room for more
            return column.mayBeNull() ? text : number + text.substring(0, Math.min(100, text.length()));
        }
        return column.name().equals("number") ? (Long) (long) number + 1 : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private Map<String, List<String>> contents(MemoryPlace place) {
        Path template = folder.resolve("template");
        try (Database file = Database.open(template)) {
            return contents(place, tables(file).stream().collect(Collectors.toMap(table -> table, table -> List.of())));
        }
    }

    /** Of each of these tables, the rows as text, in the order of a file's columns. */
    private Map<String, List<String>> contents(MemoryPlace place, Map<String, ?> tables) {
        Map<String, List<String>> contents = new TreeMap<>();
        try (Database file = Database.open(folder.resolve("template"));
                Database database = Database.open(place)) {
            for (String table : tables.keySet()) {
                List<String> names = new ArrayList<>(
                        columns(file, table).stream().map(Column::name).toList());
                if (table.equals("run") || table.equals("journal")) {
                    names.add("rowid");
                }
                contents.put(
                        table,
                        database
                                .query(
                                        "SELECT " + String.join(", ", names) + " FROM " + table,
                                        row -> IntStream.rangeClosed(1, names.size())
                                                .mapToObj(i -> text(row, i))
                                                .collect(Collectors.joining(" | ")))
                                .stream()
                                .sorted()
                                .toList());
            }
        }
        return contents;
    }

    private static String text(ResultSet row, int column) {
        try {
            Object value = row.getObject(column);
            return value instanceof byte[] bytes
                    ? HexFormat.of().formatHex(bytes)
                    : value instanceof String ? "'" + value + "'" : String.valueOf(value);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
