package fr.moncampus.ecal.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** A user's steps in a copy of the routes: one before each of ours, and in the split of the changes. Camel calls them by the name of this class. */
public final class UsersSteps {
    private static volatile UserStep step = UserStep.NONE;

    private UsersSteps() {}

    static void are(UserStep next) {
        step = next;
    }

    public static void between(Exchange exchange) {
        exchange.setRouteStop(step.stops(false));
    }

    public static void unread(Exchange exchange) {
        exchange.setRouteStop(step.stops(true));
    }

    /** @return the copy */
    static Path routes(Path routes, Path copy) throws IOException {
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(routes)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Path sync = copy.resolve("sync.camel.yaml");
        String text = Files.readString(sync);
        for (String ours : List.of(
                "read-timetable",
                "transform",
                "read-calendar",
                "plan",
                "changes",
                "not-twice",
                "stop-if-fatal",
                "verify")) {
            text = before(ours, text, ours.equals("transform") ? "unread" : "between");
        }
        Files.writeString(sync, text);
        return copy;
    }

    private static String before(String ours, String text, String method) {
        Matcher step = Pattern.compile("\\bid: " + ours + "(?=[,\\s])").matcher(text);
        int id = step.find() ? step.start() : -1;
        int start = text.lastIndexOf("- ", id);
        int line = text.lastIndexOf('\n', start) + 1;
        if (id < 0) {
            throw new IllegalStateException("no step " + ours);
        }
        String indent = text.substring(line, start);
        return text.substring(0, line)
                + (indent + "- bean:\n" + indent + "    id: before-" + ours + "\n" + indent
                        + "    beanType: " + UsersSteps.class.getName() + "\n" + indent + "    method: " + method
                        + "\n")
                + text.substring(line);
    }
}
