package fr.moncampus.ecal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the files that a command line means. */
public final class ConfigurationFiles {
    /** @param findings about arguments that name no file; their file is the configs folder */
    public record Found(List<Path> files, List<Finding> findings) {}

    private static final String EXTENSION = ".*\\.ya?ml";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private ConfigurationFiles() {}

    /** What a configuration may be called: its name stands in files, routes and containers. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * @param folder     the configs folder
     * @param arguments  names in that folder, patterns of names, or paths of files; none means {@code configFile}, or else all of the folder
     * @param configFile {@code CONFIG_FILE} of the environment; null or empty when it is not set
     */
    public static Found find(Path folder, List<String> arguments, String configFile) {
        boolean byEnvironment = arguments.isEmpty() && configFile != null && !configFile.isBlank();
        List<String> wanted = byEnvironment ? List.of(configFile) : arguments;
        List<Path> known = known(folder);
        if (!wanted.isEmpty()) {
            return named(folder, wanted, known);
        }
        List<Finding> findings = known.isEmpty()
                ? List.of(Finding.error(
                        folder,
                        Position.START,
                        "aucune configuration dans ce dossier",
                        "créez un fichier .yml dans ce dossier, d'après l'exemple de configs/README.md"))
                : List.of();
        return new Found(known, findings);
    }

    private static Found named(Path folder, List<String> arguments, List<Path> known) {
        Set<Path> files = new LinkedHashSet<>();
        List<Finding> findings = new ArrayList<>();
        for (String argument : arguments) {
            List<Path> named = files(argument, known);
            files.addAll(named);
            if (named.isEmpty()) {
                findings.add(unknown(folder, argument, known));
            }
        }
        return new Found(List.copyOf(files), findings);
    }

    private static List<Path> files(String argument, List<Path> known) {
        if (argument.matches("[^/]*[*?][^/]*")) {
            return matching(argument, known);
        }
        List<Path> named = known.stream()
                .filter(file -> ConfigurationReader.nameOf(file).equals(argument)
                        || file.getFileName().toString().equals(argument))
                .toList();
        return named.isEmpty() ? path(argument, known) : named;
    }

    /** {@code *} stands for any signs of a name, {@code ?} for one. */
    private static List<Path> matching(String pattern, List<Path> known) {
        String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return known.stream()
                .filter(file -> ConfigurationReader.nameOf(file).matches(expression))
                .toList();
    }

    /** A path to a file of the configs folder is that file, whichever way it is written. */
    private static List<Path> path(String argument, List<Path> known) {
        try {
            Path path = Path.of(argument);
            if (!Files.isRegularFile(path)) {
                return List.of();
            }
            Path absolute = path.toAbsolutePath().normalize();
            return List.of(known.stream()
                    .filter(file -> file.toAbsolutePath().normalize().equals(absolute))
                    .findFirst()
                    .orElse(path));
        } catch (InvalidPathException e) {
            return List.of();
        }
    }

    private static Finding unknown(Path folder, String argument, List<Path> known) {
        List<String> names =
                known.stream().map(ConfigurationReader::nameOf).distinct().toList();
        String fix = names.isEmpty()
                ? "créez un fichier .yml dans ce dossier, ou donnez le chemin d'un fichier"
                : (Suggestion.didYouMean(argument, names) + " configurations connues : " + String.join(", ", names))
                        .strip();
        return Finding.error(
                folder,
                Position.START,
                "aucune configuration ne s'appelle « %s »".formatted(Values.quoted(argument)),
                fix);
    }

    private static List<Path> known(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> file.getFileName().toString().matches(EXTENSION) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
