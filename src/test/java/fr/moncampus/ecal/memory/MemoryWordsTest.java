package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.moncampus.LoginHistory;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;

/** What the memory says when it cannot be used, and what it keeps for how long. */
class MemoryWordsTest {
    private static final Instant NOW = Instant.parse("2026-10-05T06:00:00Z");

    @TempDir
    private Path folder;

    private Database database;
    private History history;

    @BeforeEach
    void open() {
        database = Database.open(folder);
        history = new History(database, "alice");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL, disque",
        "SQLITE_IOERR_WRITE, disque",
        "SQLITE_READONLY_DIRECTORY, protégé",
        "SQLITE_PERM, protégé",
        "SQLITE_CANTOPEN, protégé",
        "SQLITE_AUTH, protégé",
        "SQLITE_BUSY_SNAPSHOT, verrouille",
        "SQLITE_LOCKED, verrouille",
        "SQLITE_CORRUPT_INDEX, abîmé",
        "SQLITE_NOTADB, abîmé",
        "SQLITE_MISUSE, so ein Ding."
    })
    void eachTroubleHasItsWords(SQLiteErrorCode code, String words) {
        SQLException trouble = new SQLException("so ein Ding", null, code.code);

        assertThat(MemoryException.failed(SqliteTroubles.reason(trouble), trouble))
                .hasMessageContainingAll(words, "n'est pas envoyé")
                .hasCause(trouble);
        assertThat(MemoryException.unusable("/data", SqliteTroubles.reason(trouble), trouble))
                .hasMessageContainingAll(words, "/data")
                .hasCause(trouble);
        assertThat(SqliteTroubles.isDamage(trouble)).isEqualTo(words.equals("abîmé"));
    }

    @Test
    void aFolderThatCannotBeUsedIsSaidWithItsReason() {
        assertThat(SqliteTroubles.reason(new IOException("Not a directory")))
                .contains("Not a directory", "accessible en écriture");
    }

    @Test
    void aRunThatReachedItsEndIsToldFromOneThatDidNot() {
        assertThat(history.lastComplete()).isNull();
        history.add(entry("broken", NOW, "panne"));
        assertThat(history.lastComplete()).isNull();
        assertThat(history.completedBefore("other")).isFalse();

        History.Entry whole = entry("whole", NOW.minusSeconds(60), null);
        history.add(whole);
        assertThat(history.lastComplete()).isEqualTo(whole);
        assertThat(history.completedBefore("whole")).isFalse();
        assertThat(history.completedBefore("broken")).isTrue();
        assertThat(new History(database, "bob").completedBefore("broken")).isFalse();
    }

    @Test
    void whatIsNoEventOrNoLoginIsNamedWithTheFile() {
        database.update("INSERT INTO login (account, state) VALUES ('alice@cas', '{')");

        assertThatThrownBy(() -> new LoginStore(database).update("alice@cas", old -> LoginHistory.NOTHING))
                .isInstanceOf(MemoryException.class)
                .hasMessageContaining(Database.FILE);
        assertThatThrownBy(() -> Json.read("{"))
                .isInstanceOf(MemoryException.class)
                .hasMessageContaining(Database.FILE);
    }

    @Test
    void nothingIsNothing() {
        assertThat(Json.write(null)).isNull();
        assertThat((CalendarEvent) Json.read(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"'2026-13-01', 1", "'', 1"})
    void aMemoryWithADayThatIsNoneSaysWhatToDo(String days, int reads) {
        database.update("INSERT INTO absence VALUES ('o', 'a', 0, ?, ?)", reads, days);

        assertThatThrownBy(() -> new PlanMemory(database, "o", Duration.ofMinutes(15)).read(NOW))
                .isInstanceOf(MemoryException.class)
                .hasMessageContainingAll(Database.FILE, "illisible");
    }

    private static History.Entry entry(String id, Instant started, String error) {
        RunResult result = RunResult.refused("c", error == null ? null : new RunError(RunError.Kind.ECAL, error));
        return new History.Entry(
                id, started.truncatedTo(ChronoUnit.MILLIS), started.plusSeconds(5), error == null, result, List.of());
    }
}
