package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.calendar.CalendarUnavailableException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.memory.WrittenRepository;
import fr.moncampus.ecal.timetable.SourceUnavailableException;
import java.io.IOException;
import java.net.ConnectException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private final MovableClock clock = new MovableClock("2026-10-05T06:00:00Z");
    private final RetryAfter retryAfter = new RetryAfter(clock);

    @Test
    void theDelayOfOneAnswerIsNotThatOfTheNext() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        fail(exchange, new CalendarUnavailableException(429, "slower", "17"));
        assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(17_000L);

        fail(exchange, new CalendarUnavailableException(503, "down", null));
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }

    @Test
    void aSourceSaysWhenAsACalendarDoes() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        fail(exchange, new SourceUnavailableException("down", "17"));
        assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(17_000L);

        fail(exchange, new IllegalStateException());
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }

    @Test
    void aWriteThatNeverLeftSurelyDidNotHappen() throws Exception {
        for (boolean neverSent : new boolean[] {true, false}) {
            Exchange exchange = new DefaultExchange(new DefaultCamelContext());
            Write write = new Write(null, Fixtures.event("mc-0a1b2c3d-1"), false, reference -> reference);
            exchange.setProperty(WrittenRepository.WRITE, write);
            write.sending();
            fail(exchange, neverSent ? new ConnectException() : new IOException());

            assertThat(write.mayHaveHappened()).isNotEqualTo(neverSent);
        }
    }

    private void fail(Exchange exchange, Exception cause) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, cause);
        retryAfter.process(exchange);
    }
}
