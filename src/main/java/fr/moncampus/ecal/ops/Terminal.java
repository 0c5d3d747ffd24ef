package fr.moncampus.ecal.ops;

import java.io.Console;

/** Whether a person looks at the output. */
final class Terminal {
    private Terminal() {}

    /** From Java 22 on there is a console even without a terminal, and a method that tells; Java 17 has neither. */
    static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
