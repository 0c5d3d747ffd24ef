package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command behind {@code generate-k8s}; what it writes, {@code ManifestsTest} looks at. */
class KubernetesIT {
    private final Workplace workplace = new Workplace();
    private Person alice;

    @BeforeEach
    void prepare() {
        workplace
                .environment("MEMORY_URL", "jdbc:postgresql://base.example:5433/m")
                .environment("MEMORY_PASSWORD", "zq-base");
        alice = workplace.person("alice", 1);
    }

    @AfterEach
    void close() {
        workplace.close();
    }

    private Outcome generate(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "kubernetes";
        System.arraycopy(more, 0, arguments, 1, more.length);
        arguments[arguments.length - 1] = "alice=configs/alice.yml";
        return workplace.run(arguments);
    }

    @Test
    void theConfigurationsBecomeAFolderAndNoSecretIsPrinted() {
        Outcome outcome = generate("--groups", "2");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(outcome.toString()).doesNotContain("zq-base", "Bac-a-sable");
        Path folder = workplace.folder().resolve("k8s");
        assertThat(folder.resolve("kustomization.yaml")).exists();
        String port = ":" + alice.keys().get("ecal_url").replaceFirst(".*:(\\d+).*", "$1");
        assertThat(Workplace.read(folder.resolve("network.yaml")))
                .as("the port of the configuration's address")
                .contains("port" + port.replace(":", ": "));
        // the version of this program
        assertThat(
                        Files.exists(folder.resolve("group-1.yaml"))
                                ? Workplace.read(folder.resolve("group-1.yaml"))
                                : Workplace.read(folder.resolve("group-2.yaml")))
                .contains("image: moncampus-ecal:")
                .doesNotContain(":latest");
    }

    @Test
    void whatCannotWorkIsRefusedBeforeAnythingIsWritten() {
        assertThat(generate("--image", "moncampus-ecal:latest").err()).contains("latest");
        assertThat(generate("--image", "moncampus-ecal").exit()).isEqualTo(2);
        assertThat(generate("--groups", "0").exit()).isEqualTo(2);
        alice.with("ecal_api_key", "${KEY_OF_ALICE}");
        assertThat(generate().err()).contains("KEY_OF_ALICE");
        workplace.environment("KEY_OF_ALICE", "k");
        workplace.environment("MEMORY_URL", "");
        Outcome without = generate();
        assertThat(without.exit()).isEqualTo(2);
        assertThat(without.err()).contains("MEMORY_URL");
        assertThat(workplace.folder().resolve("k8s")).doesNotExist();
    }
}
