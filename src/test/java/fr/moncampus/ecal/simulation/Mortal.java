package fr.moncampus.ecal.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A process that can be ended before and after each of its requests and of its writes to memory; from then on nothing that it does has an effect. */
final class Mortal {
    /** What ends it. Not an exception: nobody may catch it and go on. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death() {
            super("the process is gone", null, false, false);
        }
    }

    @FunctionalInterface
    interface Deed<T> {
        T done() throws Exception;
    }

    private final int last;
    private int point;
    private boolean dead;

    /** @param last the point at which it dies, from 1; 0 for never */
    Mortal(int last) {
        this.last = last;
    }

    boolean isDead() {
        return dead;
    }

    /** How many points it has passed. */
    int points() {
        return point;
    }

    <T> T around(Deed<T> deed) throws Exception {
        pass();
        T result = deed.done();
        pass();
        return result;
    }

    private void pass() {
        if (dead || ++point == last) {
            dead = true;
            throw new Death();
        }
    }

    Wire wire(Wire wire) {
        return ask -> {
            try {
                return around(() -> wire.ask(ask));
            } catch (java.io.IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    Connection connection(Connection connection) {
        return proxy(Connection.class, connection);
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (dead && !method.getName().equals("close")) {
                        throw new Death();
                    }
                    Deed<Object> deed = () -> {
                        try {
                            return method.invoke(target, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause() instanceof SQLException broken
                                    ? broken
                                    : new IllegalStateException(e.getCause());
                        }
                    };
                    boolean write = method.getName().equals("executeUpdate")
                            || method.getName().equals("execute")
                            || method.getName().equals("commit");
                    Object result = write ? around(deed) : deed.done();
                    if (result instanceof PreparedStatement statement) {
                        return proxy(PreparedStatement.class, statement);
                    }
                    return result instanceof Statement statement ? proxy(Statement.class, statement) : result;
                }));
    }
}
