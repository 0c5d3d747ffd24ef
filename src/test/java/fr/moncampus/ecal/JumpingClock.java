package fr.moncampus.ecal;

import fr.moncampus.ecal.time.WatchedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time passes when told, for the wall and the monotonic clock alike; only the wall clock jumps. */
public final class JumpingClock {
    private final MovableClock wall;
    private final AtomicLong nanos = new AtomicLong(42);

    public JumpingClock(Instant now) {
        wall = new MovableClock(now);
    }

    /** As a process sees it that begins now: a new one after a restart. */
    public WatchedClock watched() {
        return new WatchedClock(wall, nanos::get);
    }

    public void pass(Duration duration) {
        wall.forward(duration);
        nanos.addAndGet(duration.toNanos());
    }

    public void jump(Duration duration) {
        wall.forward(duration);
    }

    /** What has really passed since the beginning. */
    public Duration passed() {
        return Duration.ofNanos(nanos.get() - 42);
    }
}
