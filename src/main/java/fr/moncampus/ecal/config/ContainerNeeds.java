package fr.moncampus.ecal.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/**
 * What a container has to be given for one configuration, as far as its file can be read: the container itself says what is wrong in it.
 *
 * @param variables environment variables that values come from, sorted
 * @param secrets   files that secrets come from, as the configuration names them
 * @param events    the owner and calendar whose events it writes; null where the file does not say
 */
public record ContainerNeeds(Set<String> variables, Set<String> secrets, String events) {
    public static final ContainerNeeds NONE = new ContainerNeeds(Set.of(), Set.of(), null);

    /** @param environment variables by name; null for one that is not set */
    public static ContainerNeeds of(Path file, Function<String, String> environment) throws UnreadableFileException {
        FlatYaml yaml;
        try {
            yaml = FlatYaml.read(file, TextFile.read(file, ConfigurationReader.MAX_BYTES));
        } catch (InvalidFileException mistake) {
            throw new UnreadableFileException(file + " : " + mistake.getMessage() + " — " + mistake.fix());
        }
        KeyValues values = new KeyValues(file, yaml, environment, new ArrayList<>());
        return new ContainerNeeds(variables(yaml), secrets(yaml, environment), events(values));
    }

    /** Ports of the servers that the configuration is about, as far as its file can be read. */
    public static Set<Integer> ports(Path file, Function<String, String> environment) {
        Set<Integer> ports = new TreeSet<>();
        try {
            FlatYaml yaml = FlatYaml.read(file, TextFile.read(file, ConfigurationReader.MAX_BYTES));
            KeyValues values = new KeyValues(file, yaml, environment, new ArrayList<>());
            for (Key key : List.of(Key.MONCAMPUS_URL, Key.MONCAMPUS_CAS_URL, Key.ECAL_URL, Key.NOTIFY_URL)) {
                URI address = values.has(key) ? values.read(key, Addresses::notification) : null;
                if (address != null) {
                    ports.add(
                            address.getPort() > 0
                                    ? address.getPort()
                                    : address.getScheme().equalsIgnoreCase("http") ? 80 : 443);
                }
            }
        } catch (InvalidFileException mistake) {
            // the process itself says what is wrong
        }
        ports.add(443);
        return ports;
    }

    private static Set<String> variables(FlatYaml yaml) {
        return yaml.entries().values().stream()
                .map(FlatYaml.Entry::value)
                .filter(Objects::nonNull)
                .flatMap(value -> variable(value).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<String> variable(String value) {
        Matcher variable = KeyValues.VARIABLE.matcher(value);
        return variable.matches() ? Optional.of(variable.group(1)) : Optional.empty();
    }

    private static Set<String> secrets(FlatYaml yaml, Function<String, String> environment) {
        List<String> keys = Arrays.stream(Key.values())
                .filter(Key::isSecret)
                .map(Key::fileKey)
                .toList();
        return yaml.entries().values().stream()
                .filter(entry -> keys.contains(entry.key()) && entry.value() != null)
                .map(entry -> variable(entry.value()).map(environment).orElse(entry.value()))
                .map(String::strip)
                .filter(path -> !path.isEmpty()
                        && !path.startsWith("${")
                        && path.chars().noneMatch(Character::isISOControl))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String events(KeyValues values) {
        String username = values.read(Key.MONCAMPUS_USERNAME, text -> text);
        URI timetable = values.read(Key.MONCAMPUS_URL, Addresses::origin);
        String calendar = values.read(Key.ECAL_CALENDAR_ID, Values::calendarId);
        return username == null || timetable == null || calendar == null
                ? null
                : (username.strip() + "@" + timetable.getHost() + "|" + calendar).toLowerCase(Locale.ROOT);
    }

    /** A file of which nothing can be said; the message says why, and what to do. */
    public static final class UnreadableFileException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableFileException(String message) {
            super(message);
        }
    }
}
