package fr.moncampus.ecal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is promised of an ECAL calendar holds for one that is a feed, whose events nobody but the memory has. */
@ExtendWith(Quiet.class)
class FeedTargetSimulationTest {
    private static final int SEEDS = Integer.getInteger("feed.target.seeds", 500);
    private static final int SEEDS_OF_A_MISTAKE = 20;

    @Test
    void noSeedBreaksAPromise() throws InterruptedException {
        Seeds.Outcome outcome = Seeds.play(0, SEEDS, seed -> FeedTargets.play(seed, null));

        outcome.failures()
                .forEach((seed, simulation) -> assertThat(simulation.violations())
                        .as("seed %d\n%s", seed, String.join("\n", simulation.story()))
                        .isEmpty());
        assertThat(outcome.seeds()).isEqualTo(SEEDS);
        assertThat(outcome.writes()).as("something happens").isGreaterThan(SEEDS * 40L);
    }

    @ParameterizedTest
    @EnumSource
    void withAMistakeInTheTargetTheSimulationFails(FeedTargets.Mistake mistake) {
        List<String> others = new ArrayList<>();
        for (long seed = 0; seed < SEEDS_OF_A_MISTAKE; seed++) {
            List<String> violations = FeedTargets.play(seed, mistake).violations();
            if (violations.stream().anyMatch(mistake::isMissedBy)) {
                return;
            }
            others.addAll(violations);
        }
        assertThat(others).as("what was found with %s", mistake).anyMatch(mistake::isMissedBy);
    }
}
