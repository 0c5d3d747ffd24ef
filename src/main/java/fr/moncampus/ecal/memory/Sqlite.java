package fr.moncampus.ecal.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;

/**
 * The SQLite file of a data folder: one connection, used by one thread at a time. All that only SQLite has is here, its settings and the file
 * that is set aside when it is damaged, and in {@link SqliteSchema} and {@link SqliteTroubles}.
 */
final class Sqlite implements Backend {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    /** As many as 1000 pages take, after which SQLite makes a checkpoint. */
    static final int MAX_WAL_BYTES = 4_200_000;

    private final Connection connection;
    private final Statements statements;
    private boolean inTransaction;

    private Sqlite(Connection connection) {
        this.connection = connection;
        this.statements = new Statements(connection);
    }

    /**
     * The file can be read by its owner only, and so can the folder, unless it is shared with files of others. A damaged file is set aside and a
     * new memory begun: the calendar is recognised by its references all the same.
     */
    static Sqlite open(Path folder) {
        Path file = folder.resolve(Database.FILE);
        try {
            PrivateFile.makeFolder(folder);
            PrivateFile.make(file);
            try {
                return connect(file);
            } catch (SQLException e) {
                if (!SqliteTroubles.isDamage(e)) {
                    throw e;
                }
                setAside(file);
                PrivateFile.make(file);
                return connect(file);
            }
        } catch (IOException | SQLException e) {
            throw MemoryException.unusable(file.toString(), SqliteTroubles.reason(e), e);
        }
    }

    static Sqlite on(Connection connection) throws SQLException, IOException {
        Sqlite sqlite = new Sqlite(connection);
        sqlite.prepare();
        return sqlite;
    }

    private static Sqlite connect(Path file) throws SQLException, IOException {
        NativeLibrary.prepare();
        // not by DriverManager, which would load PostgreSQL's driver as well
        Connection connection = JDBC.createConnection(address(file), new Properties());
        try {
            return on(connection);
        } catch (SQLException | IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** As a URI: in a plain path, SQLite's driver takes what follows a question mark for options. */
    static String address(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath().toUri();
    }

    private static void setAside(Path file) throws IOException {
        String name = file.getFileName() + ".abime-"
                + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now());
        // a clock that was set back may say the same time twice
        for (int i = 2; Files.exists(file.resolveSibling(name)); i++) {
            name = name.replaceFirst("(_\\d+)?$", "_" + i);
        }
        for (String part : List.of("", "-wal", "-shm")) {
            Path damaged = file.resolveSibling(file.getFileName() + part);
            if (Files.exists(damaged)) {
                Files.move(damaged, file.resolveSibling(name + part));
            }
        }
        LOG.warn(
                "la mémoire {} était abîmée : elle est mise de côté sous le nom {}, et une nouvelle commence. L'historique et le journal des "
                        + "écritures y restent ; rien du calendrier n'est perdu, il y est relu.",
                file,
                name);
    }

    private void prepare() throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("PRAGMA journal_mode = WAL");
            // a reader that delays checkpoints makes the file grow; this limit lets it shrink again
            statement.execute("PRAGMA journal_size_limit = " + MAX_WAL_BYTES);
            // what is stored before a request is on disk before it is sent: a power cut is no worse than a crash
            statement.execute("PRAGMA synchronous = FULL");
            try (ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
                if (!"ok".equals(check.getString(1))) {
                    throw new SQLException(check.getString(1), null, SQLiteErrorCode.SQLITE_CORRUPT.code);
                }
            }
        }
        try {
            SqliteSchema schema = new SqliteSchema(statements);
            if (!schema.isUpToDate()) {
                transaction(null, schema::migrate);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public synchronized <T> T run(String sql, Statements.Use<T> use, Object... values) throws SQLException {
        return statements.run(sql, use, values);
    }

    /** One at a time in all processes, whatever it is about. */
    @Override
    public synchronized void transaction(String about, Database.Work work) throws SQLException {
        if (inTransaction) {
            work.run();
            return;
        }
        statements.run("BEGIN IMMEDIATE", PreparedStatement::execute);
        inTransaction = true;
        try {
            work.run();
            statements.run("COMMIT", PreparedStatement::execute);
        } catch (SQLException | RuntimeException e) {
            rollBack();
            throw e;
        } finally {
            inTransaction = false;
        }
    }

    private void rollBack() {
        try {
            statements.run("ROLLBACK", PreparedStatement::execute);
        } catch (SQLException e) {
            // on a full disk SQLite has rolled back already; the first failure is the one to report
        }
    }

    @Override
    public Duration clockOffset() {
        return Duration.ZERO;
    }

    @Override
    public String number(String column, String field) {
        return "(" + column + " ->> '$." + field + "')";
    }

    @Override
    public String indexed(String index) {
        return "INDEXED BY " + index;
    }

    @Override
    public SharedLocks locks() {
        return null;
    }

    @Override
    public DataSource pool() {
        return null;
    }

    @Override
    public synchronized void close() throws SQLException {
        try (connection) {
            statements.close();
        }
    }

    @Override
    public MemoryException failed(SQLException e) {
        return MemoryException.failed(SqliteTroubles.reason(e), e);
    }
}
