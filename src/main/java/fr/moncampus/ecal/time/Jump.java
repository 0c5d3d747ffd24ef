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

    /** Instants after this one were ahead already: nobody knows how old they are. */
    public Instant latest() {
        return expected.plus(WatchedClock.TOLERANCE);
    }

    /**
     * The instant on the clock as it is now; null stays null. What was ahead and no longer is counts as of now, the youngest that it can be:
     * a clock that is set forward makes nothing old.
     */
    public Instant moved(Instant at) {
        if (at == null || at.isBefore(earliest())) {
            return at;
        }
        return at.isAfter(latest()) ? (at.isBefore(now) ? now : at) : at.plus(by());
    }
}
