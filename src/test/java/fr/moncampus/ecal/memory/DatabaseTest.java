package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.time.WatchedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final List<String> OLD_SCHEMA = List.of(
            "CREATE TABLE IF NOT EXISTS written (owner TEXT NOT NULL, slot TEXT NOT NULL, kind TEXT NOT NULL, event TEXT NOT NULL, before TEXT, at INTEGER NOT NULL, settling INTEGER NOT NULL DEFAULT 1, spelling INTEGER NOT NULL DEFAULT 0, seen TEXT, PRIMARY KEY (owner, slot)) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS run (config TEXT NOT NULL, id TEXT NOT NULL, started INTEGER NOT NULL, finished INTEGER NOT NULL, success INTEGER NOT NULL, result TEXT NOT NULL, held TEXT NOT NULL, PRIMARY KEY (config, id)) WITHOUT ROWID",
            "CREATE INDEX IF NOT EXISTS run_started ON run (config, started)",
            "CREATE TABLE IF NOT EXISTS journal (config TEXT NOT NULL, run TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, method TEXT NOT NULL, why TEXT, before TEXT, after TEXT, outcome TEXT, PRIMARY KEY (config, run, number)) WITHOUT ROWID",
            "CREATE INDEX IF NOT EXISTS journal_at ON journal (at)");

    @TempDir
    private Path folder;

    @Test
    void folderAndFilesCanBeReadByTheirOwnerOnly() throws Exception {
        Path data = folder.resolve("new/data");
        try (Database database = Database.open(data)) {
            database.update("INSERT INTO seen VALUES ('o', 'a')");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            try (var files = Files.list(data)) {
                assertThat(files)
                        .isNotEmpty()
                        .allMatch(file -> permissions(file).equals("rw-------"));
            }
        }
    }

    /** Seen as a hang of two runs that began together: the first that ended locked the count of days, then wanted the database. */
    @Test
    void aRunThatEndsAndAWriteThatBeginsNeverWaitForEachOther() throws Exception {
        try (Database database = Database.open(folder)) {
            WatchedClock clock = WatchedClock.of(Clock.systemUTC());
            CountDownLatch writing = new CountDownLatch(1);
            Thread ends = new Thread(() -> database.days().pass(clock));
            Thread writes = new Thread(() -> database.transaction(() -> {
                writing.countDown();
                while (ends.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
                database.days().pass(clock);
            }));
            // what waits for ever must not keep the tests from ending
            ends.setDaemon(true);
            writes.setDaemon(true);

            writes.start();
            writing.await();
            ends.start();

            for (Thread thread : List.of(writes, ends)) {
                thread.join(Duration.ofSeconds(20).toMillis());
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void whatWasWrittenIsThereWhenItIsOpenedAgain() {
        try (Database database = Database.open(folder)) {
            database.update("INSERT INTO seen VALUES (?, ?)", "o", "a");
        }
        try (Database database = Database.open(folder)) {
            assertThat(seen(database)).containsExactly("a");
        }
    }

    /** Each commit is synced to the disk: SQLite's documentation, "PRAGMA synchronous", 2 is FULL. */
    @Test
    void aPowerCutLosesNothingThatWasNoted() {
        try (Database database = Database.open(folder)) {
            assertThat(database.query("PRAGMA synchronous", row -> row.getInt(1)))
                    .containsExactly(2);
        }
    }

    @Test
    void aTransactionIsAllOrNothing() {
        try (Database database = Database.open(folder)) {
            assertThatThrownBy(() -> database.transaction(() -> {
                        database.update("INSERT INTO seen VALUES ('o', 'a')");
                        throw new SQLException("full");
                    }))
                    .isInstanceOf(MemoryException.class);
            assertThat(seen(database)).isEmpty();
        }
    }

    @Test
    void severalProcessesMayUseOneFile() {
        try (Database one = Database.open(folder);
                Database other = Database.open(folder)) {
            one.update("INSERT INTO seen VALUES ('o', 'a')");
            other.update("INSERT INTO seen VALUES ('o', 'b')");
            assertThat(seen(one)).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void whatASlowReaderMadeGrowBecomesSmallAgain() throws Exception {
        Path wal = folder.resolve(Database.FILE + "-wal");
        String event = "x".repeat(100_000);
        try (Database database = Database.open(folder);
                Connection reader = DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve(Database.FILE).toAbsolutePath())) {
            reader.setAutoCommit(false);
            try (Statement statement = reader.createStatement();
                    ResultSet look = statement.executeQuery("SELECT count(*) FROM seen")) {
                assertThat(look.getInt(1)).isZero();
                for (int i = 0; i < 100; i++) {
                    database.update("INSERT INTO seen VALUES (?, ?)", event, i);
                }
            }
            assertThat(wal).satisfies(file -> assertThat(Files.size(file)).isGreaterThan(2L * Sqlite.MAX_WAL_BYTES));
            reader.commit();
            for (int i = 0; i < 2; i++) {
                database.update("INSERT INTO seen VALUES ('o', ?)", i);
            }

            assertThat(wal).satisfies(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(Sqlite.MAX_WAL_BYTES));
        }
    }

    @Test
    void aDamagedFileIsSetAsideAndANewMemoryBegins() throws Exception {
        Files.writeString(folder.resolve(Database.FILE), "not a database ".repeat(100));

        try (Database database = Database.open(folder);
                var files = Files.list(folder)) {
            assertThat(seen(database)).isEmpty();
            assertThat(files.filter(file -> file.getFileName().toString().startsWith(Database.FILE + ".abime-")))
                    .singleElement()
                    .satisfies(aside -> assertThat(aside).content().startsWith("not a database"));
        }
    }

    @Test
    void soIsAFileThatIsDamagedInTheMiddleAndOneThatFollowsItInTheSameSecond() throws Exception {
        Path file = folder.resolve(Database.FILE);
        for (int i = 0; i < 3; i++) {
            try (Database database = Database.open(folder)) {
                assertThat(seen(database)).isEmpty();
                for (int row = 0; row < 200; row++) {
                    database.update("INSERT INTO seen VALUES (?, ?)", "x".repeat(500), row);
                }
            }
            byte[] bytes = Files.readAllBytes(file);
            for (int at = bytes.length / 2; at < bytes.length; at++) {
                bytes[at] = (byte) 0xFF;
            }
            Files.write(file, bytes);
        }

        try (Database database = Database.open(folder);
                var files = Files.list(folder)) {
            assertThat(seen(database)).isEmpty();
            assertThat(files.map(each -> each.getFileName().toString())
                            .filter(name -> name.matches("moncampus-ecal\\.db\\.abime-\\d{8}-\\d{6}(_\\d)?")))
                    .hasSize(3);
        }
    }

    @Test
    void whereNoFolderCanBeThereIsAClearMessage() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(refusal(file.resolve("data"))).hasMessageContainingAll("file", "accessible en écriture");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path locked = Files.createDirectory(
                folder.resolve("locked"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
        assumeThat(Files.isWritable(locked)).as("root may write everywhere").isFalse();

        assertThat(refusal(locked)).hasMessageContainingAll("locked", "accessible en écriture");
    }

    /** As the version before made it, with a run of a clock that was a century ahead. */
    @Test
    void aFileOfTheVersionBeforeIsOpenedAndGoesOn() throws Exception {
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Database.FILE));
                Statement statement = old.createStatement()) {
            for (String command : OLD_SCHEMA) {
                statement.execute(command);
            }
            statement.execute(
                    "INSERT INTO run VALUES ('a', 'second', 2000, 2001, 1, '{}', '[]'),"
                            + " ('a', 'ahead', 4918406400000, 4918406400001, 1, '{}', '[]'), ('a', 'first', 1000, 1001, 1, '{}', '[]')");
            statement.execute(
                    "INSERT INTO journal VALUES ('a', 'second', 1, 2000, 'PUT', NULL, NULL, NULL, 'UPDATED'),"
                            + " ('a', 'first', 2, 1000, 'DELETE', NULL, NULL, NULL, NULL), ('a', 'first', 1, 1000, 'POST', 'why', NULL, NULL, NULL)");
            statement.execute(
                    "INSERT INTO written (owner, slot, kind, event, at) VALUES ('o', 'r', 'CREATE', 'null', 5)");
        }
        for (int time = 0; time < 2; time++) {
            try (Database database = Database.open(folder)) {
                History history = new History(database, "a");
                history.add(new History.Entry(
                        "new" + time, Instant.EPOCH, Instant.EPOCH, false, RunResult.refused("a"), List.of()));
                assertThat(history.last(9))
                        .extracting(History.Entry::id)
                        .endsWith("new0", "second", "first", "ahead")
                        .startsWith("new" + time);
                assertThat(new Journal(database, "a", Clock.systemUTC()).entries(9))
                        .extracting(Journal.Entry::method)
                        .containsExactly("PUT", "DELETE", "POST");
                assertThat(database.query("SELECT slot FROM written WHERE day = 0", row -> row.getString(1)))
                        .containsExactly("r");
            }
        }
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Database.FILE));
                Statement statement = old.createStatement()) {
            for (String command : OLD_SCHEMA) {
                statement.execute(command);
            }
            statement.execute("INSERT OR REPLACE INTO run VALUES ('a', 'old program', 1, 1, 1, '{}', '[]')");
        }
        try (Database database = Database.open(folder)) {
            assertThat(new History(database, "a").last(1).get(0).id())
                    .as("the version before can go on with it, too")
                    .isEqualTo("old program");
        }
    }

    private static MemoryException refusal(Path folder) {
        return catchThrowableOfType(
                MemoryException.class, () -> Database.open(folder).close());
    }

    private static List<String> seen(Database database) {
        return database.query("SELECT id FROM seen", row -> row.getString(1));
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
