package fr.moncampus.ecal.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.config.Connectors;
import fr.moncampus.ecal.config.Key;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.run.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionsTest {
    private static final String CALENDAR = "64229d018723a1000e07dc9f";

    @TempDir
    Path configs;

    private final Map<Key, String> given = new EnumMap<>(Key.class);
    private final Map<String, String> declared = new HashMap<>();
    private Clock clock = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
    private Answers answers;

    @BeforeEach
    void everythingIsGiven() {
        given.put(Key.MONCAMPUS_USERNAME, "lea.martin");
        given.put(Key.MONCAMPUS_PASSWORD, "p");
        given.put(Key.ECAL_API_KEY, "k");
        given.put(Key.ECAL_API_SECRET, "s");
        given.put(Key.ECAL_CALENDAR_ID, CALENDAR);
    }

    private String ask(String name, String... more) throws NoAnswerException {
        return ask(null, name, more);
    }

    private String ask(Terminal.Prompt prompt, String name, String... more) throws NoAnswerException {
        Connectors connectors = Connectors.of(RouteFiles.read(Path.of("routes")).templates(), Engine.PARAMETERS);
        answers = new Answers(configs, connectors, Map.of("WHO", "lea.martin")::get, clock);
        Map<String, String> byKey = new HashMap<>(declared);
        given.forEach((key, value) -> byKey.put(key.key(), value));
        new Questions(answers, prompt, clock).ask(name, byKey::get, List.of(more));
        return answers.text();
    }

    /** Gives these answers, and remembers what it was asked. */
    private static final class Person implements Terminal.Prompt {
        private final Deque<String> typed;
        private final List<String> seen = new ArrayList<>();
        private final List<String> hidden = new ArrayList<>();

        Person(String... typed) {
            this.typed = new ArrayDeque<>(List.of(typed));
        }

        @Override
        public String ask(String question, boolean secret) {
            seen.add(question);
            if (secret) {
                hidden.add(question);
            }
            return typed.poll();
        }

        @Override
        public void say(String words) {
            seen.add(words);
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-07-31, 2025-09-01, 2026-08-31", "2026-08-01, 2026-09-01, 2027-08-31"})
    void theDaysAreThoseOfTheSchoolYear(String today, String first, String last) throws Exception {
        clock = Clock.fixed(Instant.parse(today + "T10:00:00Z"), ZoneOffset.UTC);

        assertThat(ask("lea"))
                .contains("moncampus_start_date: " + first + "\n", "moncampus_end_date: " + last + "\n")
                .contains("moncampus_url: https://ws-edt-igs.wigorservices.net\n");
    }

    @Test
    void yamlReadsWhatWasTyped() throws Exception {
        given.put(Key.MONCAMPUS_PASSWORD, "it's: a #1");
        given.put(Key.MONCAMPUS_USERNAME, "${WHO}");
        given.put(Key.MONCAMPUS_START_DATE, "-P7D");

        assertThat(ask("lea", "allow_http=true", "teams_link=false"))
                .startsWith("# Configuration « lea ».")
                .contains("moncampus_password: 'it''s: a #1'\n", "moncampus_username: '${WHO}'\n")
                .contains("moncampus_start_date: -P7D\n", "ecal_calendar_id: " + CALENDAR + "\n")
                .endsWith("allow_http: 'true'\nteams_link: 'false'\n");
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        given.put(Key.MONCAMPUS_USERNAME, "votre_nom");
        given.put(Key.MONCAMPUS_START_DATE, "2026-02-30");
        given.put(Key.MONCAMPUS_END_DATE, "demain");
        given.put(Key.ECAL_API_KEY, "a b");
        given.put(Key.ECAL_CALENDAR_ID, "xyz");
        given.put(Key.MONCAMPUS_URL, "https://school.example/path");
        given.remove(Key.ECAL_API_SECRET);

        assertThatThrownBy(() -> ask("lé a", "schedule=5", "x"))
                .hasMessageContainingAll(
                        "Nom de la configuration : ",
                        "Identifiant MonCampus (prenom.nom) : ",
                        "Premier jour : ",
                        "Dernier jour : ",
                        "Site (",
                        "Clé de l'API",
                        "Clé secrète de l'API d'ECAL (rien ne s'affiche) : il ne peut pas être vide",
                        "Identifiant du calendrier ECAL : ",
                        "--set schedule : ",
                        "--set x : écrivez CLE=VALEUR",
                        "rien n'est écrit")
                .satisfies(e -> assertThat(((NoAnswerException) e).exitCode()).isEqualTo(2));
    }

    @Test
    void anEndBeforeTheBeginningIsAMistakeOfTheEnd() {
        given.put(Key.MONCAMPUS_START_DATE, "2026-12-01");
        given.put(Key.MONCAMPUS_END_DATE, "2026-11-30");

        assertThatThrownBy(() -> ask("lea"))
                .hasMessageContaining("Dernier jour : ")
                .hasMessageContaining("2026-12-01")
                .hasMessageNotContaining("Premier jour");
    }

    @Test
    void anExistingNameIsRefused() throws Exception {
        Files.writeString(configs.resolve("lea.yaml"), "");
        Files.createDirectory(configs.resolve("noe.yml"));

        assertThatThrownBy(() -> ask("lea")).hasMessageContaining("la configuration « lea » existe déjà");
        assertThatThrownBy(() -> ask("noe")).hasMessageContaining("la configuration « noe » existe déjà");
    }

    @ParameterizedTest
    @CsvSource({"moncampus_password=zq-SECRET", "ecal_api_secret=zq-SECRET", "notify_url=https://zq-SECRET/"})
    void noSecretIsAnArgument(String pair) {
        assertThatThrownBy(() -> ask("lea", pair))
                .hasMessageContaining("un secret n'est pas un argument")
                .hasMessageNotContaining("zq-SECRET");
    }

    @Test
    void aControlCharacterIsNoAnswer() {
        given.put(Key.MONCAMPUS_PASSWORD, "zq-SECRET\nallow_http: true");

        assertThatThrownBy(() -> ask("lea"))
                .hasMessageContaining("ce n'est pas une vraie valeur")
                .hasMessageNotContaining("zq-SECRET");
    }

    @Test
    void aPersonIsAskedUntilTheAnswerIsRight() throws Exception {
        given.clear();
        Person person = new Person(
                "mauvais nom", "lea", "", "lea.martin", "s3cret", "", "", "", "key", "secret", "xyz", CALENDAR);

        String text = ask(person, null);

        assertThat(text).contains("moncampus_password: 's3cret'", "moncampus_start_date: 2026-09-01");
        assertThat(answers.name()).isEqualTo("lea");
        assertThat(person.typed).isEmpty();
        assertThat(person.hidden)
                .containsExactly(
                        "Mot de passe MonCampus (rien ne s'affiche) : ",
                        "Clé de l'API d'ECAL (rien ne s'affiche) : ",
                        "Clé secrète de l'API d'ECAL (rien ne s'affiche) : ");
        assertThat(person.seen)
                .startsWith(
                        "Nom de la configuration : ",
                        "  ✗ lettres sans accent, chiffres, point, tiret et tiret bas," + " par exemple config1",
                        "Nom de la configuration : ")
                .contains("Premier jour [2026-09-01] : ", "Identifiant du calendrier ECAL : ");
    }

    @Test
    void onlyWhatIsMissingIsAsked() throws Exception {
        given.remove(Key.ECAL_CALENDAR_ID);
        given.put(Key.MONCAMPUS_START_DATE, "-P7D");
        given.put(Key.MONCAMPUS_END_DATE, "P120D");
        given.put(Key.MONCAMPUS_URL, "https://school.example/");
        Person person = new Person(CALENDAR);

        assertThat(ask(person, "lea")).contains("moncampus_url: https://school.example\n");
        assertThat(person.seen).containsExactly("Identifiant du calendrier ECAL : ");
    }

    @Test
    void whoLeavesGetsNothing() {
        given.clear();

        assertThatThrownBy(() -> ask(new Person("lea"), null))
                .hasMessage("interrompu, rien n'est écrit.")
                .satisfies(e -> assertThat(((NoAnswerException) e).exitCode()).isEqualTo(1));
    }

    @Test
    void anotherSourceIsAskedForItsOwnKeysOnly() throws Exception {
        given.clear();
        Person person = new Person("lea", "pas une adresse", "webcal://edt.example/x.ics?token=zq", "k", "s", CALENDAR);

        String text = ask(person, null, "source=ics");

        assertThat(text)
                .contains("# ics\nsource: ics\nics_url: 'webcal://edt.example/x.ics?token=zq'\n", "# ECAL\n")
                .doesNotContain("moncampus");
        assertThat(person.typed).isEmpty();
        assertThat(person.hidden).anyMatch(question -> question.startsWith("ics_url — adresse d'abonnement"));
        assertThat(person.seen).noneMatch(question -> question.contains("MonCampus"));
    }

    @Test
    void itsSecretsAreNoArgumentsEither() throws Exception {
        assertThatThrownBy(() -> ask("lea", "source=ics", "ics_url=https://zq-SECRET.example/"))
                .hasMessageContaining("un secret n'est pas un argument")
                .hasMessageNotContaining("zq-SECRET");
        declared.put("ics_url", "https://edt.example/x.ics");

        assertThat(ask("lea", "source=ics")).contains("ics_url: 'https://edt.example/x.ics'\n");
    }

    @Test
    void aSourceThatDoesNotExistEndsIt() {
        Person person = new Person("lea");

        assertThatThrownBy(() -> ask(person, null, "source=icz"))
                .hasMessageContainingAll("source", "icz", "ics", "rien n'est écrit");
        assertThat(person.seen).isEmpty();
    }
}
