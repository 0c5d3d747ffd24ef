package fr.moncampus.ecal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.simulation.CaldavLife.Bend;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A calendar on a CalDAV server that persons use as well, through lost answers, conflicts, old versions and the ends of processes. */
@ExtendWith(Quiet.class)
class CaldavSimulationTest {
    /** More with {@code -Dcaldav.seeds=…}. */
    private static final int SEEDS = Integer.getInteger("caldav.seeds", 500);

    private static final int SEEDS_OF_CONTROL = 60;

    @TempDir
    private Path folder;

    @Test
    void noSeedBreaksAPromise() throws Exception {
        int writes = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            CaldavLife life = live(seed, Bend.NOTHING);
            writes += life.writes();
            assertThat(life.violations())
                    .as("seed %d\n%s", seed, String.join("\n", life.story()))
                    .isEmpty();
        }
        assertThat(writes).as("something happens").isGreaterThan(SEEDS * 15);
    }

    /** It can fail: without what the target does for it, a promise is broken. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
    void withoutWhatKeepsItAPromiseIsBroken(Bend bend) throws Exception {
        for (int seed = 0; seed < SEEDS_OF_CONTROL; seed++) {
            List<String> violations = live(seed, bend).violations();
            if (violations.stream().anyMatch(bend::explains)) {
                return;
            }
        }
        throw new AssertionError("nothing was found without " + bend);
    }

    private CaldavLife live(int seed, Bend bend) throws SQLException, IOException {
        try (Memory memory = new SqliteMemory()) {
            CaldavLife life = new CaldavLife(seed, bend, memory, folder);
            life.live();
            return life;
        }
    }
}
