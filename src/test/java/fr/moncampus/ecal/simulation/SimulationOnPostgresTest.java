package fr.moncampus.ecal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.memory.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The engine beneath the memory makes no difference to a promise. */
@ExtendWith(Quiet.class)
class SimulationOnPostgresTest {
    private static final int SEEDS = 12;

    @TempDir
    private Path folder;

    @Test
    void noSeedBreaksAPromiseOnPostgresEither() throws SQLException {
        MemoryPlace place = PostgresServer.shared().newPlace(folder);
        List<String> told = new ArrayList<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            try (Connection connection = PostgresServer.connect(place);
                    Memory memory = new PostgresMemory(connection, place)) {
                Simulation simulation = Seeds.play(seed, null, memory);
                told.addAll(simulation.story());
                assertThat(simulation.violations())
                        .as("seed %d\n%s", seed, String.join("\n", simulation.story()))
                        .isEmpty();
            }
        }
        assertThat(String.join("\n", told))
                .as("what happens to processes and clocks")
                .contains("the process died", "restarted", "without memory", "the wall clock jumps", "meanwhile");
    }
}
