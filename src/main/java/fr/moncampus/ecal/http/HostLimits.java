package fr.moncampus.ecal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a host is spared, whatever the number of configurations: so many requests at once, so many logins a minute, and none at all while it
 * wants to be left alone ({@code Retry-After}). Several processes that share a memory spare it together: a place is then one of theirs as well.
 */
public final class HostLimits {
    /** Longer than a pause and all requests ahead in the queue take at most. */
    private static final long MAX_WAIT_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** Between two looks whether a pause is over. */
    private static final long PAUSE_LOOK_MILLIS = 1000;
    /** Between two looks whether another process has left a place. */
    private static final long PLACE_LOOK_MILLIS = 20;

    /** Null when this process is alone. */
    private final LimitStore shared;

    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<String, Host> hosts = new ConcurrentHashMap<>();
    private volatile int processes = 1;
    private volatile boolean ending;

    /** Of one process. */
    public HostLimits() {
        this(null, Clock.systemUTC(), System::nanoTime);
    }

    /**
     * @param shared null when this process is alone
     * @param clock  for dates that a host names
     * @param nanos  monotonic
     */
    public HostLimits(LimitStore shared, Clock clock, LongSupplier nanos) {
        this.shared = shared;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Each takes its share of the places, so that none waits for another that always has something to ask. */
    public void share(int newProcesses) {
        processes = Math.max(1, newProcesses);
        hosts.values().forEach(host -> host.places.resize(shareOf(host.atOnce)));
    }

    private int shareOf(int atOnce) {
        return (atOnce + processes - 1) / processes;
    }

    /**
     * Waits for a place, and for the end of a pause.
     *
     * @param atOnce of all processes together
     * @param urgent does not wait for the end of a pause
     * @throws BusyException when the wait was too long, or the process is to end
     */
    LimitStore.Place enter(String name, int atOnce, boolean urgent) throws IOException {
        Host host = host(name, atOnce);
        long deadline = nanos.getAsLong() + MAX_WAIT_NANOS;
        try {
            while (true) {
                if (!urgent) {
                    awaitPause(name, host, deadline);
                }
                if (!host.places.tryAcquire(deadline - nanos.getAsLong(), TimeUnit.NANOSECONDS)) {
                    throw new BusyException();
                }
                LimitStore.Place place = place(name, host, deadline);
                boolean kept = false;
                try {
                    // while it waited for its place, somebody may have been asked to wait
                    kept = urgent || pause(name, host) <= 0;
                    if (kept) {
                        return place;
                    }
                } finally {
                    if (!kept) {
                        place.close();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private Host host(String name, int atOnce) {
        return hosts.computeIfAbsent(name, unknown -> new Host(atOnce, new Places(shareOf(atOnce))));
    }

    private void awaitPause(String name, Host host, long deadline) throws IOException, InterruptedException {
        for (long left = pause(name, host); left > 0; left = pause(name, host)) {
            goOnWaiting(deadline);
            Thread.sleep(Math.min(left, PAUSE_LOOK_MILLIS));
        }
    }

    /** A place of this process is held already. */
    private LimitStore.Place place(String name, Host host, long deadline) throws IOException, InterruptedException {
        boolean found = false;
        try {
            LimitStore.Place place = shared == null ? () -> {} : shared.place(name, host.atOnce);
            while (place == null) {
                goOnWaiting(deadline);
                Thread.sleep(ThreadLocalRandom.current().nextLong(1, PLACE_LOOK_MILLIS));
                place = shared.place(name, host.atOnce);
            }
            found = true;
            LimitStore.Place whole = place;
            return () -> {
                try {
                    whole.close();
                } finally {
                    host.places.release();
                }
            };
        } finally {
            if (!found) {
                host.places.release();
            }
        }
    }

    private void goOnWaiting(long deadline) throws BusyException {
        if (ending || deadline - nanos.getAsLong() < 0) {
            throw new BusyException();
        }
    }

    private long pause(String name, Host host) {
        return shared == null
                ? TimeUnit.NANOSECONDS.toMillis(host.pausedUntil - nanos.getAsLong())
                : shared.pause(name);
    }

    /** @param retryAfter what the host says; whoever asked has been told as well, so that a memory that fails costs nothing but the others' patience */
    void pause(String name, int atOnce, String retryAfter) {
        Duration wait = RetryAfterHeader.parse(retryAfter, clock.instant());
        if (wait == null || wait.isZero()) {
            return;
        }
        if (shared == null) {
            host(name, atOnce).pause(nanos.getAsLong() + wait.toNanos());
            return;
        }
        try {
            shared.pause(name, wait.toMillis());
        } catch (RuntimeException e) {
            if (!(e instanceof LocalTrouble)) {
                throw e;
            }
        }
    }

    /**
     * The next turn to log in.
     *
     * @return milliseconds until then; negative when there is none, since too many are waiting
     */
    public long turn(String name, Pace pace) {
        return shared == null
                ? host("login " + name, 1).turn(pace, TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong()))
                : shared.turn(name, pace);
    }

    /** The process is asked to end: who waits sends nothing. */
    public void finishEarly() {
        ending = true;
    }

    private final class Host {
        private final int atOnce;
        private final Places places;
        private volatile long pausedUntil = nanos.getAsLong();
        private long logins;

        Host(int atOnce, Places places) {
            this.atOnce = atOnce;
            this.places = places;
        }

        synchronized void pause(long until) {
            if (until - pausedUntil > 0) {
                pausedUntil = until;
            }
        }

        synchronized long turn(Pace pace, long now) {
            Pace.Turn turn = pace.turn(logins, now);
            logins = turn.next();
            return turn.millis();
        }
    }

    /** First come, first served; their number changes with that of the processes. */
    private static final class Places extends Semaphore {
        private static final long serialVersionUID = 1L;
        private int size;

        Places(int size) {
            super(size, true);
            this.size = size;
        }

        synchronized void resize(int wanted) {
            if (wanted > size) {
                release(wanted - size);
            } else {
                reducePermits(size - wanted);
            }
            size = wanted;
        }
    }

    /** Too many requests are waiting, or the process is to end: nothing was sent. */
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
