package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new configuration: asked, checked, and written only if it is good. */
class AddConfigIT {
    private static final String CALENDAR = "64229d018723a1000e07dc9f";

    private final Workplace workplace = new Workplace();
    private Person lea;

    /** A school and a calendar that know lea, and no configuration. */
    @BeforeEach
    void aSchool() throws IOException {
        lea = workplace.person("lea", 3);
        Files.delete(lea.file());
    }

    @AfterEach
    void close() {
        workplace.close();
    }

    private void secretsByEnvironment() {
        workplace.environment("MONCAMPUS_PASSWORD", lea.keys().get("moncampus_password"));
        workplace.environment("ECAL_API_KEY", lea.keys().get("ecal_api_key"));
        workplace.environment("ECAL_API_SECRET", lea.keys().get("ecal_api_secret"));
    }

    private Outcome add(String... more) {
        List<String> known = List.of(
                "add-config",
                "lea",
                "--username",
                lea.keys().get("moncampus_username"),
                "--url",
                lea.keys().get("moncampus_url"),
                "--set",
                "moncampus_cas_url=" + lea.keys().get("moncampus_cas_url"),
                "--set",
                "ecal_url=" + lea.keys().get("ecal_url"),
                "--calendar-id",
                lea.keys().get("ecal_calendar_id"));
        return workplace.run(Stream.concat(known.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private List<Path> written() throws IOException {
        try (Stream<Path> files = Files.walk(workplace.configs())) {
            return files.filter(file -> !file.equals(workplace.configs())).toList();
        }
    }

    @Test
    void secretsComeFromStandardInputAndTheFileIsTheOwnersAlone() throws IOException {
        Outcome outcome = workplace
                .start(("add-config lea --offline --username lea.martin --password-file - --api-key-file -"
                                + " --api-secret-file - --calendar-id " + CALENDAR)
                        .split(" "))
                .type("it's: a #1", "key", "secret")
                .await();

        assertThat(outcome.exit()).as("%s", outcome).isZero();
        assertThat(outcome.toString()).doesNotContain("it's");
        assertThat(written()).containsExactly(lea.file());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lea.file())))
                .isEqualTo("rw-------");
        assertThat(Workplace.read(lea.file()))
                .contains("moncampus_password: 'it''s: a #1'\n", "ecal_api_secret: 'secret'\n");
    }

    @Test
    void theLiveCheckDecidesAndNothingIsLeftOfAConfigurationThatFailedIt() throws IOException {
        secretsByEnvironment();
        lea.sandbox().school().student(lea.keys().get("moncampus_username")).changePassword("autre");

        Outcome refused = add();
        assertThat(refused.exit()).as("%s", refused).isEqualTo(3);
        assertThat(refused.err()).contains("rien n'est écrit", "--offline");
        assertThat(refused.toString()).doesNotContain(lea.keys().get("moncampus_password"));
        assertThat(written()).isEmpty();
        // whose refusal is remembered
        assertThat(add().exit()).isEqualTo(3);
        assertThat(lea.logins()).isEqualTo(1);
    }

    @Test
    void aGoodOneIsWrittenAndRuns() throws IOException {
        secretsByEnvironment();

        Outcome good = add("--set", "delete_after=PT0S");
        assertThat(good.exit()).as("%s", good).isZero();
        assertThat(good.out()).isEmpty();
        assertThat(good.err()).contains("✓ lea : MonCampus répond", "✓ configs/lea.yml est écrit");
        assertThat(written()).containsExactly(lea.file());
        assertThat(lea.writes()).isZero();
        assertThat(workplace.sync().json("lea").get("created").asInt()).isEqualTo(3);
    }

    @Test
    void anExistingNameAndARivalAreRefused() throws IOException {
        secretsByEnvironment();
        lea.with("moncampus_username", "LEA.martin").with("ecal_calendar_id", CALENDAR);
        lea.with("moncampus_url", "https://ws-edt-igs.wigorservices.net");
        String before = Workplace.read(lea.file());

        Outcome twice = add("--offline");
        assertThat(twice.exit()).as("%s", twice).isEqualTo(2);
        assertThat(twice.err()).contains("« lea » existe déjà");
        Outcome rival =
                workplace.run("add-config", "noe", "--offline", "--username", "lea.martin", "--calendar-id", CALENDAR);
        assertThat(rival.exit()).as("%s", rival).isEqualTo(2);
        assertThat(rival.err()).contains("configs/lea.yml", "configs/noe.yml:", "rien n'est écrit");
        assertThat(written()).containsExactly(lea.file());
        assertThat(Workplace.read(lea.file())).isEqualTo(before);
    }

    @Test
    void aSecretIsNeverAnArgument() throws IOException {
        for (String option : List.of("--password", "--api-key", "--api-secret", "--password=x")) {
            Outcome outcome = add(option, "zq-SECRET");
            assertThat(outcome.exit()).as("%s", outcome).isEqualTo(2);
            assertThat(outcome.err()).contains("-file").doesNotContain("zq-SECRET");
        }
        assertThat(written()).isEmpty();
    }

    @Test
    void aFileOfASecretThatIsNotThereIsSaid() throws IOException {
        Files.writeString(workplace.folder().resolve("empty"), "");

        assertThat(add("--api-key-file", "nowhere").err()).contains("le fichier nowhere ne peut pas être lu");
        assertThat(add("--api-key-file", "empty").err()).contains("le fichier empty est vide");
        assertThat(written()).isEmpty();
    }

    @Test
    void aContainersDataFolderHasOneForEachConfiguration() {
        secretsByEnvironment();

        assertThat(add("--own-data").exit()).isZero();
        assertThat(workplace.data().resolve("lea/moncampus-ecal.db")).exists();
    }

    @Test
    void onATerminalItAsksUntilTheAnswerIsRightAndShowsNoSecret() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script(1) is not installed");
        Path typed = Files.write(
                workplace.folder().resolve("typed"),
                List.of(
                        "mauvais nom",
                        "lea",
                        "lea.martin",
                        "s3cret-word",
                        "",
                        "",
                        "",
                        "key-word",
                        "x",
                        "xyz",
                        CALENDAR));
        Path screen = workplace.folder().resolve("screen");
        Process process = new ProcessBuilder(
                        "script",
                        "-qec",
                        "'%s/bin/java' -jar '%s' add-config --offline"
                                .formatted(System.getProperty("java.home"), Program.JAR),
                        "/dev/null")
                .directory(workplace.folder().toFile())
                .redirectInput(typed.toFile())
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile())
                .start();

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Workplace.read(screen)).isZero();
        assertThat(Workplace.read(screen)).contains("✗ lettres sans accent", "Premier jour [", "configs/lea.yml");
        assertThat(Workplace.read(lea.file())).contains("moncampus_password: 's3cret-word'\n");
    }
}
