package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
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
            assertThat(wal).satisfies(file -> assertThat(Files.size(file)).isGreaterThan(2L * Database.MOST_WAL_BYTES));
            reader.commit();
            for (int i = 0; i < 2; i++) {
                database.update("INSERT INTO seen VALUES ('o', ?)", i);
            }

            assertThat(wal)
                    .satisfies(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(Database.MOST_WAL_BYTES));
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
