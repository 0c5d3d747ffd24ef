package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.time.WatchedClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/** What the machine takes for the time; what time it really is the machine knows by its monotonic clock only, from one moment to another. */
final class WrongClock extends Clock {
    private final MovableClock real;
    private volatile Duration ahead = Duration.ZERO;

    WrongClock(MovableClock real) {
        this.real = real;
    }

    void jump(Duration by) {
        ahead = ahead.plus(by);
    }

    /** How much it is ahead of the real time; negative when it is behind. */
    Duration ahead() {
        return ahead;
    }

    /** As a process sees it that begins now. */
    WatchedClock watched() {
        return new WatchedClock(this, () -> TimeUnit.MILLISECONDS.toNanos(real.millis()));
    }

    @Override
    public Instant instant() {
        return real.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
