package fr.moncampus.ecal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What {@code ./manage.sh soak} says. */
class SoakTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Soak soak = new Soak(
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));

    @AfterAll
    static void loud() {
        Seeds.loud();
    }

    @Test
    void itSaysWhatItDid() throws InterruptedException {
        assertThat(soak.run("--from", "3", "--seeds", "2", "--threads", "1")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("2 graines à partir de 3, de 60 passages", "écritures chez ECAL", "aucune promesse rompue")
                .doesNotContain("interrompu");
    }

    @Test
    void interruptedItSaysHowFarItCameAndHowToGoOn() throws InterruptedException {
        soak.stop();

        assertThat(soak.run("--from", "7", "--seeds", "1000")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("0 graines à partir de 7", "interrompu", "./manage.sh soak --from 7 --seeds 1000");
    }

    @Test
    void itGoesOnAfterSeedsThatBreakAPromiseIfItMay() throws InterruptedException {
        Soak broken = new Soak(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Guard.TOO_MANY);

        assertThat(broken.run("--seeds", "1000", "--threads", "1", "--failures", "2"))
                .isEqualTo(1);

        String[] seeds = out.toString(StandardCharsets.UTF_8)
                .transform(text -> text.replaceFirst("(?s).*2 graines rompent une promesse : \\[(.*?)].*", "$1"))
                .split(", ");
        assertThat(seeds).hasSize(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("soak --from " + seeds[0] + " --seeds 1\n");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("graine " + seeds[0] + " : [", "graine " + seeds[1] + " : [", "were deleted at once");
    }

    @Test
    void whatIsNoOptionIsWrongUsage() throws InterruptedException {
        for (String[] arguments : new String[][] {{"--seeds"}, {"--seeds", "viele"}, {"--graines", "3"}}) {
            assertThat(soak.run(arguments)).isEqualTo(2);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("./manage.sh soak [--seeds N]");
    }
}
