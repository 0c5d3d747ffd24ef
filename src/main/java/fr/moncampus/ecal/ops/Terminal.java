package fr.moncampus.ecal.ops;

import java.io.Console;

/** Whether a person looks at the output, and can be asked. */
public final class Terminal {
    /** Asks a person. */
    interface Prompt {
        /** @return null when there will be no answer any more */
        String ask(String question, boolean secret);

        void say(String words);

        /** Enter means no. */
        default boolean agrees(String question) {
            String answer = ask(question + " [o/N] ", false);
            return answer != null && answer.matches("[oOyY].*");
        }
    }

    private Terminal() {}

    /** From Java 22 on there is a console even without a terminal, and a method that tells; Java 17 has neither. */
    public static boolean isThere() {
        // the plain one, which reads a line and nothing more
        System.setProperty("jdk.console", "java.base");
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

    /** @return null when nobody is there */
    static Prompt prompt() {
        return isThere() ? new OfConsole(System.console()) : null;
    }

    /** Questions go to standard error, in UTF-8: standard output is for results. */
    private record OfConsole(Console console) implements Prompt {
        @Override
        public String ask(String question, boolean secret) {
            System.err.print(question);
            System.err.flush();
            if (!secret) {
                return console.readLine();
            }
            char[] typed = console.readPassword();
            return typed == null ? null : new String(typed);
        }

        @Override
        public void say(String words) {
            System.err.println(words);
        }
    }
}
