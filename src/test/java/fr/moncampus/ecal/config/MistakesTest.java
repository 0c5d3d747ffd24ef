package fr.moncampus.ecal.config;

import static fr.moncampus.ecal.config.Written.load;
import static fr.moncampus.ecal.config.Written.valid;
import static fr.moncampus.ecal.config.Written.with;
import static fr.moncampus.ecal.config.Written.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake gives exactly its finding, at its place, and refuses the file. */
class MistakesTest {
    @TempDir
    Path folder;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                // keys
                mistake("moncampus_usernme: x", "8:1", "« moncampus_usernme » n'existe pas", "« moncampus_username »"),
                mistake("ALERT: 15M", "8:1", "n'existe pas", "« alert »"),
                mistake("time-zone: Europe/Paris", "8:1", "n'existe pas", "« time_zone »"),
                mistake("timeZone: Europe/Paris", "8:1", "n'existe pas", "« time_zone »"),
                mistake("password: x", "8:1", "n'existe pas", "« moncampus_password »"),
                mistake("ecal_calendar: x", "8:1", "n'existe pas", "« ecal_calendar_id »"),
                mistake("moncampus_pasword_file: x", "8:1", "n'existe pas", "« moncampus_password"),
                mistake("clé avec espaces: x", "8:1", "ce n'est pas une clé", "deux-points"),
                mistake("ecal_api_key_file: x", "8:1", "tous les deux", "une seule"),
                // values of all kinds
                mistake("alert:", "8:1", "« alert » n'a pas de valeur", "enlevez cette ligne"),
                mistake("moncampus_username: ''", "1:1", "n'a pas de valeur", "après les deux-points"),
                mistake("moncampus_password: #abc", "2:1", "n'a pas de valeur", "après les deux-points"),
                mistake("moncampus_password: [s3cr3t-mark]", "2:21", "sans liste", "apostrophes"),
                mistake("moncampus_password: &s3cr3t-mark", "2:21", "sens particulier", "apostrophes"),
                mistake("moncampus_password: *s3cr3t-mark", "2:21", "sens particulier", "apostrophes"),
                mistake("moncampus_password: !s3cr3t-mark", "2:21", "sens particulier", "apostrophes"),
                mistake("moncampus_password:\n  nested: s3cr3t-mark", "3:3", "un seul texte", "sur la ligne de sa clé"),
                mistake(
                        "moncampus_password: votre_password_moncampus",
                        "2:21",
                        "encore celle de l'exemple",
                        "remplacez"),
                mistake("moncampus_password: Password of MonCampus", "2:21", "encore celle de l'exemple", "remplacez"),
                mistake("ecal_api_key: Your API Key from ecal.com", "5:15", "encore celle de l'exemple", "remplacez"),
                mistake("ecal_calendar_id: <id>", "7:19", "encore celle de l'exemple", "remplacez"),
                mistake("ecal_api_secret: changeme", "6:18", "encore celle de l'exemple", "remplacez"),
                mistake("ecal_api_secret: xxxxxxxx", "6:18", "encore celle de l'exemple", "remplacez"),
                mistake("moncampus_password: \"a\\tb\"", "2:21", "caractère de contrôle", "une seule ligne"),
                mistake("moncampus_username: \"a\\nb\"", "1:21", "caractère de contrôle", "une seule ligne"),
                mistake("ecal_api_key: \"a\\0b\"", "5:15", "caractère de contrôle", "une seule ligne"),
                mistake("moncampus_password: ${NOT_SET}", "2:21", "NOT_SET n'est pas définie", "définissez"),
                mistake("moncampus_password: ${EMPTY}", "2:21", "EMPTY n'est pas définie", "définissez"),
                mistake("moncampus_password: ${not a name}", "2:21", "pas le nom d'une variable", "${NOM}"),
                // each kind of value
                mistake("moncampus_start_date: 01/09/2026", "3:23", "n'est pas une date", "2026-09-01"),
                mistake("moncampus_start_date: 2026-9-1", "3:23", "n'est pas une date", "2026-09-01"),
                mistake("moncampus_end_date: 2027-02-30", "4:21", "n'est pas une date qui existe", "P120D"),
                mistake("moncampus_end_date: P1X", "4:21", "n'est pas une date", "P120D"),
                mistake("moncampus_end_date: 20270-07-01", "4:21", "n'est pas une date", ""),
                mistake("moncampus_end_date: 2207-07-01", "4:21", "50 ans", "année"),
                mistake("moncampus_end_date: P2147483647Y", "4:21", "50 ans", "année"),
                mistake("moncampus_end_date: 2026-08-31", "4:21", "avant la date de début", "échangez"),
                mistake("ecal_calendar_id: 64229d", "7:19", "identifiant du calendrier", "24"),
                mistake("ecal_calendar_id: 64229d018723a1000e07dcZZ", "7:19", "identifiant du calendrier", "24"),
                mistake("schedule: 46 6-18 * * *", "8:11", "cinq champs", "0 46 6-18 * * ?"),
                mistake("schedule: '*/15 7-19 * * 1-5'", "8:11", "cinq champs", "0 */15 7-19 ? * MON-FRI"),
                mistake("schedule: 0 46 6-18 * * *", "8:11", "pas une expression cron", "0 46 6-18 * * ?"),
                mistake("schedule: chaque heure", "8:11", "pas une expression cron", "0 46 6-18 * * ?"),
                mistake("schedule: 0 0 0 1 1 ? 2020", "8:11", "n'arrive plus jamais", "0 46 6-18"),
                mistake("time_zone: europe/paris", "8:12", "fuseau horaire", "Europe/Paris"),
                mistake("time_zone: Réunion", "8:12", "fuseau horaire", "Europe/Paris"),
                mistake("time_zone: Reunion", "8:12", "fuseau horaire", "Indian/Reunion"),
                mistake("time_zone: +02:00", "8:12", "fuseau horaire", "Europe/Paris"),
                mistake("time_zone: UTC+2", "8:12", "fuseau horaire", ""),
                mistake("alert: 15m", "8:8", "n'est pas un rappel", "15M"),
                mistake("alert: 30 minutes", "8:8", "n'est pas un rappel", "30M"),
                mistake("teams_link: oui", "8:13", "ni true ni false", "true (oui)"),
                mistake("allow_http: yes", "8:13", "ni true ni false", "true (oui)"),
                mistake("ecal_concurrency: 0", "8:19", "entre 1 et 16", ""),
                mistake("ecal_concurrency: 17", "8:19", "entre 1 et 16", ""),
                mistake("max_deletes: -1", "8:14", "à partir de 0", ""),
                mistake("max_deletes: 99999999999", "8:14", "à partir de 0", ""),
                mistake("max_delete_ratio: 1.1", "8:19", "entre 0 et 1", "0.3"),
                mistake("max_delete_ratio: 0,4", "8:19", "entre 0 et 1", "0.4"),
                mistake("max_delete_ratio: 25%", "8:19", "entre 0 et 1", "0.25"),
                mistake("delete_after: 45 min", "8:15", "n'est pas une durée", "PT45M"),
                mistake("delete_after: -PT5M", "8:15", "entre zéro et un an", "PT30M"),
                // courses
                mistake("cancelled: marquer", "8:12", "ni remove ni mark", "« ANNULÉ – … »"),
                mistake("hide: []", "8:1", "la liste est vide", "enlevez cette ligne"),
                mistake("hide: '- '", "8:7", "ni lettre, ni chiffre", "un mot"),
                mistake("hide:\n  - sport\n  - cours: anglais", "10:5", "en un seul texte", "sur la ligne de sa clé"),
                mistake("only:\n  cours: anglais", "9:3", "sans deux-points", "« - sport »"),
                mistake("rename: Maths", "8:9", "il manque le nouveau nom", "ancien nom: nouveau nom"),
                mistake("rename:\n  - Maths", "9:5", "il manque le nouveau nom", "ancien nom: nouveau nom"),
                mistake("rename:\n  Maths: M\n  Maths: N", "10:3", "renommé deux fois", "une seule"),
                mistake("rename:\n  Maths:", "9:3", "une valeur est vide", "un texte simple"),
                mistake("title: '{cour}'", "8:8", "« {cour} » n'est pas une partie", "« cours »"),
                mistake("title: '{prof}'", "8:8", "« {prof} » n'est pas une partie", "{enseignant}"),
                mistake("title: Maths", "8:8", "n'est pas un modèle de titre", "'{cours} · {salle}'"),
                mistake("renam: Maths", "8:1", "n'existe pas", "« rename »"),
                mistake("evening: '19:00'", "8:10", "sans « notify_url »", "notify_url"),
                mistake("evening: 19h\nnotify_url: https://ntfy.sh/x", "8:10", "n'est pas une heure", "'19:00'"),
                mistake("evening: '03:00'\nnotify_url: https://ntfy.sh/x", "8:10", "n'est pas une heure", "'19:00'"),
                mistake("settle: 2h", "8:9", "n'est pas une durée", "PT2H"),
                mistake("settle: PT999999999999999H", "8:9", "durée", "PT30M"),
                mistake("instance_name: '{{password}}'", "8:16", "accolade double", "nom simple"),
                // addresses
                mistake("moncampus_url: ws-edt-igs.wigorservices.net", "8:16", "pas l'adresse d'un site", "https://"),
                mistake("moncampus_url: ftp://example.org", "8:16", "pas l'adresse d'un site", "https://"),
                mistake("moncampus_url: https://example.org:99999", "8:16", "pas l'adresse d'un site", "https://"),
                mistake(
                        "moncampus_url: https://ws.example.org/Home/Index",
                        "8:16",
                        "un chemin",
                        "seulement https://ws.example.org"),
                mistake(
                        "moncampus_cas_url: https://lea:s3cr3t-mark@cas.example.org/cas/login",
                        "8:20",
                        "mot de passe",
                        "« @ »"),
                mistake(
                        "moncampus_cas_url: https://cas.example.org/cas/login?service=s3cr3t-mark",
                        "8:20",
                        "« ? »",
                        "enlevez"),
                mistake("ecal_url: https://api.example.org/v2#x", "8:11", "« # »", "enlevez"),
                mistake("ecal_url: http://api.example.org/v2", "8:11", "http", "https://"),
                mistake("notify_url: http://ntfy.example.org/s3cr3t-mark", "8:13", "http", "https://"),
                mistake("notify_url: ntfy.sh/s3cr3t-mark", "8:13", "pas l'adresse d'un site", "https://"),
                // Camel resolves placeholders in the header that this address goes to
                mistake("notify_url: 'https://ntfy.sh/{{env:HOME}}'", "8:13", "pas l'adresse d'un site", "https://"),
                mistake(
                        "notify_url: 'https://ntfy.sh/a?b={{env:HOME}}'",
                        "8:13",
                        "pas l'adresse d'un site",
                        "https://"),
                mistake("ecal_url: http://127.0.0.1.example.org/v2", "8:11", "http", "allow_http: true"),
                // files
                mistake(
                        "error_file_path: /dev/null/errors.txt",
                        "8:18",
                        "ne peut pas être écrit",
                        "enlevez cette ligne"),
                mistake("error_file_path: /", "8:18", "ne peut pas être écrit", "enlevez cette ligne"),
                // the form of the file
                mistake("alert: 15M\nalert: 30M", "9:1", "déjà donnée à la ligne 8", "une seule"),
                mistake("alert: 15M\n---\nalert: 30M", "9:1", "plusieurs documents", "un fichier par configuration"),
                mistake("alert: '15M", "8:8", "n'est pas bien fermé", "apostrophes"),
                mistake("alert: `15M`", "8:8", "sens particulier", "apostrophes"),
                mistake("alert: [15M", "8:8", "sans liste", "apostrophes"),
                mistake("alert: - 15M", "8:8", "sens particulier", "apostrophes"),
                mistake("alert: a: b", "8:9", "sens particulier", "apostrophes"),
                mistake("\talert: 15M", "8:1", "tabulation", "sans tabulation"),
                mistake("alert=15M", "8:1", "« clé: valeur »", "deux-points"),
                mistake("alert:15M", "8:1", "« clé: valeur »", "deux-points"),
                mistake("? [a]\n: b", "8:3", "une clé doit être un simple mot", ""),
                mistake("room: \u0007", "8:7", "caractère invisible", "effacez"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeIsFoundWhereItStands(String lines, String place, String message, String fix) {
        Configurations.Loaded loaded = load(write(folder, "lea.yml", with(lines)));

        assertThat(loaded.valid()).isEmpty();
        assertThat(loaded.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.isError()).isTrue();
            assertThat(finding.line() + ":" + finding.column()).isEqualTo(place);
            assertThat(finding.message()).contains(message);
            assertThat(finding.fix()).contains(fix);
            assertThat(finding.toString()).doesNotContain(Written.SECRET);
            FlatYaml yaml = FlatYaml.read(Path.of("lea.yml"), with(lines));
            if (yaml.isComplete() && !message.equals("ce n'est pas une clé")) {
                assertThat(yaml.entries().keySet())
                        .as("keys that the message names")
                        .anyMatch(finding.message()::contains);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "# rien\n",
                "---\n",
                "- a\n- b\n",
                "juste un texte",
                "[CONFIG]\nmoncampus_username: x\n"
            })
    void aFileThatHoldsNoKeysIsOneFinding(String text) {
        Configurations.Loaded loaded = load(write(folder, "lea.yml", text));

        assertThat(loaded.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.line()).isEqualTo(1));
    }

    @Test
    void hugeFilesAreRefused() {
        assertThat(load(write(folder, "lea.yml", valid() + "#".repeat(65_536))).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("64 ko"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ma config.yml", "_a.yml", "é.yml", "a+b.yaml"})
    void aFileNameThatCannotNameARouteIsAnError(String name) {
        assertThat(load(write(folder, name, valid())).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix())
                        .containsPattern("renommez le fichier, par exemple en [A-Za-z0-9][A-Za-z0-9._-]*\\.yml$"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "empty", "."})
    void aSecretFileThatGivesNothingIsAnError(String named) {
        write(folder, "empty", "\n");
        String text = valid().replace("ecal_api_key: key-" + Written.SECRET, "ecal_api_key_file: " + named);

        assertThat(load(write(folder, "lea.yml", text)).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.line() + ":" + finding.column()).isEqualTo("5:20");
                    assertThat(finding.message()).contains("le fichier nommé ici");
                });
    }

    @Test
    void allMistakesOfAFileAreFoundAtOnce() {
        List<String> lines = List.of(
                "alert: 15m",
                "time_zone: Paris",
                "schedule: x",
                "teams_link: oui",
                "ecal_concurrency: 99",
                "settle: 1",
                "max_deletes: a",
                "shedule: x",
                "ecal_url: ecal",
                "allow_http: 1");

        List<Finding> findings = load(write(folder, "lea.yml", with(lines.toArray(String[]::new))))
                .findings();

        assertThat(findings).extracting(Finding::line).containsExactly(8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
    }

    @Test
    void aMisspelledKeyIsNotMissingAsWell() {
        String text = valid().replace("moncampus_password:", "moncampus_passwort:");

        assertThat(load(write(folder, "lea.yml", text)).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.line()).isEqualTo(2));
    }

    @Test
    void whatStandsBeforeAnUnreadableLineIsCheckedToo() {
        assertThat(load(write(folder, "lea.yml", "alert: x\nteams_link: y\n'open\n"))
                        .findings())
                .extracting(Finding::line)
                .containsExactly(1, 2, 3);
    }

    private static Arguments mistake(String lines, String place, String message, String fix) {
        return Arguments.of(lines, place, message, fix);
    }
}
