package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose events are still this configuration's after its source or its calendar has changed. */
class TenuresTest {
    private static final String LEA = "person of léa";
    private static final String TOM = "person of tom";

    @TempDir
    private Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theOwnersBeforeAreThoseOfAnotherSourceOrOfTheSamePerson() {
        tenures("alice", "11111111", "moncampus", LEA).begin();
        tenures("alice", "22222222", "ics", LEA).begin();
        tenures("alice", "33333333", "moncampus", TOM).begin();
        tenures("bob", "44444444", "moncampus", LEA).begin();
        Tenures now = tenures("alice", "55555555", "moncampus", LEA);
        now.begin();
        now.begin();

        assertThat(now.predecessors()).containsExactly("11111111", "22222222");
        assertThat(tenures("carole", "66666666", "ics", LEA).predecessors()).isEmpty();
    }

    private Tenures tenures(String config, String owner, String source, String person) {
        return new Tenures(database, config, owner, source, person);
    }
}
