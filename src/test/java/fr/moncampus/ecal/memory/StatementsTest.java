package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementsTest {
    private final List<PreparedStatement> prepared = new ArrayList<>();
    private Connection connection;
    private Statements statements;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        statements = new Statements((Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    try {
                        Object result = method.invoke(connection, arguments);
                        if (result instanceof PreparedStatement statement) {
                            prepared.add(statement);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
        update("CREATE TABLE number (n INTEGER UNIQUE)");
        prepared.clear();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void whatIsSaidAgainIsPreparedOnceAndMeansItsNewValues() throws SQLException {
        for (int i = 1; i <= 5; i++) {
            update("INSERT INTO number VALUES (?)", i);
        }

        assertThat(prepared).hasSize(1);
        assertThat(sum()).isEqualTo(15);
    }

    @Test
    void aSchemaThatChangesMeanwhileIsNoMatter() throws SQLException {
        update("INSERT INTO number VALUES (?)", 1);
        update("ALTER TABLE number RENAME TO old");
        update("CREATE TABLE number (n INTEGER UNIQUE)");
        update("INSERT INTO number VALUES (?)", 2);
        update("DROP TABLE old");

        assertThat(sum()).isEqualTo(2);
    }

    @Test
    void theSameWordsMayBeSaidWhileTheyAreInUse() throws SQLException {
        update("INSERT INTO number VALUES (?)", 7);

        int twice = statements.run("SELECT SUM(n) FROM number", outer -> {
            try (ResultSet result = outer.executeQuery()) {
                return result.getInt(1) + sum();
            }
        });

        assertThat(twice).isEqualTo(14);
        assertThat(sum()).isEqualTo(7);
    }

    @Test
    void oneThatFailedIsClosedAndTheNextIsNew() throws SQLException {
        update("INSERT INTO number VALUES (?)", 1);
        assertThatThrownBy(() -> update("INSERT INTO number VALUES (?)", 1))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("UNIQUE");

        assertThat(prepared.get(0).isClosed()).isTrue();
        update("INSERT INTO number VALUES (?)", 2);
        assertThat(sum()).isEqualTo(3);
    }

    @Test
    void thoseNotUsedForLongestAreClosed() throws SQLException {
        for (int i = 0; i < 2 * Statements.MAX_STATEMENTS; i++) {
            update("INSERT INTO number VALUES (" + i + ")");
        }

        assertThat(prepared.stream().filter(StatementsTest::isOpen)).hasSize(Statements.MAX_STATEMENTS);
        statements.close();
        assertThat(prepared).noneMatch(StatementsTest::isOpen);
    }

    private void update(String sql, Object... values) throws SQLException {
        statements.run(sql, PreparedStatement::executeUpdate, values);
    }

    private int sum() throws SQLException {
        return statements.run("SELECT SUM(n) FROM number", statement -> {
            try (ResultSet result = statement.executeQuery()) {
                return result.getInt(1);
            }
        });
    }

    private static boolean isOpen(PreparedStatement statement) {
        try {
            return !statement.isClosed();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
