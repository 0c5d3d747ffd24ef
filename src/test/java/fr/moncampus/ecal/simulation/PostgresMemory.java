package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.MemoryPlace;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;
import javax.sql.DataSource;

/** A real database; all processes of a simulation use one connection, one after the other, and each has locks of its own. */
final class PostgresMemory implements Memory {
    private final MemoryPlace locks;
    private final Connection connection;

    /**
     * Empty, whatever is there.
     *
     * @param connection which stays open
     * @param locks      where processes lock; null: by files
     */
    PostgresMemory(Connection connection, MemoryPlace locks) throws SQLException {
        this.connection = connection;
        this.locks = locks;
        forget();
    }

    @Override
    public Database open(Mortal mortal) throws SQLException {
        recover();
        Connection lent = proxy(Connection.class, (self, method, arguments) -> {
            if (method.getName().equals("close")) {
                recover();
                return null;
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        return Database.on(
                proxy(DataSource.class, (self, method, arguments) -> mortal == null ? lent : mortal.connection(lent)),
                locks);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(PostgresMemory.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What the server does when it hears no more of a process that was in the middle of something. */
    private void recover() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void ended(Database database) {
        database.close();
    }

    @Override
    public void forget() throws SQLException {
        recover();
        StringJoiner tables = new StringJoiner(", ");
        try (Statement statement = connection.createStatement();
                var result = statement.executeQuery(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name !~ '^(qrtz|flyway)_'")) {
            while (result.next()) {
                tables.add(result.getString(1));
            }
            if (tables.length() > 0) {
                statement.execute("TRUNCATE " + tables + " RESTART IDENTITY");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        recover();
    }
}
