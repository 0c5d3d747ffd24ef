package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.time.WatchedClock;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

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

    private static final String OPTIONS =
            "-c idle_session_timeout=%ds -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
                    .formatted(SILENCE_SECONDS);

    private final MemoryPlace place;
    private final ScheduledThreadPoolExecutor heartbeat = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "shared-locks");
        thread.setDaemon(true);
        return thread;
    });
    /** Null while there is none. */
    private Session session;

    SharedLocks(MemoryPlace place) {
        this.place = place;
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
                session = connect();
            }
            return session.take(name);
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
                session = connect();
            }
            return session.takeOne(name, count);
        } catch (SQLException e) {
            lose();
            throw failed(e);
        }
    }

    private synchronized void beat() {
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

    private Session connect() throws SQLException {
        Properties properties = new Properties();
        if (place.user() != null) {
            properties.setProperty("user", place.user());
        }
        if (place.password() != null) {
            properties.setProperty("password", place.password());
        }
        properties.setProperty("ApplicationName", "moncampus-ecal locks");
        properties.setProperty("options", OPTIONS);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        // an answer that takes longer comes too late
        properties.setProperty("socketTimeout", "5");
        return new Session(DriverManager.getConnection(place.url(), properties));
    }

    private static MemoryException failed(SQLException e) {
        return MemoryException.failed(Postgres.reason(e), e);
    }

    @Override
    public void close() {
        heartbeat.shutdownNow();
        synchronized (this) {
            lose();
        }
    }

    /** What is held of it is held as long as its connection lives. */
    private final class Session {
        private final Connection connection;
        private final Set<String> held = new HashSet<>();

        Session(Connection connection) {
            this.connection = connection;
        }

        HeldLock take(String name) throws SQLException {
            // the server would give it to the same session again
            if (held.contains(name) || !ask("SELECT pg_try_advisory_lock(hashtextextended(?, 0))", name)) {
                return null;
            }
            if (!isOfThisTime()) {
                ask("SELECT pg_advisory_unlock(hashtextextended(?, 0))", name);
                throw new MemoryException(
                        "L'horloge de cette machine n'est pas celle de la base PostgreSQL, à plus d'une minute près : mettez les deux à l'heure "
                                + "(par exemple avec chrony). Rien n'est lu ni écrit jusque-là.",
                        null);
            }
            held.add(name);
            return new Held(this, name);
        }

        HeldLock takeOne(String name, int count) throws SQLException {
            Object[] free = IntStream.rangeClosed(1, count)
                    .mapToObj(number -> name + " " + number)
                    .filter(each -> !held.contains(each))
                    .toArray();
            // row by row: the first that is free ends it
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT place FROM unnest(?) AS place WHERE pg_try_advisory_lock(hashtextextended(place, 0)) LIMIT 1")) {
                statement.setArray(1, connection.createArrayOf("text", free));
                try (ResultSet result = statement.executeQuery()) {
                    if (!result.next()) {
                        return null;
                    }
                    held.add(result.getString(1));
                    return new Held(this, result.getString(1));
                }
            }
        }

        private boolean isOfThisTime() throws SQLException {
            try (PreparedStatement statement =
                            connection.prepareStatement("SELECT extract(epoch FROM clock_timestamp())::bigint");
                    ResultSet result = statement.executeQuery()) {
                result.next();
                long seconds = System.currentTimeMillis() / 1000 - result.getLong(1);
                return Math.abs(seconds) <= WatchedClock.TOLERANCE.toSeconds();
            }
        }

        void look() throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
                statement.execute();
            }
        }

        boolean ask(String sql, String name) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, name);
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    return result.getBoolean(1);
                }
            }
        }

        void end() {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // it is gone already
            }
        }
    }

    private final class Held implements HeldLock {
        private final Session of;
        private final String name;

        Held(Session of, String name) {
            this.of = of;
            this.name = name;
        }

        @Override
        public void check() {
            synchronized (SharedLocks.this) {
                try {
                    if (session == of && of.held.contains(name)) {
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
                if (session != of || !of.held.remove(name)) {
                    return;
                }
                try {
                    of.ask("SELECT pg_advisory_unlock(hashtextextended(?, 0))", name);
                } catch (SQLException e) {
                    lose();
                }
            }
        }
    }
}
