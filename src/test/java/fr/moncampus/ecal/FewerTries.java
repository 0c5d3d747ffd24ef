package fr.moncampus.ecal;

import java.util.Optional;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** {@code -Dquality.tries=N} lets no property try more often than that: each mutation runs them all again. Found by jqwik as a service. */
public final class FewerTries implements AroundPropertyHook {
    private static final Integer MAX_TRIES = Integer.getInteger("quality.tries");

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Optional<Integer> tries = context.attributes().tries();
        if (MAX_TRIES != null && tries.orElse(Integer.MAX_VALUE) > MAX_TRIES) {
            context.attributes().setTries(MAX_TRIES);
        }
        return property.execute();
    }
}
