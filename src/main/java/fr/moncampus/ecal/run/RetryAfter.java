package fr.moncampus.ecal.run;

import fr.moncampus.ecal.calendar.CalendarUnavailableException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.http.NetworkFailure;
import fr.moncampus.ecal.http.RetryAfterHeader;
import fr.moncampus.ecal.memory.WrittenRepository;
import fr.moncampus.ecal.timetable.SourceUnavailableException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Looks at every failure before it is retried or given up: the service's own {@code Retry-After} wins over our delays, up to five minutes,
 * and a write that never left this machine surely did not happen.
 */
public final class RetryAfter implements Processor {
    private final Clock clock;

    public RetryAfter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().removeHeader(Exchange.REDELIVERY_DELAY);
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Write write = exchange.getProperty(WrittenRepository.WRITE, Write.class);
        if (write != null) {
            write.lost(NetworkFailure.isBeforeSending(cause));
        }
        String header = header(cause);
        Duration wait = header == null ? null : RetryAfterHeader.parse(header, clock.instant());
        if (wait != null) {
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, wait.toMillis());
        }
    }

    private static String header(Throwable cause) {
        if (cause instanceof CalendarUnavailableException calendar) {
            return calendar.retryAfter();
        }
        return cause instanceof SourceUnavailableException source ? source.retryAfter() : null;
    }
}
