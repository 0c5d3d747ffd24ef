package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.calendar.CalendarUnavailableException;
import fr.moncampus.ecal.http.RetryAfterHeader;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private final MovableClock clock = new MovableClock("2026-10-05T06:00:00Z");
    private final RetryAfter retryAfter = new RetryAfter(clock);

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
        assertThat(RetryAfterHeader.parse(header, clock.instant())).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bientôt", "1.5", "2026-10-05T06:00:30Z", "99999999999999999999", "Mon, 05 Oct"})
    void anythingElseLeavesOurOwnDelay(String header) {
        assertThat(RetryAfterHeader.parse(header, clock.instant())).isNull();
    }

    @Test
    void theDelayOfOneAnswerIsNotThatOfTheNext() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        fail(exchange, new CalendarUnavailableException(429, "slower", "17"));
        assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(17_000L);

        fail(exchange, new CalendarUnavailableException(503, "down", null));
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }

    private void fail(Exchange exchange, Exception cause) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, cause);
        retryAfter.process(exchange);
    }
}
