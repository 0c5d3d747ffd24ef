package fr.moncampus.ecal.memory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The SQLite file of a data folder: one connection, used by one thread at a time, in short transactions. */
public final class Database implements AutoCloseable {
    public static final String FILE = "moncampus-ecal.db";
    private final Connection connection;

    private Database(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens or makes the memory of a data folder; folder and file can be read by their owner only.
     *
     * @throws MemoryException when it cannot be used, with a message that says what to do
     */
    public static Database open(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            makePrivate(folder, file);
            Database database = new Database(DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath()));
            try {
                database.prepare();
            } catch (IOException | SQLException e) {
                database.close();
                throw e;
            }
            return database;
        } catch (IOException | SQLException e) {
            throw new MemoryException("La mémoire " + file + " ne peut pas être utilisée (" + e.getMessage() + "). Vérifiez que le dossier "
                    + folder + " existe, qu'il est accessible en écriture et que le disque n'est pas plein. Si le fichier est abîmé, déplacez-le : "
                    + "l'historique est perdu, mais rien du calendrier, qui est relu chez ECAL.", e);
        }
    }

    private static void makePrivate(Path folder, Path file) throws IOException {
        var posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            if (posix) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
        if (!Files.exists(file)) {
            if (posix) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
        }
    }

    private void prepare() throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
        }
        String schema;
        try (InputStream stream = Database.class.getResourceAsStream("/schema.sql")) {
            schema = new String(stream.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)--.*$", "");
        }
        try (Statement statement = connection.createStatement()) {
            for (String command : schema.split(";")) {
                if (!command.isBlank()) {
                    statement.execute(command);
                }
            }
        }
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
        try (PreparedStatement statement = statement(sql, values); ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row.read(result));
            }
            return rows;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    synchronized int update(String sql, Object... values) {
        try (PreparedStatement statement = statement(sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** All or nothing. */
    synchronized void transaction(Work work) {
        try {
            try (Statement statement = connection.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
            }
            boolean done = false;
            try {
                work.run();
                done = true;
            } finally {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(done ? "COMMIT" : "ROLLBACK");
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private PreparedStatement statement(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static MemoryException failed(SQLException e) {
        return new MemoryException("La mémoire ne peut pas être lue ou écrite (" + e.getMessage() + ") : disque plein, fichier abîmé, protégé ou verrouillé.", e);
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
