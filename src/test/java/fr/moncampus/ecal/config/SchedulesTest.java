package fr.moncampus.ecal.config;

import static fr.moncampus.ecal.config.Written.load;
import static fr.moncampus.ecal.config.Written.with;
import static fr.moncampus.ecal.config.Written.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a run happens, for one and for many. */
class SchedulesTest {
    private static final int MANY = 6000;

    @TempDir
    private Path folder;

    @Test
    void manyWithTheUsualScheduleBeginEvenlyOverTheMinute() {
        Map<String, Long> perSecond = IntStream.range(0, MANY)
                .mapToObj(i -> Schedules.spread("0 46 6-18 * * ?", "eleve-" + i).split(" ")[0])
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(perSecond).hasSize(60);
        assertThat(perSecond.values()).allSatisfy(count -> assertThat(count).isBetween(50L, 150L));
    }

    @Test
    void aConfigurationKeepsItsSecondAndItsNextRunTellsIt() {
        Configuration lea = only("lea", "alert: 1H");
        Configuration again = only("lea", "schedule: 0 46 6-18 * * ?");
        Configuration other = only("noe", "alert: 1H");

        assertThat(again.schedule()).as("0 is the second of who wrote none").isEqualTo(lea.schedule());
        assertThat(other.schedule()).isNotEqualTo(lea.schedule());
        int second = Integer.parseInt(lea.schedule().cron().split(" ")[0]);
        assertThat(lea.nextRun(Instant.parse("2026-10-01T10:00:00Z")))
                .isEqualTo(Instant.parse("2026-10-01T10:46:00Z").plusSeconds(second));
    }

    @ParameterizedTest
    @ValueSource(strings = {"15 46 * * * ?", "0/2 * * * * ?", "* * * * * ?", "0,30 1 * * * ?", "0-5 46 6-18 * * ?"})
    void secondsThatSomebodyChoseAreKept(String schedule) {
        assertThat(only("lea", "schedule: '" + schedule + "'").schedule().cron())
                .isEqualTo(schedule);
    }

    private Configuration only(String name, String line) {
        Configurations.Loaded loaded = load(write(folder, name + ".yml", with(line)));
        assertThat(loaded.findings()).isEmpty();
        return loaded.valid().get(0);
    }
}
