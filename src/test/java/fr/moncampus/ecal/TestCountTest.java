package fr.moncampus.ecal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What {@code ./manage.sh test} says at its end. */
class TestCountTest {
    @TempDir
    private Path folder;

    /** Surefire leaves classes within classes alone. */
    static class TwoEngines {
        @Test
        void passes() {
            assertThat(1).isOne();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void passesOrFails(int number) {
            assertThat(number).isLessThan(3);
        }

        @Test
        void isGivenUp() {
            Assumptions.abort();
        }

        @Test
        @Disabled("to be counted")
        void isSkipped() {
            throw new AssertionError();
        }

        @Property(tries = 5)
        void isAProperty(@ForAll int number) {
            assertThat(number + 1).isNotEqualTo(number);
        }
    }

    static class Unprepared {
        @BeforeAll
        static void fails() {
            throw new IllegalStateException("on purpose");
        }

        @Test
        void neverRuns() {
            assertThat(1).isOne();
        }
    }

    @Disabled("to be counted")
    static class Skipped {
        @Test
        void one() {
            assertThat(1).isOne();
        }

        @Test
        void two() {
            assertThat(1).isOne();
        }
    }

    @Test
    void everyTestOfEveryEngineIsCounted() throws Exception {
        List<String> lines = counted(TwoEngines.class);

        assertThat(lines)
                .map(line -> line.split(" ")[0])
                .containsExactlyInAnyOrder("passed", "passed", "passed", "failed", "skipped", "skipped", "passed");
    }

    @Test
    void whatFailedIsNamedInOneLineWithItsReason() throws Exception {
        assertThat(counted(TwoEngines.class))
                .filteredOn(line -> line.startsWith("failed"))
                .singleElement()
                .asString()
                .startsWith("failed " + TwoEngines.class.getName()
                        + "#passesOrFails : java.lang.AssertionError: Expecting actual: 3");
    }

    @Test
    void aClassWhosePreparationFailsIsAFailure() throws Exception {
        assertThat(counted(Unprepared.class))
                .containsExactly(
                        "failed " + Unprepared.class.getName() + " : java.lang.IllegalStateException: on purpose");
    }

    @Test
    void theTestsOfASkippedClassAreSkipped() throws Exception {
        assertThat(counted(Skipped.class)).containsExactly("skipped", "skipped");
    }

    private List<String> counted(Class<?> tests) throws Exception {
        Path file = folder.resolve("target").resolve("counted");
        LauncherConfig alone = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(alone)
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(tests))
                                .build(),
                        new TestCount(file));
        return Files.readAllLines(file);
    }
}
