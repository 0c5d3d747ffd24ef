package fr.moncampus.ecal.door;

import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Where the page is served, and by which names it may be asked for.
 *
 * @param port          null for nowhere; 0 for any free one, which PAGE_PORT cannot say
 * @param publishedHost the address of the host on which a container's port is published; null outside of containers
 * @param names         host names beyond those of loopback, in small letters
 */
public record DoorSettings(String host, Integer port, String publishedHost, Set<String> names) {
    private static final int DEFAULT_PORT = 8046;

    /** @throws IllegalArgumentException when PAGE_PORT is no port; the message is for the user */
    public static DoorSettings of(UnaryOperator<String> environment) {
        String port = text(environment, "PAGE_PORT", String.valueOf(DEFAULT_PORT));
        int number = Port.number("PAGE_PORT", port, DEFAULT_PORT);
        return new DoorSettings(
                text(environment, "PAGE_HOST", "127.0.0.1"),
                number == 0 ? null : number,
                text(environment, "PAGE_PUBLISHED_HOST", null),
                Arrays.stream(text(environment, "PAGE_NAMES", "").split("[,\\s]+"))
                        .filter(name -> !name.isEmpty())
                        .map(HostName::of)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether nobody but this machine can reach it. */
    public boolean isOnLoopback() {
        return HostName.isLoopback(publishedHost == null ? host : publishedHost);
    }

    private static String text(UnaryOperator<String> environment, String name, String otherwise) {
        String value = environment.apply(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
