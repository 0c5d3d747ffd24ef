package fr.moncampus.ecal.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A wall clock that knows from a monotonic one when it was set to another time. Listeners are told before the new time
 * is returned, so that it is never compared with an instant of the old one.
 */
public final class WatchedClock extends Clock {
    /** Drift and small corrections that are no jump; an instant may be this far in the future. */
    public static final Duration TOLERANCE = Duration.ofMinutes(1);

    /** Between reading one clock and the other: after a longer pause they are read again. */
    private static final long TOGETHER = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int READINGS = 5;
    /** Who asks for the time while he holds what a listener needs must not wait for that listener forever. */
    private static final long PATIENCE_SECONDS = 5;

    private final Clock wall;
    private final LongSupplier monotonic;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** @param monotonic nanoseconds since any moment */
    public WatchedClock(Clock wall, LongSupplier monotonic) {
        this.wall = wall;
        this.monotonic = monotonic;
    }

    public static WatchedClock ofMachine() {
        return new WatchedClock(Clock.systemUTC(), new Uptime());
    }

    /** The clock itself when it is a watched one; any other is its own measure and never jumps. */
    public static WatchedClock of(Clock clock) {
        return clock instanceof WatchedClock watched
                ? watched
                : new WatchedClock(clock, () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
    }

    @FunctionalInterface
    public interface Listener {
        /**
         * When it throws, the caller who asked for the time gets the exception, and the next call reports the same
         * jump.
         */
        void jumped(Jump jump);
    }

    /** @return ends the subscription */
    public Runnable onJump(Listener listener) {
        Reading reading = read();
        Subscription subscription = new Subscription(listener, reading.nanos(), reading.offset());
        subscriptions.add(subscription);
        return () -> subscriptions.remove(subscription);
    }

    /** Monotonic time: for intervals within this process. */
    public long nanos() {
        return monotonic.getAsLong();
    }

    @Override
    public Instant instant() {
        if (subscriptions.isEmpty()) {
            return wall.instant();
        }
        Reading reading = read();
        if (subscriptions.stream().anyMatch(each -> each.hasMissed(reading))) {
            tell(reading);
        }
        return reading.instant();
    }

    private void tell(Reading reading) {
        boolean alone = false;
        try {
            alone = lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (alone && lock.getHoldCount() == 1) {
            try {
                subscriptions.forEach(each -> each.tell(reading));
            } finally {
                lock.unlock();
            }
        } else if (alone) {
            lock.unlock(); // a listener asks for the time
        }
    }

    private Reading read() {
        Reading reading = null;
        for (int i = 0; i < READINGS; i++) {
            long before = monotonic.getAsLong();
            Instant instant = wall.instant();
            reading = new Reading(before, instant);
            if (monotonic.getAsLong() - before <= TOGETHER) {
                break;
            }
        }
        return reading;
    }

    private record Reading(long nanos, Instant instant) {
        long offset() {
            return instant.toEpochMilli() - TimeUnit.NANOSECONDS.toMillis(nanos);
        }
    }

    private static final class Subscription {
        private final Listener listener;
        private final long begun;
        private volatile long offset;

        Subscription(Listener listener, long begun, long offset) {
            this.listener = listener;
            this.begun = begun;
            this.offset = offset;
        }

        boolean hasMissed(Reading reading) {
            return Math.abs(reading.offset() - offset) >= TOLERANCE.toMillis();
        }

        void tell(Reading reading) {
            if (hasMissed(reading)) {
                Instant expected = reading.instant().minusMillis(reading.offset() - offset);
                Instant since = expected.minusNanos(reading.nanos() - begun);
                listener.jumped(new Jump(since, expected, reading.instant()));
                offset = reading.offset();
            }
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(getZone()) ? this : wall.withZone(zone);
    }
}
