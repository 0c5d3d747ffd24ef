package fr.moncampus.ecal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFilesTest {
    @TempDir
    Path folder;

    Path lea;
    Path tom;

    @BeforeEach
    void aFolderWithOtherFilesToo() {
        tom = Written.write(folder, "tom.yaml", "");
        lea = Written.write(folder, "lea.yml", "");
        Written.write(folder, "README.md", "");
        Written.write(folder, ".hidden.yml", "");
    }

    @Test
    void noArgumentMeansAllConfigurations() {
        assertThat(ConfigurationFiles.find(folder, List.of(), null))
                .isEqualTo(new ConfigurationFiles.Found(List.of(lea, tom), List.of()));
        assertThat(ConfigurationFiles.find(folder, List.of(), "").files()).containsExactly(lea, tom);
    }

    @Test
    void withoutArgumentTheEnvironmentChooses() {
        assertThat(ConfigurationFiles.find(folder, List.of(), tom.toString()).files())
                .containsExactly(tom);
        assertThat(ConfigurationFiles.find(folder, List.of("lea"), tom.toString())
                        .files())
                .containsExactly(lea);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lea", "lea.yml", "%s/lea.yml", "%s/../lea.yml"})
    void aNameOrAPathMeansTheSameFileOnce(String argument) {
        String written = argument.contains("..")
                ? folder.resolve("../" + folder.getFileName() + "/lea.yml").toString()
                : argument.formatted(folder);

        assertThat(ConfigurationFiles.find(folder, List.of("lea", written), null)
                        .files())
                .containsExactly(lea);
    }

    @Test
    void aPatternMeansAllWhoseNamesAreLikeIt() {
        Path first = Written.write(folder, "l2-anna.yml", "");
        Path second = Written.write(folder, "l2-bela.yml", "");

        assertThat(ConfigurationFiles.find(folder, List.of("l2-*"), null).files())
                .containsExactly(first, second);
        assertThat(ConfigurationFiles.find(folder, List.of("l?-b*", "lea"), null)
                        .files())
                .containsExactly(second, lea);
        assertThat(ConfigurationFiles.find(folder, List.of("l3-*"), null).findings())
                .singleElement()
                .asString()
                .contains("l3-*");
    }

    @Test
    void aPathMayLeadElsewhere(@TempDir Path other) {
        Path config = Written.write(other, "config.yml", "");

        assertThat(ConfigurationFiles.find(folder, List.of(config.toString()), null)
                        .files())
                .containsExactly(config);
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        ConfigurationFiles.Found found = ConfigurationFiles.find(folder, List.of("leo", "tom", "nul\0"), null);

        assertThat(found.files()).containsExactly(tom);
        assertThat(found.findings())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.fix()).contains("lea, tom"));
        assertThat(found.findings().get(0).fix()).contains("« lea »");
    }

    @Test
    void aFolderWithoutConfigurationsIsAFinding(@TempDir Path empty) {
        assertThat(ConfigurationFiles.find(empty, List.of(), null).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.isError()).isTrue());
        assertThat(ConfigurationFiles.find(empty.resolve("absent"), List.of(), null)
                        .findings())
                .hasSize(1);
    }
}
