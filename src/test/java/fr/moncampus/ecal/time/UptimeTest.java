package fr.moncampus.ecal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UptimeTest {
    private final AtomicLong nanos = new AtomicLong(5);

    @Test
    void aNightAsleepCountsWhereTheSystemTells(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("uptime"), "100.25 90.00\n");
        Uptime uptime = new Uptime(file, nanos::get);
        assertThat(uptime.getAsLong()).isEqualTo(100_250_000_000L);

        Files.writeString(file, "28900.25 90.00\n");
        assertThat(uptime.getAsLong()).isEqualTo(28_900_250_000_000L);
    }

    @Test
    void whereItDoesNotTheOwnClockGoesOn(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("uptime");
        Uptime uptime = new Uptime(file, nanos::get);
        assertThat(uptime.getAsLong()).isEqualTo(5);

        Files.writeString(file, "100.00 90.00");
        uptime.getAsLong();
        Files.writeString(file, "damaged");
        nanos.set(1_000_000_005);
        assertThat(uptime.getAsLong()).isEqualTo(101_000_000_000L);
    }
}
