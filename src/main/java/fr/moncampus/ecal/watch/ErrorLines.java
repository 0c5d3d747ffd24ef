package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.memory.Tail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Stream;

/** The lines of an error file. */
public final class ErrorLines {
    private ErrorLines() {}

    /** Oldest first; the file before the last rotation may hold some as well. What has no time is none of ours. */
    public static List<String> since(Path file, Instant earliest) {
        return Stream.of(file.resolveSibling(file.getFileName() + ".1"), file)
                .flatMap(each -> lines(each).stream())
                .filter(line -> {
                    Instant time = time(line);
                    return time != null && time.isAfter(earliest);
                })
                .toList();
    }

    /** Null when the line does not begin with one. */
    public static Instant time(String line) {
        try {
            return OffsetDateTime.parse(line.split(" ", 2)[0]).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Tail.lines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
