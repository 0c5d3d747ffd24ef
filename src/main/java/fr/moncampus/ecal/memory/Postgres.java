package fr.moncampus.ecal.memory;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** A PostgreSQL database that several processes, on several machines, share: a pool of connections, and locks instead of one at a time. */
final class Postgres implements Backend {
    /** Of one process; the server has 100 for all as it comes. */
    private static final int MAX_CONNECTIONS = 10;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /**
     * A process that was stopped in the middle keeps nobody waiting for ever: its transaction ends before the lock of its run does, so that
     * whoever takes the run over meets none of its locks, and whoever waits for one already waits longer than that.
     */
    private static final String LIMITS =
            "-c lock_timeout=15s -c statement_timeout=30s -c idle_in_transaction_session_timeout=%ds"
                    .formatted(SharedLocks.SILENCE_SECONDS - 2);

    /** Of the last migration. */
    private static final String VERSION = "6";

    private static final Map<String, String> WORDS = Map.of(
            "bytes", "BYTEA",
            "figures", "",
            "keyed", "",
            "rowid", "  rowid BIGINT GENERATED ALWAYS AS IDENTITY,\n",
            "counted", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY");

    private final DataSource pool;
    /** Closed with this; null when the connections are another's. */
    private final HikariDataSource ownPool;
    /** Of the thread's transaction, as long as that lasts. */
    private final ThreadLocal<Connection> current = new ThreadLocal<>();

    /** For the locks; null when there are none. */
    private final MemoryPlace place;
    /** Made when somebody wants one: who only reads needs none. */
    private SharedLocks locks;

    private Postgres(MemoryPlace place, DataSource pool, HikariDataSource ownPool) {
        this.place = place;
        this.pool = pool;
        this.ownPool = ownPool;
    }

    static Postgres open(MemoryPlace place) {
        HikariDataSource pool = null;
        try {
            PrivateFile.makeFolder(place.folder());
            pool = new HikariDataSource(settings(place));
            migrate(pool);
            return new Postgres(place, pool, pool);
        } catch (IOException | HikariPool.PoolInitializationException | FlywayException e) {
            if (pool != null) {
                pool.close();
            }
            throw MemoryException.unusable(place.toString(), PostgresTroubles.reason(e), e);
        }
    }

    static Postgres on(DataSource connections, MemoryPlace place) {
        migrate(connections);
        return new Postgres(place, connections, null);
    }

    private static HikariConfig settings(MemoryPlace place) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("memory");
        settings.setDriverClassName("org.postgresql.Driver");
        settings.setJdbcUrl(place.url());
        settings.setUsername(place.user());
        settings.setPassword(place.password());
        settings.setMaximumPoolSize(MAX_CONNECTIONS);
        settings.setMinimumIdle(1);
        settings.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        settings.setConnectionTimeout(PATIENCE.toMillis());
        // a database that starts together with this process may take a little longer
        settings.setInitializationFailTimeout(PATIENCE.toMillis());
        settings.addDataSourceProperty("ApplicationName", "moncampus-ecal");
        settings.addDataSourceProperty("tcpKeepAlive", "true");
        settings.addDataSourceProperty("connectTimeout", "10");
        // longer than any statement may take: a line that was cut is noticed
        settings.addDataSourceProperty("socketTimeout", "40");
        settings.addDataSourceProperty("options", LIMITS);
        return settings;
    }

    /** Safe when several processes start at once: Flyway takes a lock of its own. Its start takes longer than most commands, so it is not asked in vain. */
    private static void migrate(DataSource pool) {
        if (isUpToDate(pool)) {
            return;
        }
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:memory")
                .placeholders(WORDS)
                .load()
                .migrate();
    }

    private static boolean isUpToDate(DataSource pool) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT 1 FROM flyway_schema_history WHERE version = ? AND success")) {
            statement.setString(1, VERSION);
            return statement.executeQuery().next();
        } catch (SQLException e) {
            return false; // there is no such table yet, or Flyway says what is wrong
        }
    }

    @Override
    public <T> T run(String sql, Statements.Use<T> use, Object... values) throws SQLException {
        Connection own = current.get();
        if (own != null) {
            return run(own, sql, use, values);
        }
        try (Connection connection = pool.getConnection()) {
            return run(connection, sql, use, values);
        }
    }

    private static <T> T run(Connection connection, String sql, Statements.Use<T> use, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, storable(values[i]));
            }
            return use.of(statement);
        }
    }

    /** A text cannot hold a zero character there; what the school sends may. */
    private static Object storable(Object value) {
        return value instanceof String text ? text.replace('\0', '\uFFFD') : value;
    }

    @Override
    public void transaction(String about, Database.Work work) throws SQLException {
        if (current.get() != null) {
            alone(about);
            work.run();
            return;
        }
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            current.set(connection);
            try {
                alone(about);
                work.run();
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                rollBack(connection);
                throw e;
            } finally {
                current.remove();
                // the pool puts the connection back to where it commits by itself
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // the connection is gone, and the transaction with it; the first failure is the one to report
        }
    }

    /** Until the transaction ends. */
    private void alone(String about) throws SQLException {
        if (about != null) {
            run("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", PreparedStatement::execute, about);
        }
    }

    @Override
    public Duration clockOffset() {
        try {
            long before = System.currentTimeMillis();
            long there = run("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint", statement -> {
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    return result.getLong(1);
                }
            });
            // half of what the answer took
            return Duration.ofMillis(there - (before + System.currentTimeMillis()) / 2);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public String number(String column, String field) {
        return "CAST(CAST(" + column + " AS json) ->> '" + field + "' AS bigint)";
    }

    /** It chooses by itself. */
    @Override
    public String indexed(String index) {
        return "";
    }

    @Override
    public synchronized SharedLocks locks() {
        if (locks == null && place != null) {
            locks = new SharedLocks(place, Clock.systemUTC());
        }
        return locks;
    }

    @Override
    public DataSource pool() {
        return pool;
    }

    @Override
    public synchronized void close() {
        if (locks != null) {
            locks.close();
        }
        if (ownPool != null) {
            ownPool.close();
        }
    }

    @Override
    public MemoryException failed(SQLException e) {
        return MemoryException.failed(PostgresTroubles.reason(e), e);
    }
}
