package fr.moncampus.ecal.http;

import java.util.concurrent.TimeUnit;

/**
 * So many in any minute, a few of them at once and the others evenly spaced (the generic cell rate algorithm): all that has to be known of
 * those that came before is one number.
 *
 * @param aMinute never more in any minute, if each happens at most {@link #LATENESS_SECONDS} after its turn
 */
public record Pace(int aMinute) {
    /** From a turn to the request at the host: a place among the requests at once, and the request before it. */
    public static final int LATENESS_SECONDS = 10;

    /** Who would have to wait for longer gets no turn. */
    public static final long MAX_WAIT_MILLIS = TimeUnit.MINUTES.toMillis(5);

    private static final int AT_ONCE = 10;
    private static final long ROUNDING = 1000;

    public Pace {
        if (aMinute < 1) {
            throw new IllegalArgumentException("less than one a minute");
        }
    }

    /**
     * @param millis until the turn; negative when there is none, since too many are waiting
     * @param next the number to be kept for the next one
     */
    public record Turn(long millis, long next) {}

    /**
     * @param kept of the turn before; anything, such as 0, when there was none
     * @param now  milliseconds of any clock; one that was set back does not keep anybody waiting
     */
    public Turn turn(long kept, long now) {
        long ahead = Math.max(0, kept - now);
        if (ahead > MAX_WAIT_MILLIS + burst() * every() + ROUNDING) {
            ahead = 0;
        }
        long wait = Math.max(0, ahead - (burst() - 1) * every());
        return wait > MAX_WAIT_MILLIS ? new Turn(-1, kept) : new Turn(wait, now + ahead + every());
    }

    /** So many at once, after a quiet time. */
    long burst() {
        return Math.max(1, aMinute / AT_ONCE);
    }

    /** Milliseconds between two of the others. */
    long every() {
        return TimeUnit.SECONDS.toMillis(60L + LATENESS_SECONDS) / (aMinute - burst() + 1) + 1;
    }
}
