package fr.moncampus.ecal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterHeaderTest {
    private static final Instant NOW = Instant.parse("2026-10-05T06:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "17 | PT17S",
                "' 17 ' | PT17S",
                "300 | PT5M",
                "301 | PT5M",
                "9999999999999 | PT5M",
                "-1 | PT0S",
                "Mon, 05 Oct 2026 06:00:30 GMT | PT30S",
                "Mon, 5 Oct 2026 09:00:00 GMT | PT5M",
                "Mon, 05 Oct 2026 05:00:00 GMT | PT0S"
            })
    void secondsAndDatesCountUpToFiveMinutes(String header, Duration wait) {
        assertThat(RetryAfterHeader.parse(header, NOW)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bientôt", "1.5", "2026-10-05T06:00:30Z", "99999999999999999999", "Mon, 05 Oct"})
    void anythingElseLeavesOurOwnDelay(String header) {
        assertThat(RetryAfterHeader.parse(header, NOW)).isNull();
    }
}
