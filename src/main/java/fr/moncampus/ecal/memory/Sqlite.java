package fr.moncampus.ecal.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;

/**
 * The SQLite file of a data folder: one connection, used by one thread at a time. All that only SQLite has is here: its settings, the file
 * that is set aside when it is damaged, its errors, and migrations without a tool, which a small machine would load for nothing at each start.
 */
final class Sqlite implements Backend {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    /** As many as 1000 pages take, after which SQLite makes a checkpoint. */
    static final int MAX_WAL_BYTES = 4_200_000;

    /** Whatever comes behind the first is never changed, only followed by another. The file knows how many of them it has had. */
    private static final List<String> MIGRATIONS = List.of("V1__memory.sql");

    private static final Map<String, String> WORDS = Map.of(
            "${keyed}",
            "WITHOUT ROWID",
            "${rowid}",
            "",
            "${counted}",
            "INTEGER PRIMARY KEY",
            "${bytes}",
            "BLOB",
            "${figures}",
            """
            CREATE INDEX IF NOT EXISTS run_figures ON run (config, started, success, result ->> '$.millis',
              (result ->> '$.created') + (result ->> '$.updated') + (result ->> '$.deleted'))""");

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
                if (!isDamage(e)) {
                    throw e;
                }
                setAside(file);
                PrivateFile.make(file);
                return connect(file);
            }
        } catch (IOException | SQLException e) {
            throw MemoryException.unusable(file.toString(), reason(e), e);
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
                        + "écritures y restent ; rien du calendrier n'est perdu, il est relu chez ECAL.",
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
            if (version() < MIGRATIONS.size()) {
                transaction(null, this::migrate);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** How many migrations the file has had. */
    private int version() throws SQLException {
        return run("PRAGMA user_version", statement -> {
            try (ResultSet result = statement.executeQuery()) {
                return result.getInt(1);
            }
        });
    }

    private void migrate() throws SQLException {
        // another process may have been faster
        for (int version = version(); version < MIGRATIONS.size(); version++) {
            if (version == 0) {
                upgradeOldFile();
            }
            execute(MIGRATIONS.get(version));
            update("PRAGMA user_version = " + (version + 1));
        }
    }

    private void execute(String migration) throws SQLException {
        String commands;
        try (InputStream stream = Sqlite.class.getResourceAsStream("/memory/" + migration)) {
            commands = new String(stream.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)--.*$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Map.Entry<String, String> word : WORDS.entrySet()) {
            commands = commands.replace(word.getKey(), word.getValue());
        }
        for (String command : commands.split(";")) {
            if (!command.isBlank()) {
                update(command);
            }
        }
    }

    /**
     * Older versions ordered runs and writes by the wall clock, which may have been wrong. Nothing is lost. Rows dated in the future come from a
     * wrong clock and are sorted before the others.
     */
    private void upgradeOldFile() throws SQLException {
        if (!has("name IN ('run', 'journal') AND sql LIKE '%WITHOUT ROWID%'")) {
            return;
        }
        if (has("name = 'written' AND sql NOT LIKE '% day %'")) {
            update("ALTER TABLE written ADD COLUMN day INTEGER NOT NULL DEFAULT 0");
        }
        upgrade(
                "run",
                "config, id, started, finished, success, result, held",
                "started <= unixepoch() * 1000, started");
        upgrade(
                "journal",
                "config, run, number, at, method, why, before, after, outcome",
                "at <= unixepoch() * 1000, at, config, run, number");
    }

    private void upgrade(String table, String columns, String order) throws SQLException {
        if (!has("name = '" + table + "' AND sql LIKE '%WITHOUT ROWID%'")) {
            return;
        }
        update("ALTER TABLE " + table + " RENAME TO old_" + table);
        execute(MIGRATIONS.get(0));
        update("INSERT INTO %1$s (%2$s) SELECT %2$s FROM old_%1$s ORDER BY %3$s".formatted(table, columns, order));
        update("DROP TABLE old_" + table);
    }

    private boolean has(String condition) throws SQLException {
        return run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND " + condition, statement -> {
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        });
    }

    private void update(String sql) throws SQLException {
        run(sql, PreparedStatement::executeUpdate);
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
        return MemoryException.failed(reason(e), e);
    }

    static boolean isDamage(SQLException e) {
        SQLiteErrorCode code = code(e);
        return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
    }

    /** In the user's words. */
    static String reason(Exception e) {
        if (!(e instanceof SQLException sql)) {
            return "le fichier ou son dossier ne peut pas être créé ou lu (" + e.getMessage()
                    + "). Vérifiez que le dossier des données existe et qu'il est accessible en écriture.";
        }
        return switch (code(sql)) {
            case SQLITE_FULL, SQLITE_IOERR ->
                "le disque est plein ou défaillant. Faites de la place, le prochain passage reprendra.";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
                "le fichier ou son dossier est protégé en écriture. Vérifiez leur propriétaire et leurs droits.";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "un autre programme la verrouille depuis plus de 10 secondes. Fermez-le, le prochain passage reprendra.";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "le fichier est abîmé. Il sera mis de côté au prochain démarrage ; l'historique est perdu, rien du calendrier.";
            default -> sql.getMessage() + ".";
        };
    }

    /** The primary code, without its extension. */
    private static SQLiteErrorCode code(SQLException e) {
        return SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
    }
}
