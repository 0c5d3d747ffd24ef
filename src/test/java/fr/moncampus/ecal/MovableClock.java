package fr.moncampus.ecal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Moves only when told. */
public final class MovableClock extends Clock {
    private volatile Instant now;

    public MovableClock(String now) {
        this(Instant.parse(now));
    }

    public MovableClock(Instant now) {
        this.now = now;
    }

    public void forward(String duration) {
        forward(Duration.parse(duration));
    }

    public void forward(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
