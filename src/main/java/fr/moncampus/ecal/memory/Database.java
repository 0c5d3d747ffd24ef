package fr.moncampus.ecal.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/** The SQLite file of a data folder: one connection, used by one thread at a time, in short transactions. */
public final class Database implements AutoCloseable {
    public static final String FILE = "moncampus-ecal.db";
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    /** As many as 1000 pages take, after which SQLite makes a checkpoint. */
    static final int MAX_WAL_BYTES = 4_200_000;

    private final Connection connection;
    private final Statements statements;
    private final Days days = new Days(this);
    private boolean inTransaction;

    private Database(Connection connection) {
        this.connection = connection;
        this.statements = new Statements(connection);
    }

    /**
     * Opens or makes the memory of a data folder; the file can be read by its owner only, and so can the folder, unless it is shared with
     * files of others. A damaged file is set aside and a new memory begun: the calendar is recognised by its references all the same.
     *
     * @throws MemoryException when it cannot be used, with a message that says what to do
     */
    public static Database open(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            makePrivate(folder, file);
            try {
                return connect(file);
            } catch (SQLException e) {
                if (!MemoryException.isDamage(e)) {
                    throw e;
                }
                setAside(file);
                makePrivate(folder, file);
                return connect(file);
            }
        } catch (IOException | SQLException e) {
            throw MemoryException.unusable(file, e);
        }
    }

    /** A memory on a given connection, for example an in-memory one. */
    public static Database on(Connection connection) throws SQLException, IOException {
        Database database = new Database(connection);
        database.prepare();
        return database;
    }

    private static Database connect(Path file) throws SQLException, IOException {
        NativeLibrary.prepare();
        Connection connection = DriverManager.getConnection(address(file));
        try {
            Database database = new Database(connection);
            database.prepare();
            return database;
        } catch (SQLException | IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** As a URI: in a plain path, SQLite's driver takes what follows a question mark for options. */
    private static String address(Path file) {
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

    private static void makePrivate(Path folder, Path file) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        boolean isNew = !Files.isDirectory(folder);
        Files.createDirectories(folder);
        if (posix && (isNew || isEmpty(folder))) {
            Set<PosixFilePermission> owners = Files.getPosixFilePermissions(folder);
            owners.retainAll(PosixFilePermissions.fromString("rwx------"));
            Files.setPosixFilePermissions(folder, owners);
        }
        PrivateFile.make(file);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
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
        if (isFromBeforeTheSequence()) {
            transaction(this::upgrade);
        }
        try {
            createTables();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void createTables() throws SQLException {
        String schema;
        try (InputStream stream = Database.class.getResourceAsStream("/schema.sql")) {
            schema = new String(stream.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)--.*$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Statement statement = connection.createStatement()) {
            for (String command : schema.split(";")) {
                if (!command.isBlank()) {
                    statement.execute(command);
                }
            }
        }
    }

    /** Older versions ordered runs and writes by the wall clock, which may have been wrong. */
    private boolean isFromBeforeTheSequence() {
        return has("name IN ('run', 'journal') AND sql LIKE '%WITHOUT ROWID%'");
    }

    /** Nothing is lost. Rows dated in the future come from a wrong clock and are sorted before the others. */
    private void upgrade() throws SQLException {
        if (!isFromBeforeTheSequence()) {
            return; // another process was faster
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
        createTables();
        update("INSERT INTO %1$s (%2$s) SELECT %2$s FROM old_%1$s ORDER BY %3$s".formatted(table, columns, order));
        update("DROP TABLE old_" + table);
    }

    private boolean has(String condition) {
        return !query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND " + condition, row -> true)
                .isEmpty();
    }

    Days days() {
        return days;
    }

    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet result) throws SQLException;
    }

    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    synchronized <T> List<T> query(String sql, Row<T> row, Object... values) {
        try {
            return statements.run(
                    sql,
                    statement -> {
                        try (ResultSet result = statement.executeQuery()) {
                            List<T> rows = new ArrayList<>();
                            while (result.next()) {
                                rows.add(row.read(result));
                            }
                            return rows;
                        }
                    },
                    values);
        } catch (SQLException e) {
            throw MemoryException.failed(e);
        }
    }

    synchronized int update(String sql, Object... values) {
        try {
            return statements.run(sql, PreparedStatement::executeUpdate, values);
        } catch (SQLException e) {
            throw MemoryException.failed(e);
        }
    }

    /** Commits everything or nothing. Inside another transaction it is part of that one. */
    synchronized void transaction(Work work) {
        if (inTransaction) {
            try {
                work.run();
            } catch (SQLException e) {
                throw MemoryException.failed(e);
            }
            return;
        }
        try {
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
        } catch (SQLException e) {
            throw MemoryException.failed(e);
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
    public synchronized void close() {
        try (connection) {
            statements.close();
        } catch (SQLException e) {
            throw MemoryException.failed(e);
        }
    }
}
