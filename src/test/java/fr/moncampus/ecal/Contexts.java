package fr.moncampus.ecal;

import fr.moncampus.ecal.run.Engine;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CliConnectorFactory;

/** Contexts that a test starts without an {@link Engine}. */
public final class Contexts {
    private Contexts() {}

    public static DefaultCamelContext withoutCommandLine() {
        return withoutCommandLine(new DefaultCamelContext());
    }

    /** As the engine starts its own: a connector that is found on the class path now and then breaks the start. */
    public static <C extends CamelContext> C withoutCommandLine(C context) {
        context.getCamelContextExtension().addContextPlugin(CliConnectorFactory.class, Engine.noCliConnector());
        return context;
    }
}
