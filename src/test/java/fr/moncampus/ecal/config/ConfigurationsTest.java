package fr.moncampus.ecal.config;

import static fr.moncampus.ecal.config.Written.load;
import static fr.moncampus.ecal.config.Written.valid;
import static fr.moncampus.ecal.config.Written.with;
import static fr.moncampus.ecal.config.Written.without;
import static fr.moncampus.ecal.config.Written.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationsTest {
    @TempDir
    Path folder;

    @Test
    void listsAndMapsOfCoursesAreReadInTheirOrder() {
        Configuration configuration = load(write(
                        folder,
                        "lea.yml",
                        with(
                                "only: anglais",
                                "hide:\n  - 'TD*'\n  - Sport",
                                "rename:\n  ANGLAIS LV1: Anglais\n  'MATHS*': Maths",
                                "title: '{cours} · {salle}'")))
                .valid()
                .get(0);

        assertThat(configuration.events().selection().labels())
                .containsExactly(
                        "only: anglais",
                        "hide: TD*",
                        "hide: Sport",
                        "rename: ANGLAIS LV1 → Anglais",
                        "rename: MATHS* → Maths",
                        "title: {cours} · {salle}");
    }

    @Test
    void theRequiredKeysAreEnough() {
        Configuration configuration = only(valid());

        assertThat(configuration.name()).isEqualTo("lea");
        assertThat(configuration.label()).isEqualTo("lea");
        assertThat(configuration.school().username()).isEqualTo("lea.martin");
        assertThat(configuration.school().password().reveal()).isEqualTo(Written.SECRET);
        assertThat(configuration.window(LocalDate.parse(Written.TODAY)))
                .isEqualTo(new Window(LocalDate.parse("2026-09-01"), LocalDate.parse("2027-07-10")));
        assertThat(configuration.errorFile()).isNull();
        assertThat(configuration.school().timetable()).isEqualTo(URI.create("https://ws-edt-igs.wigorservices.net"));
        assertThat(configuration.school().cas()).isEqualTo(URI.create("https://cas-p.wigorservices.net/cas/login"));
        assertThat(configuration.calendar().ecal()).isEqualTo(URI.create("https://api.ecal.com/apiv2"));
        assertThat(configuration.schedule().cron()).matches("\\d+ 46 6-18 \\* \\* \\?");
        assertThat(configuration.schedule().zone()).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(configuration.eveningCron()).isNull();
        assertThat(configuration.events().alert()).isEqualTo("15M");
        assertThat(configuration.events().teamsLink()).isTrue();
        assertThat(configuration.events().concurrency()).isEqualTo(4);
        assertThat(configuration.rules()).isEqualTo(Rules.DEFAULT);
        assertThat(configuration.keys().parameters()).isEmpty();
    }

    @Test
    void everyOptionalKeyCounts() {
        Path errors = folder.resolve("new/errors.txt");
        Configuration configuration = only(with(
                "error_file_path: " + errors,
                "instance_name: Emploi de Léa",
                "moncampus_url: HTTPS://Ws-Edt-Cd.example.org:8443/",
                "moncampus_cas_url: http://localhost:9000/cas/login",
                "ecal_url: http://127.0.0.1:9001/apiv2/",
                "schedule: 0 0 7 ? * MON-FRI",
                "time_zone: America/Martinique",
                "alert: 1H",
                "teams_link: false",
                "ecal_concurrency: 16",
                "delete_after: PT0S",
                "max_deletes: 0",
                "max_delete_ratio: .5",
                "settle: PT5M",
                "evening: '19:30'",
                "notify_url: https://ntfy.example.org/lea",
                "webhook: https://example.org/?a=b#c",
                "room_prefix:"));

        assertThat(configuration.errorFile()).isEqualTo(errors);
        assertThat(errors.getParent()).as("tried out, nothing left behind").doesNotExist();
        assertThat(configuration.label()).isEqualTo("Emploi de Léa");
        assertThat(configuration.school().timetable()).isEqualTo(URI.create("https://ws-edt-cd.example.org:8443"));
        assertThat(configuration.school().cas()).isEqualTo(URI.create("http://localhost:9000/cas/login"));
        assertThat(configuration.calendar().ecal()).isEqualTo(URI.create("http://127.0.0.1:9001/apiv2"));
        assertThat(configuration.schedule().cron()).matches("\\d+ 0 7 \\? \\* MON-FRI");
        assertThat(configuration.schedule().zone()).isEqualTo(ZoneId.of("America/Martinique"));
        assertThat(configuration.eveningCron().split(" ", 2)[1]).isEqualTo("30 19 * * ?");
        assertThat(configuration.eveningCron().split(" ")[0])
                .as("the same second as the schedule's")
                .isEqualTo(configuration.schedule().cron().split(" ")[0]);
        assertThat(configuration.events().alert()).isEqualTo("1H");
        assertThat(configuration.events().teamsLink()).isFalse();
        assertThat(configuration.events().concurrency()).isEqualTo(16);
        assertThat(configuration.rules()).isEqualTo(new Rules(Duration.ZERO, 0, 0.5, Duration.ofMinutes(5)));
        assertThat(configuration.keys().parameters())
                .isEqualTo(Map.of("webhook", "https://example.org/?a=b#c", "room_prefix", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456",
                "yes",
                "1e3",
                "null",
                "~",
                "2026-09-01",
                "12:30:00",
                "0x1F",
                ".inf",
                "a#b",
                "a:b",
                "pass word",
                "true",
                "${x",
                "été",
                "-x",
                "'it''s'",
                "\"a: b # c\"",
                "' kept '"
            })
    void aPasswordIsReadAsItIsWritten(String written) {
        String meant = written.matches("(['\"]).*\\1")
                ? written.substring(1, written.length() - 1).replace("''", "'")
                : written;

        assertThat(only(with("moncampus_password: " + written))
                        .school()
                        .password()
                        .reveal())
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "---\n", "# Configuration pour lea\n\n"})
    void filesOfTheOriginalToolLoadUnchanged(String beginning) {
        String original = beginning + """
                moncampus_username: "lea.martin"  # identifiant
                moncampus_password: 'it''s me'\s\s
                moncampus_start_date: "2025-01-01"
                moncampus_end_date: 2027-12-31

                ecal_api_key: abc/def+=
                ecal_api_secret: "0123"
                  # un commentaire
                ecal_calendar_id: 64229d018723a1000e07dc9f
                error_file_path: %s
                instance_name: config1""".formatted(folder.resolve("errors_config1.txt"));

        Configuration unix = only(original);
        Configuration windows = only(original.replace("\n", "\r\n"));

        assertThat(unix).isEqualTo(windows);
        assertThat(unix.school().password().reveal()).isEqualTo("it's me");
        assertThat(unix.calendar().apiSecret().reveal()).isEqualTo("0123");
        assertThat(unix.label()).isEqualTo("config1");
    }

    @Test
    void relativeDatesMoveWithTheDayInTheirTimeZone() {
        Configuration configuration = only(with("moncampus_start_date: -P7D", "moncampus_end_date: P120D"));

        assertThat(configuration.window(LocalDate.parse("2026-10-08")))
                .isEqualTo(new Window(LocalDate.parse("2026-10-01"), LocalDate.parse("2027-02-05")));
    }

    @Test
    void aValueMayComeFromTheEnvironmentOrFromAFileOfItsOwn() {
        write(folder, "api-secret", "from file\r\n");
        String text = with("moncampus_password: ${PASSWORD}")
                .replace("ecal_api_secret: secret-" + Written.SECRET, "ecal_api_secret_file: api-secret");

        Configuration configuration = only(text);

        assertThat(configuration.school().password().reveal()).isEqualTo("from-environment");
        assertThat(configuration.calendar().apiSecret().reveal()).isEqualTo("from file");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", textBlock = """
            a.yml    => moncampus_username        => other.person
            a.yml    => moncampus_url             => https://ws-edt-cd.wigorservices.net
            a.yml    => ecal_calendar_id          => 64229d018723a1000e07dc90""")
    void differentPeopleHostsOrCalendarsDoNotFight(String name, String key, String value) {
        Configurations.Loaded loaded =
                load(write(folder, name, valid()), write(folder, "b.yml", with(key + ": " + value)));

        assertThat(loaded.findings()).isEmpty();
        assertThat(loaded.valid()).extracting(Configuration::name).containsExactly("a", "b");
    }

    @Test
    void twoConfigurationsOfOnePersonAndCalendarAreBothRefused() {
        Path first = write(folder, "a.yml", valid());
        Path second = write(folder, "b.yml", with("moncampus_username: ' Lea.MARTIN '"));
        Path third = write(folder, "c.yml", with("moncampus_username: other"));

        Configurations.Loaded loaded = load(first, second, third);

        assertThat(loaded.valid()).extracting(Configuration::name).containsExactly("c");
        assertThat(loaded.findings())
                .extracting(Finding::file, Finding::line, Finding::isError)
                .containsExactly(tuple(first, 7, true), tuple(second, 7, true));
        assertThat(loaded.findings().get(0).message()).contains("b.yml");
    }

    @Test
    void twoFilesOfOneNameAreBothRefused() {
        Configurations.Loaded loaded =
                load(write(folder, "a.yml", valid()), write(folder, "a.yaml", with("moncampus_username: other")));

        assertThat(loaded.valid()).isEmpty();
        assertThat(loaded.findings())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.message()).contains("« a »"));
    }

    @Test
    void aSharedErrorFileIsAWarning() {
        String line = "error_file_path: " + folder.resolve("errors.txt");
        Configurations.Loaded loaded = load(
                write(folder, "a.yml", with(line)), write(folder, "b.yml", with(line, "moncampus_username: other")));

        assertThat(loaded.valid()).hasSize(2);
        assertThat(loaded.findings())
                .hasSize(2)
                .noneMatch(Finding::isError)
                .allSatisfy(finding -> assertThat(finding.line()).isEqualTo(8));
    }

    @Test
    void aBadFileDoesNotStopTheOthers() {
        Configurations.Loaded loaded =
                load(folder.resolve("absent.yml"), write(folder, "b.yml", valid()), write(folder, "c.yml", "a: ["));

        assertThat(loaded.valid()).extracting(Configuration::name).containsExactly("b");
        assertThat(loaded.findings())
                .extracting(finding -> finding.file().getFileName().toString())
                .containsExactly("absent.yml", "c.yml");
    }

    @ParameterizedTest
    @CsvSource({"2026-09-30,1", "2026-10-01,0", "2027-01-01,0", "-P1D,1"})
    void anEndThatHasPassedIsAWarning(String end, int warnings) {
        Configurations.Loaded loaded = load(write(folder, "lea.yml", with("moncampus_end_date: " + end)));

        assertThat(loaded.valid()).hasSize(1);
        assertThat(loaded.findings()).hasSize(warnings).noneMatch(Finding::isError);
    }

    @Test
    void aRelativeStartThatOvertakesTheEndIsNoMistake() {
        Configurations.Loaded loaded =
                load(write(folder, "lea.yml", with("moncampus_start_date: -P7D", "moncampus_end_date: 2026-07-10")));

        assertThat(loaded.valid()).hasSize(1);
        assertThat(loaded.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("passée"));
    }

    @Test
    void exposedHttpThatIsAllowedIsAWarning() {
        Configurations.Loaded loaded =
                load(write(folder, "lea.yml", with("allow_http: true", "ecal_url: http://ecal.lan/api")));

        assertThat(loaded.valid()).hasSize(1);
        assertThat(loaded.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString())
                        .contains("lea.yml:9:11: ")
                        .contains(" — "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t", "s3cr3t\n", "s3cr3t\n\n", "s3cr3t\r\n\r\n\n"})
    void blankLinesAtTheEndOfASecretFileAreNoPartOfIt(String text) {
        write(folder, "password", text);

        assertThat(only(with("moncampus_password_file: password").replace("moncampus_password: s3cr3t-mark\n", ""))
                        .school()
                        .password()
                        .reveal())
                .isEqualTo("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\ntwo", "\ns3cr3t", "s3cr3t\n \n", "s3\tcr3t"})
    void aSecretFileWithALineBreakInsideIsRefusedBeforeAnyLogin(String text) {
        write(folder, "password", text);

        assertThat(load(write(
                                folder,
                                "lea.yml",
                                with("moncampus_password_file: password")
                                        .replace("moncampus_password: s3cr3t-mark\n", "")))
                        .findings())
                .singleElement()
                .asString()
                .contains("moncampus_password", "une seule ligne")
                .doesNotContain("s3cr3t", "two");
    }

    @Test
    void aPasswordThatLooksLikeAVariableStandsInAFileOfItsOwn() {
        write(folder, "password", "${PASSWORD}\n");

        assertThat(only(with("moncampus_password_file: password").replace("moncampus_password: s3cr3t-mark\n", ""))
                        .school()
                        .password()
                        .reveal())
                .isEqualTo("${PASSWORD}");
    }

    @Test
    void theAddressOfNotificationsIsASecretThatMayStandInAFileOfItsOwn() {
        write(folder, "topic", "https://ntfy.sh/s3cr3t-mark?auth=a%20b\n");

        Configuration configuration = only(with("notify_url_file: topic"));

        assertThat(configuration.notifyUrl().reveal()).isEqualTo("https://ntfy.sh/s3cr3t-mark?auth=a%20b");
        assertThat(configuration.toString()).doesNotContain("s3cr3t-mark");
        assertThat(only(valid()).notifyUrl()).isNull();
    }

    @Test
    void anExposedAddressOfNotificationsIsFoundInAFileOfItsOwnToo() {
        write(folder, "topic", "http://ntfy.example.org/s3cr3t-mark");

        assertThat(load(write(folder, "lea.yml", with("notify_url_file: topic")))
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString())
                        .contains("lea.yml:8:18: ")
                        .doesNotContain("s3cr3t-mark"));
    }

    @Test
    void bytesThatAreNoUtf8AreFoundWhereTheyStand() throws IOException {
        Path file = folder.resolve("lea.yml");
        Files.write(file, "a: b\nc: café\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(load(file).findings())
                .singleElement()
                .extracting(Finding::line, Finding::column)
                .containsExactly(2, 7);
    }

    @Test
    void aMissingRequiredKeyIsOneFinding() {
        for (Key key : List.of(Key.values())) {
            Configurations.Loaded loaded = load(write(folder, "lea.yml", without(key.key())));

            assertThat(loaded.findings())
                    .as(key.key())
                    .hasSize(key.isRequired() ? 1 : 0)
                    .allSatisfy(finding -> assertThat(finding.message()).contains("« " + key.key() + " » manque"));
        }
    }

    private Configuration only(String text) {
        Configurations.Loaded loaded = load(write(folder, "lea.yml", text));
        assertThat(loaded.findings()).isEmpty();
        return loaded.valid().get(0);
    }
}
