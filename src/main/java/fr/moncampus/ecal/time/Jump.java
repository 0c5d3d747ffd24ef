package fr.moncampus.ecal.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The wall clock was set to another time.
 *
 * @param since    when watching began, by the clock as it was before the jump
 * @param expected what the clock would say had it not jumped
 * @param now      what it says
 */
public record Jump(Instant since, Instant expected, Instant now) {

    /** Negative when the clock was set back. */
    public Duration by() {
        return Duration.between(expected, now);
    }

    /**
     * Instants not before this one move with the clock, so that their age stays what it was. Set forward, the clock makes everything older:
     * all that lies in the past moves. Set back, it was wrong before: only what was noted by it since watching began moves; what is older was
     * noted by a clock of which nobody knows.
     */
    public Instant earliest() {
        return by().isNegative() ? since.minus(WatchedClock.TOLERANCE) : Instant.EPOCH;
    }

    /** Instants after this one stay: they were ahead already. */
    public Instant latest() {
        return expected.plus(WatchedClock.TOLERANCE);
    }

    /** The instant on the clock as it is now; null stays null. */
    public Instant moved(Instant at) {
        return at == null || at.isBefore(earliest()) || at.isAfter(latest()) ? at : at.plus(by());
    }
}
