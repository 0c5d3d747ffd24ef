package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The finished program when its own memory fails; the many ways of that are the subject of LostMemoryTest. */
class MemoryIT {
    private final Workplace workplace = new Workplace();

    @AfterEach
    void close() {
        workplace.close();
    }

    @Test
    void aDamagedMemoryIsSetAsideAndAnUnusableOneIsNamed() throws IOException {
        Person alice = workplace.person("alice", 12);
        assertThat(workplace.sync().exit()).isZero();
        long writes = alice.writes();

        Files.writeString(workplace.data().resolve("moncampus-ecal.db"), "abîmé ".repeat(1000));
        Outcome damaged = workplace.sync();
        assertThat(damaged.exit()).isZero();
        assertThat(damaged.err()).contains("abîmée", "mise de côté", "moncampus-ecal.db.abime-");
        assertThat(Workplace.counts(damaged.json("alice"))).isEqualTo(Map.of("unchanged", 12));

        for (String part : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(workplace.data().resolve("moncampus-ecal.db" + part));
        }
        Files.createDirectories(workplace.data().resolve("moncampus-ecal.db/not a file"));
        for (String command : new String[] {"sync", "plan"}) {
            Outcome unusable = workplace.run(command, "--format", "json");
            assertThat(unusable.exit()).isEqualTo(1);
            assertThat(unusable.err()).contains("moncampus-ecal.db").doesNotContain("Exception");
            JsonNode line = unusable.json("alice");
            assertThat(line.path("config").asText()).isEqualTo("alice");
            assertThat(line.path("error").path("kind").asText()).isEqualTo("memory");
        }
        assertThat(alice.writes()).isEqualTo(writes);
    }
}
