package fr.moncampus.ecal.config;

import java.net.URI;

/**
 * An address that somebody gives on the command line, checked as a key that ends in {@code _url} is.
 *
 * @param uri     null when it is none
 * @param mistake in French, with the cure; null when there is none
 */
public record FeedAddress(URI uri, String mistake) {
    public static FeedAddress of(String text) {
        try {
            URI uri = Addresses.feed(text);
            return Addresses.isExposed(uri)
                    ? new FeedAddress(
                            null, "http n'est accepté que pour cette machine : écrivez https://… ou webcal://…")
                    : new FeedAddress(uri, null);
        } catch (InvalidFileException mistake) {
            return new FeedAddress(null, mistake.getMessage() + " — " + mistake.fix());
        }
    }
}
