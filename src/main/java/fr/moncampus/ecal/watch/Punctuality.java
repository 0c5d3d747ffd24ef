package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.config.Configuration;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a configuration misses its scheduled runs. A run that reached its end counts as done, even if it holds
 * something back.
 */
public final class Punctuality {
    /** A run that takes longer does not work. */
    private static final Duration MAX_RUN = Duration.ofMinutes(15);

    private Punctuality() {}

    /**
     * @param complete when the last run that reached its end began
     * @param last     when the last run that is over began, however it ended
     * @return true when two scheduled runs in a row have been missed since {@code complete}
     */
    public static boolean missedTwo(Configuration configuration, Instant complete, Instant last, Instant now) {
        Instant missed = missed(configuration, complete, last);
        return missed != null && !missed.isAfter(now);
    }

    /** From when on two scheduled runs in a row have been missed, should nothing come. @return null for never */
    static Instant missed(Configuration configuration, Instant complete, Instant last) {
        Instant first = configuration.nextRun(complete);
        Instant second = first == null ? null : configuration.nextRun(first);
        if (second == null || !last.isBefore(second)) {
            return second;
        }
        Instant third = configuration.nextRun(second);
        Instant tooLong = second.plus(MAX_RUN).plusMillis(1);
        return third != null && third.isBefore(tooLong) ? third : tooLong;
    }
}
