package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.memory.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the file of one machine to the database of several, and back. */
@Timeout(300)
class MoveMemoryIT {
    @TempDir
    private Path folder;

    private final Workplace workplace = new Workplace();
    private MemoryPlace shared;
    private Person alice;

    @BeforeEach
    void prepare() {
        shared = PostgresServer.shared().newPlace(folder);
        alice = workplace.person("alice", 5);
    }

    @AfterEach
    void close() {
        workplace.close();
    }

    private void useShared(boolean use) {
        workplace
                .environment("MEMORY_URL", use ? shared.url() : "")
                .environment("MEMORY_USER", use ? shared.user() : "")
                .environment("MEMORY_PASSWORD", use ? shared.password() : "");
    }

    @Test
    void afterAMoveThereOrBackASyncWritesNothingAndTheHistoryIsThere() throws Exception {
        assertThat(workplace.sync().exit()).isZero();
        long writes = alice.writes();

        useShared(true);
        Outcome moved = workplace.run("move-memory");
        assertThat(moved.exit()).as(moved.toString()).isZero();
        assertThat(moved.out()).containsPattern("journal +5 +5").containsPattern("run +1 +1");
        assertThat(moved.toString()).doesNotContain(shared.password());
        assertThat(Workplace.counts(workplace.sync().json("alice"))).isEqualTo(Map.of("unchanged", 5));
        assertThat(workplace.run("errors", "--journal").out()).contains("créé");

        Outcome second = workplace.run("move-memory");
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.err()).contains("n'est pas vide");

        Outcome back = workplace.run("move-memory", "--back", "--data", "other");
        assertThat(back.exit()).as(back.toString()).isZero();
        assertThat(back.out()).containsPattern("run +2 +2");
        useShared(false);
        Files.move(workplace.data(), workplace.folder().resolve("before"));
        Files.move(workplace.folder().resolve("other"), workplace.data());
        assertThat(Workplace.counts(workplace.sync().json("alice"))).isEqualTo(Map.of("unchanged", 5));
        assertThat(alice.writes()).isEqualTo(writes);
    }

    @Test
    void aRefusedPasswordIsNotTriedAgainAfterAMove() {
        alice.with("moncampus_password", "faux");
        workplace.sync();
        assertThat(alice.logins()).isEqualTo(1);
        useShared(true);
        assertThat(workplace.run("move-memory").exit()).isZero();
        workplace.sync();
        assertThat(alice.logins()).isEqualTo(1);
    }

    @Test
    void aSchedulerThatWaitsForItsNextRunIsInTheWayOfAMove() {
        alice.with("schedule", "0 0 3 1 1 ?");
        try (Program scheduler = workplace.start("run")) {
            scheduler.until(() -> alice.writes() == 5);
            useShared(true);
            Outcome refused = workplace.run("move-memory");
            assertThat(refused.exit()).as(refused.toString()).isEqualTo(1);
            assertThat(refused.err()).contains("arrêtez");
            scheduler.terminate().await();
        }
        assertThat(workplace.run("move-memory").exit()).isZero();

        try (Program node = workplace.start("run", "--data", "node")) {
            long logins = alice.logins();
            node.until(() -> alice.logins() > logins);
            Outcome refused = workplace.run("move-memory", "--back", "--data", "other");
            assertThat(refused.exit()).as(refused.toString()).isEqualTo(1);
            assertThat(refused.err()).contains("arrêtez");
        }
    }

    @Test
    void aMoveThatIsKilledInTheMiddleHasMovedNothingAndCanBeginAgain() throws SQLException {
        assertThat(workplace.sync().exit()).isZero();
        useShared(true);
        // makes the tables
        workplace.run("status");
        try (Connection connection = PostgresServer.connect(shared);
                Statement statement = connection.createStatement()) {
            // the last table, behind all others
            statement.execute("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS "
                    + "'BEGIN PERFORM pg_sleep(3); RETURN NEW; END'");
            statement.execute("CREATE TRIGGER slow BEFORE INSERT ON written EXECUTE FUNCTION slow()");
            try (Program move = workplace.start("move-memory")) {
                move.until(() -> number(
                                connection,
                                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'INSERT INTO written%'")
                        == 1);
                move.kill();
            }
            assertThat(number(connection, "SELECT count(*) FROM journal")).isZero();
            assertThat(number(connection, "SELECT count(*) FROM run")).isZero();
            statement.execute("DROP TRIGGER slow ON written");
        }
        Outcome again = workplace.run("move-memory");
        assertThat(again.exit()).as(again.toString()).isZero();
        assertThat(Workplace.counts(workplace.sync().json("alice"))).isEqualTo(Map.of("unchanged", 5));
    }

    private static long number(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void withoutAnAddressOrWithTooManyFoldersTheCommandSaysWhatIsMissing() {
        Outcome without = workplace.run("move-memory");
        assertThat(without.exit()).isEqualTo(2);
        assertThat(without.err()).contains("MEMORY_URL");
        useShared(true);
        Outcome many = workplace.run("move-memory", "--back", "--data", "a", "--data", "b");
        assertThat(many.exit()).isEqualTo(2);
        assertThat(many.err()).contains("un seul dossier");
    }
}
