package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Asked;
import fr.moncampus.ecal.config.ConfigurationFiles;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.config.Connector;
import fr.moncampus.ecal.config.Connectors;
import fr.moncampus.ecal.config.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is known of a configuration that is being written. What is wrong in an answer is what its reader would say of the file,
 * so that no rule is written twice.
 */
final class Answers {
    private final Path folder;
    private final Connectors connectors;
    private final Function<String, String> environment;
    private final Clock clock;
    private final Map<String, String> values = new LinkedHashMap<>();
    private String name = "";

    /** @param folder of the configurations */
    Answers(Path folder, Connectors connectors, Function<String, String> environment, Clock clock) {
        this.folder = folder;
        this.connectors = connectors;
        this.environment = environment;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    /** Null when there is none yet. */
    String value(String key) {
        return values.get(key);
    }

    /** The source or the target. */
    String chosen(Connector.Role role) {
        return values.getOrDefault(role.key().key(), role.key().defaultValue());
    }

    /** @return what is wrong with the source or target that was chosen, in French */
    Optional<String> unknown(Connector.Role role) {
        String name = chosen(role);
        Set<String> known = connectors.of(role).keySet();
        return known.contains(name) || name.equals(role.key().defaultValue())
                ? Optional.empty()
                : Optional.of("--%s : « %s » n'existe pas ; possibles : %s"
                        .formatted(role.key().key(), name, String.join(", ", known)));
    }

    /** The keys that the source or the target declares, and which this program has no question for. */
    List<Asked> asked(Connector.Role role) {
        return connectors.asked(role, chosen(role));
    }

    /** @return what is wrong with it, in French */
    Optional<String> name(String answer) {
        name = answer;
        if (!ConfigurationFiles.isName(answer)) {
            return Optional.of("lettres sans accent, chiffres, point, tiret et tiret bas, par exemple config1");
        }
        boolean taken =
                !ConfigurationFiles.find(folder, List.of(answer), null).files().isEmpty()
                        || Files.exists(folder.resolve(answer + ".yml"));
        return taken ? Optional.of("la configuration « " + answer + " » existe déjà") : Optional.empty();
    }

    /** @return what is wrong with it, in French */
    Optional<String> put(String key, String answer) {
        if (answer.isBlank()) {
            return Optional.of("il ne peut pas être vide");
        }
        if (answer.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("ce n'est pas une vraie valeur");
        }
        boolean keyOfEcal = key.equals(Key.ECAL_API_KEY.key()) || key.equals(Key.ECAL_API_SECRET.key());
        if (keyOfEcal && !answer.matches("\\p{Graph}+")) {
            return Optional.of("une clé d'ECAL n'a ni espace ni accent");
        }
        values.put(key, answer);
        return wrong(key);
    }

    private Optional<String> wrong(String key) {
        String text = text();
        int line = 1 + text.lines().map(each -> each.split(":", 2)[0]).toList().indexOf(key);
        return Configurations.check(folder.resolve("config.yml"), text, connectors, environment, clock).stream()
                .filter(finding -> finding.isError() && finding.line() == line)
                .map(finding -> finding.message() + " — " + finding.fix())
                .findFirst();
    }

    /** The file, as far as it is known. */
    String text() {
        Map<String, String> left = new LinkedHashMap<>(values);
        StringBuilder text =
                new StringBuilder("# Configuration « " + name + " ». Toutes les clés : configs/README.md\n");
        text.append(head(left, Connector.Role.SOURCE));
        text.append(quoted(left, Key.MONCAMPUS_USERNAME)).append(quoted(left, Key.MONCAMPUS_PASSWORD));
        text.append(plain(left, Key.MONCAMPUS_URL));
        if (left.containsKey(Key.MONCAMPUS_START_DATE.key())) {
            text.append("# les jours à synchroniser ; une fois le dernier passé, pensez à l'année suivante\n");
        }
        text.append(plain(left, Key.MONCAMPUS_START_DATE)).append(plain(left, Key.MONCAMPUS_END_DATE));
        text.append(head(left, Connector.Role.TARGET));
        text.append(quoted(left, Key.ECAL_API_KEY)).append(quoted(left, Key.ECAL_API_SECRET));
        text.append(plain(left, Key.ECAL_CALENDAR_ID));
        left.forEach((key, value) ->
                text.append(key).append(": ").append(quoted(value)).append('\n'));
        return text.toString();
    }

    /** Which one it is, where that is not plain, and the keys that it declares. */
    private String head(Map<String, String> left, Connector.Role role) {
        StringBuilder head = new StringBuilder("# " + Connector.label(chosen(role)) + "\n");
        head.append(plain(left, role.key()));
        asked(role).forEach(key -> head.append(quoted(left, key.key())));
        return head.toString();
    }

    private static String quoted(Map<String, String> left, Key key) {
        return quoted(left, key.key());
    }

    private static String quoted(Map<String, String> left, String key) {
        String value = left.remove(key);
        return value == null ? "" : key + ": " + quoted(value) + "\n";
    }

    /** Without quotes, where YAML needs none. */
    private static String plain(Map<String, String> left, Key key) {
        String value = left.get(key.key());
        if (value == null || !value.matches("[-+]?\\w[\\w:/.+-]*\\w")) {
            return quoted(left, key);
        }
        left.remove(key.key());
        return key.key() + ": " + value + "\n";
    }

    /** A scalar that YAML reads as it was typed. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
