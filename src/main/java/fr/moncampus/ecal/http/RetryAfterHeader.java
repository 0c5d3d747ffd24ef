package fr.moncampus.ecal.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** What a service says by {@code Retry-After}, up to five minutes. */
public final class RetryAfterHeader {
    public static final Duration MAX_DELAY = Duration.ofMinutes(5);

    private RetryAfterHeader() {}

    /** @return null when it is neither seconds nor a date */
    public static Duration parse(String header, Instant now) {
        Duration wait;
        try {
            wait = Duration.ofSeconds(Long.parseLong(header.strip()));
        } catch (NumberFormatException e) {
            try {
                wait = Duration.between(now, ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
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
