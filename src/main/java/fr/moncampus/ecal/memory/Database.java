package fr.moncampus.ecal.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The memory: short statements and short transactions, in the SQL that its engines have in common. */
public final class Database implements AutoCloseable {
    /** Of the SQLite file of a data folder. */
    public static final String FILE = "moncampus-ecal.db";

    private final Backend backend;
    private final Days days = new Days(this);

    Database(Backend backend) {
        this.backend = backend;
    }

    /**
     * Opens or makes the memory of a data folder.
     *
     * @throws MemoryException when it cannot be used, with a message that says what to do
     */
    public static Database open(Path folder) {
        return open(MemoryPlace.in(folder));
    }

    /** @throws MemoryException when it cannot be used, with a message that says what to do */
    public static Database open(MemoryPlace place) {
        // two classes, so that a process loads the drivers of one engine only
        return new Database(place.isShared() ? Postgres.open(place) : Sqlite.open(place.folder()));
    }

    /** A memory on a given connection to SQLite, for example an in-memory one. */
    public static Database on(Connection connection) throws SQLException, IOException {
        return new Database(Sqlite.on(connection));
    }

    /** A memory on given connections to PostgreSQL, which stay open. @param place for the locks, which have a connection of their own; null: without */
    public static Database on(DataSource connections, MemoryPlace place) {
        return new Database(Postgres.on(connections, place));
    }

    /** How far the clock by which this memory is dated is ahead of this machine's: nothing, unless it is on another machine. */
    public Duration clockOffset() {
        return backend.clockOffset();
    }

    /** Locks that all who share this memory see. Null when the system's own do, since all is on one machine. */
    public SharedLocks locks() {
        return backend.locks();
    }

    /** For Quartz, whose tables are in the memory that several machines share. Null when it is not shared. */
    public DataSource pool() {
        return backend.pool();
    }

    /** @throws MemoryException when the memory cannot be asked */
    public void check() {
        query("SELECT 1", row -> null);
    }

    /** SQL: a number in a column that holds a JSON object. */
    String number(String column, String field) {
        return backend.number(column, field);
    }

    /** SQL: behind a table's name, has it read by that index where there is one. */
    String indexed(String index) {
        return backend.indexed(index);
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

    <T> List<T> query(String sql, Row<T> row, Object... values) {
        try {
            return backend.run(
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
            throw backend.failed(e);
        }
    }

    int update(String sql, Object... values) {
        try {
            return backend.run(sql, PreparedStatement::executeUpdate, values);
        } catch (SQLException e) {
            throw backend.failed(e);
        }
    }

    /** Commits everything or nothing. Inside another transaction it is part of that one. */
    void transaction(Work work) {
        transaction(null, work);
    }

    /** @param about of transactions about the same thing, in whatever process, there is one at a time: what is read in it still holds as it writes */
    void transaction(String about, Work work) {
        try {
            backend.transaction(about, work);
        } catch (SQLException e) {
            throw backend.failed(e);
        }
    }

    @Override
    public void close() {
        try {
            backend.close();
        } catch (SQLException e) {
            throw backend.failed(e);
        }
    }
}
