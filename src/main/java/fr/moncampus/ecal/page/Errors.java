package fr.moncampus.ecal.page;

import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.report.FrenchText;
import fr.moncampus.ecal.watch.ErrorLines;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What fails, as the error file says it, and what failed before.
 *
 * @param today how many entries the error file got in the last 24 hours
 */
record Errors(List<Open> open, List<Cured> cured, long today) {
    private static final Duration KEPT = Duration.ofDays(90);
    private static final int MAX_CURED = 20;
    private static final int MAX_MESSAGE = 600;
    private static final String NEXT = "suite : ";
    private static final String CURED = "résolu : ";

    /**
     * @param since in words
     * @param what  what was tried, and for which course; empty when the error file does not say
     * @param next  what happens next; empty when the error file does not say
     */
    public record Open(String since, String what, String message, String next) {}

    public record Cured(String when, String what, String message) {}

    static Errors of(String config, History history, Path errorFile, Instant now) {
        List<List<String>> entries = ErrorLines.since(errorFile, now.minus(KEPT)).stream()
                .map(line -> List.of(line.split(" \\| ")))
                // several configurations may share a file
                .filter(fields -> fields.size() > 3 && fields.get(1).equals(config))
                .toList();
        List<Open> open = history.open().stream()
                .map(failure -> open(failure, entries, now))
                .toList();
        List<Cured> cured = new ArrayList<>();
        for (int i = entries.size() - 1; i >= 0 && cured.size() < MAX_CURED; i--) {
            List<String> fields = entries.get(i);
            if (fields.get(3).startsWith(CURED)) {
                cured.add(new Cured(
                        moment(fields, now),
                        fields.get(3).substring(CURED.length()),
                        Text.line(fields.get(fields.size() - 1), MAX_MESSAGE)));
            }
        }
        return new Errors(open, cured, today(config, errorFile, now));
    }

    static long today(String config, Path errorFile, Instant now) {
        return ErrorLines.since(errorFile, now.minus(Duration.ofDays(1))).stream()
                .filter(line -> line.contains(" | " + config + " | ") && !line.contains(" | " + CURED))
                .count();
    }

    private static Open open(History.Failure failure, List<List<String>> entries, Instant now) {
        String message = Text.line(failure.message(), MAX_MESSAGE);
        String written = Text.line(failure.message(), MAX_MESSAGE).replace('|', '¦');
        List<String> entry = List.of();
        for (List<String> fields : entries) {
            boolean said = fields.stream()
                    .anyMatch(field -> Text.line(field, 2 * MAX_MESSAGE).endsWith(written));
            if (said && !fields.get(3).startsWith(CURED)) {
                entry = fields;
            }
        }
        int size = entry.size();
        String next = size > 0 && entry.get(size - 1).startsWith(NEXT)
                ? entry.get(size - 1).substring(NEXT.length())
                : "";
        // what was tried, perhaps for which course, the answer, what is next
        String what = size > 5 ? String.join(" : ", entry.subList(3, size - 2)) : "";
        String since = FrenchText.moment(failure.since(), now) + " (" + FrenchText.age(failure.since(), now) + ")";
        return new Open(since, Text.line(what, MAX_MESSAGE), message, next);
    }

    private static String moment(List<String> fields, Instant now) {
        Instant time = ErrorLines.time(fields.get(0));
        return time == null ? "" : FrenchText.moment(time, now);
    }
}
