package fr.moncampus.ecal;

/** The command line. */
public final class App {
    private App() {
    }

    public static void main(String[] arguments) {
        System.exit(0);
    }
}
