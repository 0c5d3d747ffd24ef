package fr.moncampus.ecal.memory;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** An engine beneath the memory. What is common to all is SQL; what differs stands in its implementations. */
interface Backend extends AutoCloseable {
    <T> T run(String sql, Statements.Use<T> use, Object... values) throws SQLException;

    /**
     * Commits everything or nothing. Inside another transaction it is part of that one.
     *
     * @param about of transactions about the same thing, in whatever process, there is one at a time; null when it does not matter
     */
    void transaction(String about, Database.Work work) throws SQLException;

    /** How far the clock by which this memory is dated is ahead of this machine's. */
    Duration clockOffset();

    /** SQL: a number in a column that holds a JSON object. */
    String number(String column, String field);

    /** SQL: behind a table's name, has it read by that index where there is one. */
    String indexed(String index);

    /** Null when the system's own locks do, since all is on one machine. */
    SharedLocks locks();

    /** Null when there is only one connection. */
    DataSource pool();

    /** What to say of a failure. */
    MemoryException failed(SQLException e);

    @Override
    void close() throws SQLException;
}
