package fr.moncampus.ecal.run;

import fr.moncampus.ecal.ecal.EcalUnavailableException;
import fr.moncampus.ecal.ecal.Write;
import fr.moncampus.ecal.http.NetworkFailure;
import fr.moncampus.ecal.http.RetryAfterHeader;
import fr.moncampus.ecal.memory.WrittenRepository;
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
        if (cause instanceof EcalUnavailableException unavailable && unavailable.retryAfter() != null) {
            Duration wait = RetryAfterHeader.parse(unavailable.retryAfter(), clock.instant());
            if (wait != null) {
                exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, wait.toMillis());
            }
        }
    }
}
