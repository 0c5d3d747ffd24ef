package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs from a file: others who write at the same time, a server that may be away. */
class PostgresTest {
    @TempDir
    private Path folder;

    @Test
    void processesThatStartAtOnceMakeOneMemory() {
        MemoryPlace place = PostgresServer.shared().newPlace(folder);
        List<Database> all = IntStream.range(0, 3)
                .mapToObj(each -> CompletableFuture.supplyAsync(() -> Database.open(place)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        all.get(0).update("INSERT INTO seen VALUES ('o', 'a')");
        for (Database database : all) {
            assertThat(database.query("SELECT id FROM seen", row -> row.getString(1)))
                    .containsExactly("a");
            database.close();
        }
    }

    @Test
    void aTransactionIsAllOrNothing() {
        try (Database database = Database.open(PostgresServer.shared().newPlace(folder))) {
            assertThatThrownBy(() -> database.transaction(() -> {
                        database.update("INSERT INTO seen VALUES ('o', 'a')");
                        throw new SQLException("full");
                    }))
                    .isInstanceOf(MemoryException.class);
            assertThat(database.query("SELECT id FROM seen", row -> row.getString(1)))
                    .isEmpty();
        }
    }

    @Test
    void whatIsReadInATransactionAboutOneThingStillHoldsAsItWrites() {
        try (Database database = Database.open(PostgresServer.shared().newPlace(folder))) {
            List<CompletableFuture<Void>> threads = IntStream.range(0, 6)
                    .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < 20; i++) {
                            database.transaction("counting", () -> {
                                int next = database.query(
                                                "SELECT COALESCE(MAX(reads), 0) + 1 FROM absence", row -> row.getInt(1))
                                        .get(0);
                                database.update("INSERT INTO absence VALUES ('o', ?, 0, ?, '')", "id" + next, next);
                            });
                        }
                    }))
                    .toList();
            threads.forEach(CompletableFuture::join);
            assertThat(database.query("SELECT COUNT(*) FROM absence", row -> row.getInt(1)))
                    .containsExactly(120);
        }
    }

    @Test
    void aTextOfTheSchoolMayHoldAnything() {
        try (Database database = Database.open(PostgresServer.shared().newPlace(folder))) {
            History history = new History(database, "alice");
            assertThat(history.failed("row\0 \uD800", "é\0", Instant.EPOCH)).isTrue();
            assertThat(history.open()).hasSize(1);
        }
    }

    @Test
    void aDatabaseOfThisMachineHasItsTime() {
        try (Database database = Database.open(PostgresServer.shared().newPlace(folder))) {
            assertThat(database.clockOffset().abs()).isLessThan(Duration.ofSeconds(5));
        }
    }

    /** A process that is stopped in the middle, or a line that is cut, keeps nobody waiting for ever. */
    @Test
    void nothingThatTheServerDoesForUsLastsForEver() throws Exception {
        try (Database database = Database.open(PostgresServer.shared().newPlace(folder))) {
            Map<String, String> settings = Map.of(
                    "statement_timeout", "30s",
                    "lock_timeout", "15s",
                    "idle_in_transaction_session_timeout", "10s",
                    "application_name", "moncampus-ecal");
            settings.forEach((name, value) -> assertThat(database.query("SHOW " + name, row -> row.getString(1)))
                    .as(name)
                    .containsExactly(value));
            HikariDataSource pool = (HikariDataSource) database.pool();
            assertThat(pool.getDataSourceProperties())
                    .containsEntry("connectTimeout", "10")
                    .containsEntry("socketTimeout", "40")
                    .containsEntry("tcpKeepAlive", "true");
            assertThat(pool.getConnectionTimeout()).isEqualTo(10_000);
            assertThat(pool.getInitializationFailTimeout()).isEqualTo(10_000);
            assertThat(pool.getMaximumPoolSize()).isEqualTo(10);
            assertThat(pool.getMinimumIdle()).isEqualTo(1);
            assertThat(pool.getIdleTimeout()).isEqualTo(60_000);
        }
    }

    /** Or whoever takes over its run waits for its locks in vain, and the calendar for the run after that. */
    @Test
    void whoStallsInTheMiddleOfATransactionIsOutOfTheWayBeforeItsRunIsAnothers() throws Exception {
        MemoryPlace place = PostgresServer.shared().newPlace(folder);
        try (Proxy proxy = new Proxy(PostgresServer.shared().port());
                Database far = Database.open(PostgresServer.by(place, proxy.port()));
                Database near = Database.open(place)) {
            assertThatThrownBy(() -> far.transaction("alice", () -> {
                        far.update("INSERT INTO seen VALUES ('o', 'far')");
                        proxy.stall();
                        try {
                            near.transaction("alice", () -> near.update("INSERT INTO seen VALUES ('o', 'near')"));
                        } finally {
                            proxy.cut();
                        }
                    }))
                    .isInstanceOf(MemoryException.class);

            assertThat(near.query("SELECT id FROM seen", row -> row.getString(1)))
                    .containsExactly("near");
        }
    }

    @Test
    void whatIsClosedHoldsNoConnectionAndNoLock() throws Exception {
        MemoryPlace place = PostgresServer.shared().newPlace(folder);
        Database one = Database.open(place);
        DataSource pool = one.pool();
        try (Database shared = Database.on(pool, place)) {
            assertThat(shared.pool()).isSameAs(pool);
            assertThat(one.locks().tryTake("alice")).isNotNull();
            assertThat(shared.locks().tryTake("bob")).isNotNull();
        }
        one.check();
        try (Database other = Database.open(place)) {
            one.close();
            for (String lock : List.of("alice", "bob")) {
                assertThat(other.locks().take(lock, Duration.ofSeconds(30), () -> true))
                        .as(lock)
                        .isNotNull();
            }
        }
        assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class);
    }

    @Test
    void aWrongPasswordOrAMissingDatabaseIsSaid() {
        MemoryPlace place = PostgresServer.shared().newPlace(folder);
        assertThatThrownBy(() -> Database.open(new MemoryPlace(folder, place.url(), place.user(), "nein")))
                .isInstanceOf(MemoryException.class)
                .hasMessageContainingAll("MEMORY_PASSWORD", place.url())
                .hasMessageNotContaining("nein");
        assertThatThrownBy(
                        () -> Database.open(new MemoryPlace(folder, place.url() + "x", place.user(), place.password())))
                .isInstanceOf(MemoryException.class)
                .hasMessageContaining("n'existe pas");
    }

    @ParameterizedTest
    @CsvSource({
        "08006, ne répond pas",
        "28P01, MEMORY_USER",
        "3D000, créez-la",
        "42501, posséder",
        "53100, manque de place",
        "57P01, redémarre",
        "57014, occupé",
        "55P03, occupé",
        "25P03, suspendu",
        "25006, lecture seule",
        "XX000, so ein Ding."
    })
    void eachTroubleHasItsWords(String state, String words) {
        assertThat(PostgresTroubles.reason(new SQLException("so ein Ding\nDetail", state)))
                .contains(words)
                .doesNotContain("Detail");
    }

    @Test
    void aTroubleIsTheServersWhoeverReportsIt() {
        assertThat(PostgresTroubles.reason(new IllegalStateException(
                        "wrapped", new SQLException("outer", new SQLException("so ein Ding", "28P01")))))
                .contains("MEMORY_USER");
        assertThat(PostgresTroubles.reason(new SQLException("no state"))).contains("ne répond pas");
        assertThat(PostgresTroubles.reason(new IllegalStateException("why"))).isEqualTo("why.");
        assertThat(PostgresTroubles.reason(new IOException("Not a directory"))).contains("dossier", "Not a directory");
        assertThat(PostgresTroubles.reason(new SQLException(null, "XX000"))).isEqualTo("null.");
    }

    @Test
    void aTransactionInsideAnotherIsPartOfIt() {
        try (Database database = Database.open(PostgresServer.shared().newPlace(folder))) {
            assertThatThrownBy(() -> database.transaction("one", () -> {
                        database.transaction("two", () -> database.update("INSERT INTO seen VALUES ('o', 'a')"));
                        assertThat(database.query("SELECT id FROM seen", row -> row.getString(1)))
                                .containsExactly("a");
                        throw new SQLException("full");
                    }))
                    .isInstanceOf(MemoryException.class);
            assertThat(database.query("SELECT id FROM seen", row -> row.getString(1)))
                    .isEmpty();
            database.transaction(() -> database.update("INSERT INTO seen VALUES ('o', 'b')"));
            assertThat(database.query("SELECT id FROM seen", row -> row.getString(1)))
                    .containsExactly("b");
        }
    }
}
