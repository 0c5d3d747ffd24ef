package fr.moncampus.ecal.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
 * @param target    where it writes them; null where the file does not say
 */
public record ContainerNeeds(Set<String> variables, Set<String> secrets, String events, String target) {
    public static final ContainerNeeds NONE = new ContainerNeeds(Set.of(), Set.of(), null);

    /** Wherever it writes them. */
    public ContainerNeeds(Set<String> variables, Set<String> secrets, String events) {
        this(variables, secrets, events, null);
    }

    /**
     * @param connectors  the sources and targets there are
     * @param environment variables by name; null for one that is not set
     */
    public static ContainerNeeds of(Path file, Connectors connectors, Function<String, String> environment)
            throws UnreadableFileException {
        FlatYaml yaml;
        try {
            yaml = FlatYaml.read(file, TextFile.read(file, ConfigurationReader.MAX_BYTES));
        } catch (InvalidFileException mistake) {
            throw new UnreadableFileException(file + " : " + mistake.getMessage() + " — " + mistake.fix());
        }
        KeyValues values = new KeyValues(file, yaml, environment, new ArrayList<>());
        EndsReader ends = new EndsReader(values, connectors, values::read);
        ends.read();
        Configuration.Ends read = ends.of(ConfigurationReader.nameOf(file));
        return new ContainerNeeds(
                variables(yaml),
                secrets(yaml, ends.secretFiles(), environment),
                read.isKnown() ? read.personAndCalendar() : null,
                read.target());
    }

    /** Ports of the servers whose addresses the configuration names, as far as its file can be read; 443 always. */
    public static Set<Integer> ports(Path file, Function<String, String> environment) {
        Set<Integer> ports = new TreeSet<>(Set.of(443));
        try {
            FlatYaml.read(file, TextFile.read(file, ConfigurationReader.MAX_BYTES)).entries().values().stream()
                    .map(FlatYaml.Entry::value)
                    .filter(Objects::nonNull)
                    .map(value -> variable(value).map(environment).orElse(value))
                    .flatMap(value -> port(value).stream())
                    .forEach(ports::add);
        } catch (InvalidFileException mistake) {
            // the process itself says what is wrong
        }
        return ports;
    }

    private static Optional<Integer> port(String value) {
        try {
            URI address = URI.create(value.strip());
            if (address.getScheme() == null || address.getHost() == null) {
                return Optional.empty();
            }
            int standard = address.getScheme().equalsIgnoreCase("http") ? 80 : 443;
            return Optional.of(address.getPort() > 0 ? address.getPort() : standard);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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

    private static Set<String> secrets(FlatYaml yaml, List<String> keys, Function<String, String> environment) {
        return yaml.entries().values().stream()
                .filter(entry -> keys.contains(entry.key()) && entry.value() != null)
                .map(entry -> variable(entry.value()).map(environment).orElse(entry.value()))
                .map(String::strip)
                .filter(path -> !path.isEmpty()
                        && !path.startsWith("${")
                        && path.chars().noneMatch(Character::isISOControl))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A file of which nothing can be said; the message says why, and what to do. */
    public static final class UnreadableFileException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableFileException(String message) {
            super(message);
        }
    }
}
