package fr.moncampus.ecal.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogLineTest {
    @Test
    void aLineHasTheTimeInParisTheLevelAndTheText() {
        assertThat(line("léa : 3 créés", null))
                .isEqualTo("2026-11-26T10:37:21+01:00 WARN  léa : 3 créés" + System.lineSeparator());
    }

    @Test
    void whatSignsOrNamesSomebodyIsCut() {
        assertThat(line(
                        "GET https://x/apiv2?apiKey=k1&apiSign=s1&page=2 ticket=ST-1",
                        new IllegalStateException("Password=p1|x")))
                .contains("apiKey=***&apiSign=***&page=2 ticket=*** ", "Password=***|x")
                .doesNotContain("k1", "s1", "ST-1", "p1");
    }

    @Test
    void anErrorIsOneLineAsWell() {
        String line =
                line("a\nb\tc\u001b[31m", new IllegalStateException("first\nsecond", new RuntimeException("why")));

        assertThat(line.stripTrailing())
                .contains(
                        "a b c [31m java.lang.IllegalStateException: first| second| at fr.moncampus",
                        "| Caused by: java.lang.RuntimeException: why")
                .doesNotContainPattern("\\p{Cntrl}");
    }

    private static String line(String message, Throwable error) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent("", context.getLogger("x"), Level.WARN, message, error, null);
        event.setInstant(Instant.parse("2026-11-26T09:37:21Z"));
        return new LogLine().doLayout(event);
    }
}
