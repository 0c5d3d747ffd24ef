package fr.moncampus.ecal.feed;

import fr.moncampus.ecal.door.HostName;
import fr.moncampus.ecal.door.Port;
import java.util.function.UnaryOperator;

/**
 * Where feeds are served. No password is asked for: who knows an address may read it.
 *
 * @param port      null for nowhere; 0 for any free one, which FEED_PORT cannot say
 * @param published host and port of the machine on which a container's port is published; null outside of containers
 */
public record FeedSettings(String host, Integer port, String published) {
    private static final int DEFAULT_PORT = 8146;

    /** @throws IllegalArgumentException when FEED_PORT is no port; the message is for the user */
    public static FeedSettings of(UnaryOperator<String> environment) {
        int port = Port.number("FEED_PORT", text(environment, "FEED_PORT", String.valueOf(DEFAULT_PORT)), DEFAULT_PORT);
        return new FeedSettings(
                text(environment, "FEED_HOST", "127.0.0.1"),
                port == 0 ? null : port,
                text(environment, "FEED_PUBLISHED", null));
    }

    /** As other machines, or this one, ask for it when nothing stands before it; null when it is not served. */
    public String address() {
        return port == null ? null : "http://" + (published == null ? host + ":" + port : published);
    }

    /** Whether nobody but this machine can reach it, unless something before it does. */
    public boolean isOnLoopback() {
        return HostName.isLoopback(HostName.of(published == null ? host : published));
    }

    private static String text(UnaryOperator<String> environment, String name, String otherwise) {
        String value = environment.apply(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
