package fr.moncampus.ecal;

import java.util.Optional;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * {@code -Dquality.tries=N} lets no property try more often than that: each mutation runs them all again. On PostgreSQL, where each statement
 * takes its way through a socket, what SQLite has been tried with is tried less often. Found by jqwik as a service.
 */
public final class FewerTries implements AroundPropertyHook {
    private static final int MAX_TRIES = Integer.getInteger("quality.tries", Integer.MAX_VALUE);
    private static final int MAX_TRIES_ON_POSTGRESQL = 15;

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Optional<Integer> tries = context.attributes().tries();
        boolean onPostgresql = context.containerClass().getSimpleName().endsWith("OnPostgresTest");
        int most = onPostgresql ? Math.min(MAX_TRIES, MAX_TRIES_ON_POSTGRESQL) : MAX_TRIES;
        if (tries.orElse(Integer.MAX_VALUE) > most) {
            context.attributes().setTries(most);
        }
        return property.execute();
    }
}
