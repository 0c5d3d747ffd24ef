package fr.moncampus.ecal.run;

import fr.moncampus.ecal.calendar.CalendarUnavailableException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.http.NetworkFailure;
import fr.moncampus.ecal.memory.WrittenRepository;
import fr.moncampus.ecal.timetable.SourceUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Looks at every failure before it is retried or given up: the service's own {@code Retry-After} wins over our delays, up to five minutes,
 * and a write that never left this machine surely did not happen.
 */
public final class RetryAfter implements Processor {
    static final Duration MAX_DELAY = Duration.ofMinutes(5);
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
        Duration wait = header == null ? null : parse(header);
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

    /** @return null when the header is neither seconds nor a date */
    Duration parse(String header) {
        Duration wait;
        try {
            wait = Duration.ofSeconds(Long.parseLong(header.strip()));
        } catch (NumberFormatException e) {
            try {
                wait = Duration.between(
                        clock.instant(), ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
            } catch (DateTimeParseException notADate) {
                return null;
            }
        }
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : wait;
    }
}
