package fr.moncampus.ecal.watch;

import org.apache.camel.CamelContext;
import org.apache.camel.cli.connector.DefaultCliConnectorFactory;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.spi.CliConnector;

/** Camel's consoles, and the {@code camel} command line, which reads them. */
final class Consoles {
    /** Milliseconds between two looks of the {@code camel} command line's connector, which writes a file each time. */
    private static final int CLI_DELAY = 5000;

    /** Its connector writes all of the routes each time: with a thousand configurations 15 MB, and one processor does nothing else. */
    static final int MAX_WITH_COMMAND_LINE = 20;

    private Consoles() {}

    /** Only now: its thread makes consoles as it needs them, which while the context starts would now and then break that start. */
    static void connectCommandLine(CamelContext context) throws Exception {
        load(context);
        DefaultCliConnectorFactory factory = new DefaultCliConnectorFactory();
        factory.setRuntime("Main");
        factory.setRuntimeVersion(context.getVersion());
        CliConnector connector = factory.createConnector();
        context.addService(connector);
        connector.updateDelay(CLI_DELAY);
    }

    /** Finding them takes a quarter of Camel's start time, so it is done on the first request. */
    static synchronized void load(CamelContext context) {
        context.setDevConsole(true);
        context.getCamelContextExtension()
                .getContextPlugin(DevConsoleRegistry.class)
                .loadDevConsoles();
    }
}
