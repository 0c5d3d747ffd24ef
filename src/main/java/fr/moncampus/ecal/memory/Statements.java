package fr.moncampus.ecal.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The statements of one connection: those used last stay prepared, since preparing costs more than most of them do. For one thread at a time. */
final class Statements implements AutoCloseable {
    /** More than the program has. */
    static final int MAX_STATEMENTS = 64;

    private final Connection connection;
    /** Statements not in use, most recently used last. */
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    @FunctionalInterface
    interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    <T> T run(String sql, Use<T> use, Object... values) throws SQLException {
        // removed while in use, so that the same SQL can run within its own use
        PreparedStatement kept = prepared.remove(sql);
        PreparedStatement statement = kept == null ? connection.prepareStatement(sql) : kept;
        T result;
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            result = use.of(statement);
            // a kept statement does not hold on to its parameters
            statement.clearParameters();
        } catch (SQLException | RuntimeException e) {
            // a failed statement is closed: nothing stays open on a damaged or locked file
            try (statement) {
                throw e;
            }
        }
        keep(sql, statement);
        return result;
    }

    private void keep(String sql, PreparedStatement statement) throws SQLException {
        PreparedStatement other = prepared.put(sql, statement);
        if (other != null) {
            other.close();
        }
        if (prepared.size() > MAX_STATEMENTS) {
            prepared.remove(prepared.keySet().iterator().next()).close();
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }
}
