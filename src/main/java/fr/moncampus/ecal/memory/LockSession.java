package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.time.WatchedClock;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;

/** A session at PostgreSQL and its advisory locks, which are held as long as its connection lives. For one thread at a time. */
final class LockSession {
    private static final String OPTIONS =
            "-c idle_session_timeout=%ds -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
                    .formatted(SharedLocks.SILENCE_SECONDS);

    private final Connection connection;
    private final Clock clock;
    private final Set<String> held = new HashSet<>();

    private LockSession(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    static LockSession connect(MemoryPlace place, Clock clock) throws SQLException {
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
        return new LockSession(DriverManager.getConnection(place.url(), properties), clock);
    }

    /** @return false when somebody else, perhaps of this process, has it */
    boolean take(String name) throws SQLException {
        // the server would give it to the same session again
        if (held.contains(name) || !ask("SELECT pg_try_advisory_lock(hashtextextended(?, 0))", name)) {
            return false;
        }
        if (!isOfThisTime()) {
            ask("SELECT pg_advisory_unlock(hashtextextended(?, 0))", name);
            throw new MemoryException(
                    "L'horloge de cette machine n'est pas celle de la base PostgreSQL, à plus d'une minute près : mettez les deux à l'heure "
                            + "(par exemple avec chrony). Rien n'est lu ni écrit jusque-là.",
                    null);
        }
        return held.add(name);
    }

    /** @return its name; null when all are taken */
    String takeOne(String name, int count) throws SQLException {
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
                return result.getString(1);
            }
        }
    }

    private boolean isOfThisTime() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT extract(epoch FROM clock_timestamp())::bigint");
                ResultSet result = statement.executeQuery()) {
            result.next();
            long seconds = clock.millis() / 1000 - result.getLong(1);
            return Math.abs(seconds) <= WatchedClock.TOLERANCE.toSeconds();
        }
    }

    void look() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
            statement.execute();
        }
    }

    boolean holds(String name) {
        return held.contains(name);
    }

    void release(String name) throws SQLException {
        held.remove(name);
        ask("SELECT pg_advisory_unlock(hashtextextended(?, 0))", name);
    }

    private boolean ask(String sql, String name) throws SQLException {
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
