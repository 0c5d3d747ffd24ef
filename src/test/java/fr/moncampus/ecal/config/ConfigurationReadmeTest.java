package fr.moncampus.ecal.config;

import static fr.moncampus.ecal.config.Written.load;
import static fr.moncampus.ecal.config.Written.with;
import static fr.moncampus.ecal.config.Written.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** configs/README.md and the code say the same. */
class ConfigurationReadmeTest {
    private static final Path README = Path.of("configs/README.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (.+) \\| (.+) \\| `(.+)` \\|$");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final Map<String, String> ENVIRONMENT = Map.of("ECAL_API_KEY", "a", "ECAL_API_SECRET", "b");

    @TempDir
    Path folder;

    @Test
    void theTableHasEveryKeyWithItsDefault() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(README))
                .results()
                .map(row -> row.group(1) + " " + row.group(3).replace("`", ""))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Key.values())
                        .map(key -> key.key() + " " + (key.isRequired() ? "obligatoire" : key.defaultValue()))
                        .toList());
    }

    @Test
    void everySecretNamesItsFileKey() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(README))
                .results()
                .filter(row -> row.group(2).contains("`" + row.group(1) + "_file`"))
                .map(row -> row.group(1))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Key.values())
                        .filter(Key::isSecret)
                        .map(Key::key)
                        .toList());
    }

    @Test
    void everyExampleOfTheTableIsValid() throws IOException {
        String[] lines = ROW.matcher(Files.readString(README))
                .results()
                .map(row -> row.group(1) + ": " + row.group(4).replace("/app/", folder + "/"))
                .toArray(String[]::new);

        Configurations.Loaded loaded =
                Configurations.load(List.of(write(folder, "a.yml", with(lines))), ENVIRONMENT::get, Written.CLOCK);

        assertThat(loaded.findings()).isEmpty();
    }

    @Test
    void theCompleteExampleLacksNothingButYourOwnValues() throws IOException {
        var matcher = EXAMPLE.matcher(Files.readString(README));
        assertThat(matcher.find()).isTrue();
        String example = matcher.group(1);
        String filled =
                example.replace("votre_calendar_id", "64229d018723a1000e07dc9f").replace("votre_", "");

        assertThat(load(write(folder, "example.yml", example)).findings())
                .hasSize(5)
                .allSatisfy(finding -> assertThat(finding.message()).contains("l'exemple"));
        assertThat(load(write(folder, "filled.yml", filled)).findings()).isEmpty();
        assertThat(Arrays.stream(Key.values()).filter(key -> !example.contains(key.key() + ": ")))
                .isEmpty();
        assertThat(load(write(folder, "filled.yml", filled)).valid().get(0).rules())
                .isEqualTo(Rules.DEFAULT);
    }

    /** The keys that other sources and targets declare, with the explanation that {@code check} gives. */
    @Test
    void theKeysOfOtherSourcesAndTargetsAreExplained() throws IOException {
        Connectors connectors = Connectors.of(RouteFiles.read(Path.of("routes")).templates(), Set.of("config"));
        String readme = Files.readString(README);

        assertThat(connectors.all())
                .filteredOn(connector -> !Set.of("moncampus", "ecal").contains(connector.name()))
                .isNotEmpty()
                .allSatisfy(connector -> assertThat(connectors.keys(connector))
                        .allSatisfy(key -> assertThat(readme)
                                .contains(
                                        "| `%s` | `%s` | %s".formatted(connector.name(), key.name(), key.description()))
                                .matches(text ->
                                        !Connector.isSecret(key) || text.contains("`" + key.name() + "_file`"))));
    }
}
