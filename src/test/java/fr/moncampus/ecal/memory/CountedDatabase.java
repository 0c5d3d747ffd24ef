package fr.moncampus.ecal.memory;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A memory that counts its statements, and the rows that they give. */
public final class CountedDatabase implements AutoCloseable {
    private static final Set<Class<?>> COUNTED = Set.of(PreparedStatement.class, ResultSet.class);

    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicInteger rows = new AtomicInteger();
    private final Database database;

    private CountedDatabase() throws Exception {
        database = Database.on(counted(Connection.class, DriverManager.getConnection("jdbc:sqlite::memory:")));
    }

    public static CountedDatabase open() throws Exception {
        return new CountedDatabase();
    }

    public Database database() {
        return database;
    }

    public String costOf(Runnable work) {
        statements.set(0);
        rows.set(0);
        work.run();
        return statements + " statements, " + rows + " rows";
    }

    private <T> T counted(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> call(real, method, values)));
    }

    private Object call(Object real, Method method, Object[] values) throws Throwable {
        Object result;
        try {
            result = method.invoke(real, values);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (real instanceof PreparedStatement && method.getName().startsWith("execute")) {
            statements.incrementAndGet();
        }
        if (real instanceof ResultSet && method.getName().equals("next") && Boolean.TRUE.equals(result)) {
            rows.incrementAndGet();
        }
        return COUNTED.contains(method.getReturnType()) ? counted(method.getReturnType(), result) : result;
    }

    @Override
    public void close() {
        database.close();
    }
}
