package fr.moncampus.ecal.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * An address that somebody gives on the command line, checked as a key that ends in {@code _url} is.
 *
 * @param uri     null when it is none
 * @param mistake in French, with the cure; null when there is none
 */
public record FeedAddress(URI uri, String mistake) {
    private static final int MAX_BYTES = 64 * 1024;

    /** @param file that holds it */
    public static FeedAddress read(Path file) {
        try {
            return of(TextFile.read(file, MAX_BYTES));
        } catch (InvalidFileException mistake) {
            return new FeedAddress(null, file + " : " + mistake.getMessage() + " — " + mistake.fix());
        }
    }

    /** @param in which holds it */
    public static FeedAddress read(InputStream in) throws IOException {
        return of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
    }

    /** @param text whose first line that says something is the address */
    public static FeedAddress of(String text) {
        String line = text.lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
        try {
            URI uri = Addresses.feed(line);
            return Addresses.isExposed(uri)
                    ? new FeedAddress(
                            null, "http n'est accepté que pour cette machine : écrivez https://… ou webcal://…")
                    : new FeedAddress(uri, null);
        } catch (InvalidFileException mistake) {
            return new FeedAddress(null, mistake.getMessage() + " — " + mistake.fix());
        }
    }
}
