package fr.moncampus.ecal;

import fr.moncampus.ecal.ops.CommandLineFactory;

/** The command line. */
public final class App {
    private App() {}

    /** Only the scheduler talks through its log; the other commands print results. Before anything else, since logging reads it once. */
    private static void quiet(String[] arguments) {
        boolean scheduler = arguments.length > 0 && arguments[0].equals("run");
        if (!scheduler && System.getenv("LOG_LEVEL") == null && System.getProperty("log.level") == null) {
            System.setProperty("log.level", "warn");
        }
    }

    public static void main(String[] arguments) {
        quiet(arguments);
        System.exit(CommandLineFactory.execute(arguments));
    }
}
