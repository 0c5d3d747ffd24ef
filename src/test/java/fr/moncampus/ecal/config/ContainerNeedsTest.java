package fr.moncampus.ecal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerNeedsTest {
    @TempDir
    Path folder;

    private ContainerNeeds needs(String text) throws Exception {
        Path file = Files.write(folder.resolve("lea.yml"), text.getBytes(StandardCharsets.UTF_8));
        return ContainerNeeds.of(
                file, Connectors.NONE, Map.of("CALENDAR", "64229D018723A1000E07DC9F", "WHERE", "/keys/a")::get);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ecal_api_key: ${LEA_KEY}",
                "\"ecal_api_key\": ${LEA_KEY}",
                "'ecal_api_key' : \"${LEA_KEY}\" # from outside",
                "ecal_api_key   :   '${LEA_KEY}'",
                "\uFEFFecal_api_key: ${LEA_KEY}",
                "ecal_api_key:\n  ${LEA_KEY}",
                "my-own.key: ${LEA_KEY}",
                "{ecal_api_key: \"${LEA_KEY}\"}"
            })
    void aVariableIsFoundHoweverYamlWritesIt(String text) throws Exception {
        assertThat(needs(text).variables()).containsExactly("LEA_KEY");
    }

    @Test
    void textAroundAVariableIsNoVariable() throws Exception {
        assertThat(needs("moncampus_password: a${HOME}\nx: $HOME\n# y: ${NO}\n").variables())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ecal_api_key_file: keys/a \"b\" $c",
                "'ecal_api_key_file' : 'keys/a \"b\" $c'",
                "\uFEFF\"ecal_api_key_file\": \"keys/a \\\"b\\\" $c\" # there"
            })
    void aSecretFileIsFoundHoweverYamlWritesIt(String text) throws Exception {
        assertThat(needs(text).secrets()).containsExactly("keys/a \"b\" $c");
    }

    @Test
    void theFileOfASecretMayComeFromTheEnvironmentAsInTheProgram() throws Exception {
        assertThat(needs("notify_url_file: ${WHERE}\necal_api_key_file: ${UNSET}")
                        .secrets())
                .containsExactly("/keys/a");
    }

    @Test
    void twoSpellingsOfOnePersonAndCalendarAreTheSame() throws Exception {
        String plain = needs("moncampus_username: lea.martin\necal_calendar_id: 64229d018723a1000e07dc9f")
                .events();
        assertThat(plain).isNotNull();
        assertThat(needs("{ 'moncampus_username': 'Lea.Martin ', ecal_calendar_id: \"${CALENDAR}\","
                                + " moncampus_url: 'https://WS-edt-igs.wigorservices.net/'}")
                        .events())
                .isEqualTo(plain);
        assertThat(needs("moncampus_username: lea.martin\necal_calendar_id: ${UNSET}")
                        .events())
                .isNull();
    }

    @Test
    void aBrokenFileGivesWhatStandsBeforeTheMistake() throws Exception {
        assertThat(needs("ecal_api_key: ${LEA_KEY}\nmoncampus_password: 'open\n")
                        .variables())
                .containsExactly("LEA_KEY");
        assertThatThrownBy(() -> ContainerNeeds.of(folder.resolve("none.yml"), Connectors.NONE, name -> null))
                .isInstanceOf(ContainerNeeds.UnreadableFileException.class)
                .hasMessageContaining("n'existe pas");
    }
}
