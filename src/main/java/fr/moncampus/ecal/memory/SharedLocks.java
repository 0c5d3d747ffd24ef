package fr.moncampus.ecal.memory;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Locks that processes on several machines see: PostgreSQL's advisory locks, all of them of one session that this process holds. A process
 * that dies loses the session, and with it the locks, at once. One that is paused or cut off loses them when the server has heard nothing of
 * it for {@link #SILENCE_SECONDS}, and finds that out before it does anything else: a session is never replaced under a lock.
 */
public final class SharedLocks implements AutoCloseable {
    /** The server ends the session of who has been silent for longer. */
    static final int SILENCE_SECONDS = 12;

    private static final int HEARTBEAT_SECONDS = 3;
    /** Between two looks whether a lock is free. */
    private static final long POLL_MILLIS = 250;

    private final MemoryPlace place;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor heartbeat = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "shared-locks");
        thread.setDaemon(true);
        return thread;
    });
    /** Null while there is none. */
    private LockSession session;

    /** @param clock of this machine, which is compared with the database's */
    SharedLocks(MemoryPlace place, Clock clock) {
        this.place = place;
        this.clock = clock;
        heartbeat.scheduleWithFixedDelay(this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Refused to a machine whose clock is not the database's: what it would note, and read, would be of another time.
     *
     * @param waiting asked again and again: false ends the wait early
     * @return null when somebody else still holds it then
     */
    public HeldLock take(String name, Duration patience, BooleanSupplier waiting) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        HeldLock taken = tryTake(name);
        while (taken == null && System.nanoTime() < deadline && waiting.getAsBoolean()) {
            Thread.sleep(POLL_MILLIS);
            taken = tryTake(name);
        }
        return taken;
    }

    /** @return null when somebody else, perhaps of this process, holds it */
    public synchronized HeldLock tryTake(String name) {
        try {
            if (session == null) {
                session = LockSession.connect(place, clock);
            }
            return session.take(name) ? new Held(session, name) : null;
        } catch (SQLException e) {
            lose();
            throw failed(e);
        }
    }

    /**
     * One of several that are worth the same.
     *
     * @return null when all are taken
     */
    synchronized HeldLock tryTakeOne(String name, int count) {
        try {
            if (session == null) {
                session = LockSession.connect(place, clock);
            }
            String taken = session.takeOne(name, count);
            return taken == null ? null : new Held(session, taken);
        } catch (SQLException e) {
            lose();
            throw failed(e);
        }
    }

    /** So that the server hears of this process, and a session that has ended is given up before somebody wants a lock. */
    synchronized void beat() {
        if (session != null) {
            try {
                session.look();
            } catch (SQLException e) {
                lose();
            }
        }
    }

    /** Who holds a lock of the session finds out when he looks; who wants another gets a new session. */
    private void lose() {
        if (session != null) {
            session.end();
            session = null;
        }
    }

    private static MemoryException failed(SQLException e) {
        return MemoryException.failed(PostgresTroubles.reason(e), e);
    }

    @Override
    public void close() {
        heartbeat.shutdownNow();
        synchronized (this) {
            lose();
        }
    }

    private final class Held implements HeldLock {
        private final LockSession of;
        private final String name;

        Held(LockSession of, String name) {
            this.of = of;
            this.name = name;
        }

        @Override
        public void check() {
            synchronized (SharedLocks.this) {
                try {
                    if (session == of && of.holds(name)) {
                        of.look();
                        return;
                    }
                } catch (SQLException e) {
                    lose();
                }
            }
            throw new MemoryException(
                    "La liaison avec PostgreSQL a été coupée, et avec elle le verrou de ce passage : un autre peut avoir pris le relais, "
                            + "celui-ci s'arrête sans rien envoyer de plus.",
                    null);
        }

        @Override
        public void close() {
            synchronized (SharedLocks.this) {
                if (session != of || !of.holds(name)) {
                    return;
                }
                try {
                    of.release(name);
                } catch (SQLException e) {
                    lose();
                }
            }
        }
    }
}
