package fr.moncampus.ecal;

import java.util.List;

/** Threads of this process, which others of its tests may have as well. */
public final class Threads {
    private Threads() {}

    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** Those of that name that an action begins and that are there when it is over. */
    public static List<Thread> begunBy(String name, Action action) throws Exception {
        List<Thread> before = named(name);
        action.run();
        return named(name).stream().filter(each -> !before.contains(each)).toList();
    }

    private static List<Thread> named(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .toList();
    }
}
