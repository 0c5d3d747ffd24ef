package fr.moncampus.ecal.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of one file, key by key: from the line itself, the environment, a file of its own, or the default. */
final class KeyValues {
    interface Parser<T> {
        T parse(String text) throws InvalidFileException;
    }

    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");
    static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final Path file;
    private final FlatYaml yaml;
    private final Function<String, String> environment;
    private final List<Finding> findings;
    private final Set<String> meant = new HashSet<>();

    /** @param findings where the mistakes go */
    KeyValues(Path file, FlatYaml yaml, Function<String, String> environment, List<Finding> findings) {
        this.file = file;
        this.yaml = yaml;
        this.environment = environment;
        this.findings = findings;
    }

    /**
     * The keys that nobody asks for by name. Read these first, so that a misspelt key is not reported as missing too.
     *
     * @param asked    keys that are read by name, with their {@code _file} ones
     * @param declared what some source or target declares, and so is not misspelt
     */
    Map<String, String> parameters(Set<String> asked, Set<String> declared) {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> known = Key.all();
        yaml.entries().forEach((key, entry) -> {
            boolean other = !known.contains(key) && !asked.contains(key);
            if (other && (declared.contains(key) || isParameter(entry)) && entry.value() != null) {
                text(entry).ifPresent(value -> parameters.put(key, value));
            }
        });
        return parameters;
    }

    private boolean isParameter(FlatYaml.Entry entry) {
        if (!PARAMETER.matcher(entry.key()).matches()) {
            error(
                    entry.keyAt(),
                    "ce n'est pas une clé : une clé n'a que des lettres sans accent, des chiffres et des tirets bas",
                    "écrivez la clé, deux-points, une espace, puis la valeur");
            return false;
        }
        Optional<String> close = Key.meantBy(entry.key());
        close.ifPresent(key -> {
            meant.add(key);
            error(
                    entry.keyAt(),
                    "la clé « %s » n'existe pas".formatted(entry.key()),
                    "vouliez-vous écrire « " + key + " » ?");
        });
        return close.isEmpty();
    }

    /** In the file itself, or by the {@code _file} key. */
    boolean has(Key key) {
        return has(Asked.of(key));
    }

    boolean has(Asked key) {
        return yaml.entries().containsKey(key.key())
                || key.secret() && yaml.entries().containsKey(key.fileKey());
    }

    Position at(Key key) {
        return at(Asked.of(key));
    }

    Position at(Asked key) {
        FlatYaml.Entry entry = yaml.entries().get(key.key());
        return (entry != null ? entry : yaml.entries().get(key.fileKey())).at();
    }

    /** The value of a key or its default; null when it is missing or wrong, and then there is a finding. */
    <T> T read(Key key, Parser<T> parser) {
        return read(Asked.of(key), parser);
    }

    <T> T read(Asked key, Parser<T> parser) {
        FlatYaml.Entry entry = yaml.entries().get(key.key());
        FlatYaml.Entry named = key.secret() ? yaml.entries().get(key.fileKey()) : null;
        if (entry != null && named != null) {
            error(
                    named.keyAt(),
                    "« %s » et « %s » sont donnés tous les deux".formatted(key.key(), key.fileKey()),
                    "gardez une seule des deux lignes");
            return null;
        }
        if (entry == null && named == null) {
            return absent(key, parser);
        }
        FlatYaml.Entry given = entry != null ? entry : named;
        if (given.value() == null) {
            return null;
        }
        return text(given).map(text -> parsed(key, given, text, parser)).orElse(null);
    }

    private <T> T absent(Asked key, Parser<T> parser) {
        if (!key.required()) {
            return key.defaultValue() == null ? null : defaultOf(key, parser);
        }
        if (yaml.isComplete() && !meant.contains(key.key()) && !meant.contains(key.fileKey())) {
            error(
                    Position.START,
                    "la clé « %s » manque".formatted(key.key()),
                    "ajoutez une ligne « %s: … »".formatted(key.key())
                            + (key.description() == null ? "" : " : " + key.description()));
        }
        return null;
    }

    private static <T> T defaultOf(Asked key, Parser<T> parser) {
        try {
            return parser.parse(key.defaultValue());
        } catch (InvalidFileException e) {
            throw new IllegalStateException(key.key(), e);
        }
    }

    private <T> T parsed(Asked key, FlatYaml.Entry entry, String text, Parser<T> parser) {
        try {
            String value = entry.key().equals(key.key()) ? text : SecretFile.read(file, text);
            value = key.secret() ? value : value.strip();
            if (value.isBlank()) {
                throw new InvalidFileException(
                        "la clé « %s » n'a pas de valeur".formatted(key.key()),
                        key.required()
                                ? "écrivez la valeur après les deux-points"
                                : "écrivez une valeur, ou enlevez cette ligne");
            }
            if (Placeholders.isLeftOver(value)) {
                throw new InvalidFileException(
                        "la valeur de « %s » est encore celle de l'exemple".formatted(key.key()),
                        "remplacez-la par la vôtre");
            }
            if (key.oneLine() && value.chars().anyMatch(Character::isISOControl)) {
                throw new InvalidFileException(
                        "la valeur de « %s » contient un retour à la ligne, une tabulation ou un autre caractère de contrôle"
                                .formatted(key.key()),
                        "écrivez la valeur seule, sur une seule ligne");
            }
            return parser.parse(value);
        } catch (InvalidFileException mistake) {
            findings.add(Finding.error(file, entry.at(), mistake.in(entry.key())));
            return null;
        }
    }

    /** As written, or what the environment holds when the whole value is {@code ${NAME}}. */
    private Optional<String> text(FlatYaml.Entry entry) {
        String written = entry.value();
        if (!written.startsWith("${") || !written.endsWith("}")) {
            return Optional.of(written);
        }
        Matcher variable = VARIABLE.matcher(written);
        if (!variable.matches()) {
            error(
                    entry.at(),
                    "« %s » : ce qui est entre « ${ » et « } » n'est pas le nom d'une variable d'environnement"
                            .formatted(entry.key()),
                    "écrivez ${NOM}, avec des lettres, des chiffres et des tirets bas");
            return Optional.empty();
        }
        Optional<String> value =
                Optional.ofNullable(environment.apply(variable.group(1))).filter(found -> !found.isBlank());
        if (value.isEmpty()) {
            error(
                    entry.at(),
                    "« %s » : la variable d'environnement %s n'est pas définie, ou elle est vide"
                            .formatted(entry.key(), variable.group(1)),
                    "définissez-la avant de lancer le programme, ou écrivez la valeur ici");
        }
        return value;
    }

    private void error(Position at, String message, String fix) {
        findings.add(Finding.error(file, at, message, fix));
    }
}
