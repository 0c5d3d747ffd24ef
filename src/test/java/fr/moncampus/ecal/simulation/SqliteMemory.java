package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.memory.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Not on a disk. */
final class SqliteMemory implements Memory {
    private final Connection connection;

    SqliteMemory() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    }

    @Override
    public Database open(Mortal mortal) throws SQLException, IOException {
        recover();
        return Database.on(mortal == null ? connection : mortal.connection(connection));
    }

    /** What SQLite itself does when a file is opened that a process has left in the middle. */
    private void recover() throws SQLException {
        execute("ROLLBACK", "no transaction is active");
    }

    @Override
    public void ended(Database database) {
        // the connection is the memory
    }

    @Override
    public void forget() throws SQLException {
        recover();
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                var result = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
            while (result.next()) {
                tables.add(result.getString(1));
            }
        }
        for (String table : tables) {
            execute("DELETE FROM " + table, "may not be modified");
        }
    }

    private void execute(String sql, String unless) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            if (!e.getMessage().contains(unless)) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
