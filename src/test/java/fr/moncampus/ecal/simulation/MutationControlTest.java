package fr.moncampus.ecal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation can fail: without any one of the guards it finds what that guard is for. */
@ExtendWith(Quiet.class)
class MutationControlTest {
    private static final int SEEDS = 60;

    @ParameterizedTest
    @EnumSource
    void withoutAGuardTheSimulationFails(Guard guard) {
        List<String> others = new ArrayList<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            List<String> violations = Seeds.play(seed, guard).violations();
            if (violations.stream().anyMatch(guard::isMissedBy)) {
                return;
            }
            others.addAll(violations);
        }
        assertThat(others)
                .as("what was found without %s, none of it what it is for", guard)
                .anyMatch(guard::isMissedBy);
    }

    /** The variants differ from the program in their guard and in nothing else. */
    @Test
    void aVariantWithEveryGuardPasses() {
        for (long seed = 0; seed < 5; seed++) {
            assertThat(Seeds.play(seed, new Variant() {}).violations())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }
}
