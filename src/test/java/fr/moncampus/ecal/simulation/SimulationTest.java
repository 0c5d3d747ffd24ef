package fr.moncampus.ecal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever fails and whenever, the model finds nothing lost, doubled or wrongly removed; more seeds: {@code ./manage.sh soak}. */
@ExtendWith(Quiet.class)
class SimulationTest {
    private static final int SEEDS = 500;

    @Test
    void noSeedBreaksAPromise() throws InterruptedException {
        Seeds.Outcome outcome = Seeds.play(0, SEEDS);

        outcome.failures()
                .forEach((seed, simulation) -> assertThat(simulation.violations())
                        .as(
                                "replay with ./manage.sh soak --from %d --seeds 1\n%s",
                                seed, String.join("\n", simulation.story()))
                        .isEmpty());
        assertThat(outcome.seeds()).isEqualTo(SEEDS);
        assertThat(outcome.writes()).as("something happens").isGreaterThan(SEEDS * 40L);
    }

    @Test
    void aSeedIsReplayedExactly() {
        Simulation once = Seeds.play(7, null);
        Simulation again = Seeds.play(7, null);

        assertThat(again.story()).isEqualTo(once.story());
    }
}
