package fr.moncampus.ecal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A schedule at every full hour, UTC; the last run that reached its end began at 10:00. */
class PunctualityTest {
    private static final Instant GOOD = Instant.parse("2026-10-01T10:00:00Z");
    private Configuration configuration;

    @BeforeEach
    void read(@TempDir Path folder) throws IOException {
        configuration = hourly(folder, "0 0 * * * ?");
    }

    @Test
    void oneMissedRunIsForgiven() {
        assertThat(missed("11:00", "11:59")).isFalse();
    }

    @Test
    void twoThatFailedInARowAreNot() {
        assertThat(missed("12:00", "12:01")).isTrue();
    }

    @Test
    void aSecondRunThatIsNotOverMayStillEndWell() {
        assertThat(missed("11:00", "12:01")).isFalse();
    }

    @Test
    void aSecondRunThatNeverEndsIsMissed() {
        assertThat(missed("11:00", "12:16")).isTrue();
    }

    @Test
    void noRunsAtAllAreMissedOnes() {
        assertThat(missed("10:00", "14:30")).isTrue();
    }

    @Test
    void aScheduleThatSleepsAtNightMissesNothing(@TempDir Path folder) throws IOException {
        Configuration byDay = hourly(folder, "0 0 8-10 * * ?");

        assertThat(Punctuality.missedTwo(byDay, GOOD, GOOD, Instant.parse("2026-10-02T08:05:00Z")))
                .isFalse();
    }

    private boolean missed(String lastRun, String now) {
        return Punctuality.missedTwo(configuration, GOOD, at(lastRun), at(now));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-10-01T" + time + ":00Z");
    }

    private static Configuration hourly(Path folder, String schedule) throws IOException {
        Path file = Files.writeString(
                folder.resolve("lea.yml"),
                String.join(
                        "\n",
                        "moncampus_username: lea",
                        "moncampus_password: p",
                        "moncampus_start_date: 2026-09-01",
                        "moncampus_end_date: 2027-07-01",
                        "ecal_api_key: k",
                        "ecal_api_secret: s",
                        "ecal_calendar_id: 64229d018723a1000e07dc9f",
                        "time_zone: UTC",
                        "schedule: " + schedule));
        Configuration lea = Configurations.load(List.of(file), name -> null, Clock.systemUTC())
                .valid()
                .get(0);
        // at the full hour, where a file's own second is another one
        return new Configuration(
                lea.name(),
                lea.file(),
                lea.label(),
                lea.ends(),
                lea.days(),
                lea.events(),
                new Configuration.Schedule(schedule, lea.schedule().zone()),
                lea.rules(),
                lea.errorFile(),
                lea.notifyUrl());
    }
}
