package fr.moncampus.ecal;

import fr.moncampus.ecal.ops.CommandLineFactory;

/** The command line. */
public final class App {
    private App() {
    }

    public static void main(String[] arguments) {
        System.exit(CommandLineFactory.create().execute(arguments));
    }
}
