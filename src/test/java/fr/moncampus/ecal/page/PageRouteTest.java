package fr.moncampus.ecal.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.run.Stage;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a browser gets it: the shipped routes, a sandbox beneath them. */
class PageRouteTest {
    private static final int SESSIONS = 40;

    @TempDir
    private Path folder;

    private Stage stage;
    private Browser browser;

    private void start(String... lines) throws Exception {
        stage = new Stage(folder, SESSIONS);
        stage.start(lines);
        browser = new Browser(stage);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void beforeTheFirstRunThePageSaysHowToBegin() throws Exception {
        start();

        Document page = browser.open("/");

        assertThat(page.select("h1").text()).isEqualTo("alice");
        assertThat(page.select(".badge").text()).contains("pas encore synchronisé");
        assertThat(page.select("main").text()).contains("Prévisualiser");
    }

    @Test
    void aPreviewShowsWhatWouldBeCreatedAndWritesNothing() throws Exception {
        start();
        stage.sandbox.log().clear();

        Document result = browser.follow(browser.post("/c/alice/previsualiser"));

        assertThat(result.select("main h2").text()).isEqualTo("Prévisualisation terminée : rien n'a été écrit");
        assertThat(result.select("[role=status]").text()).contains(SESSIONS + " à créer");
        assertThat(stage.asked()).containsOnly("GET");
        assertThat(browser.open(firstWeek()).select(".card.create .sign").eachText())
                .isNotEmpty()
                .containsOnly("+ à créer");
    }

    @Test
    void aSyncEndsInItsResultAndTheWeekShowsTheCalendar() throws Exception {
        start();

        HttpResponse<String> asked = browser.post("/c/alice/synchroniser");
        Document result = browser.follow(asked);

        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(result.select("[role=status]").text()).contains(SESSIONS + " créés");
        assertThat(result.select("noscript")).isEmpty();
        assertThat(stage.sandbox.calendar().events()).hasSize(SESSIONS);
        Document week = browser.open(firstWeek());
        assertThat(week.select(".card.stands")).hasSize(week.select(".card").size());
        assertThat(week.select(".badge").text()).isEqualTo("✓ à jour");
    }

    @Test
    void whatIsHeldIsReleasedByTheButton() throws Exception {
        start();
        int held = cancelMany();

        Document page = browser.open("/c/alice/retenus");
        Document result = browser.follow(browser.post(
                page.select("section.held form").attr("action"),
                "checksum=" + page.select("[name=checksum]").val()));

        assertThat(page.select(".held h2").text()).isEqualTo("! " + held + " suppressions retenues");
        assertThat(page.select(".held").text())
                .contains(
                        held
                                + " suppressions confirmées : c'est plus que 10 (max_deletes) et plus que 30 % (max_delete_ratio) de ");
        assertThat(page.select(".held button").text()).isEqualTo("Supprimer ces " + held + " événements");
        assertThat(result.select("[role=status]").text()).contains(held + " supprimés");
        assertThat(browser.open("/c/alice/retenus").select("main h2").text()).isEqualTo("Rien n'est retenu");
    }

    @Test
    void theNumbersOfWhatIsHeldAreThoseThatTheGuardCompared() throws Exception {
        start();
        cancelMany();
        String compared = browser.open("/c/alice/retenus").select(".held").text();
        Session course = sessions().get(SESSIONS - 1);
        for (int i = 1; i <= 5; i++) {
            stage.sandbox
                    .timetable()
                    .add(Session.of(9000 + i, "Ajout", "B1", course.start().minusDays(i)));
        }

        stage.sync();
        assertThat(stage.sandbox.calendar().events()).hasSize(SESSIONS + 5);
        assertThat(browser.open("/c/alice/retenus").select(".held").text())
                .as("what the run wrote came after the guard")
                .isEqualTo(compared);
    }

    @Test
    void whatIsHeldAndHasChangedInBetweenIsNotCarriedOut() throws Exception {
        start();
        cancelMany();
        Document page = browser.open("/c/alice/retenus");
        Session back = sessions().get(SESSIONS - 1);
        stage.sandbox.timetable().add(back);
        int events = stage.sandbox.calendar().events().size();

        Document result = browser.follow(browser.post(
                "/c/alice/approuver",
                "checksum=" + page.select("[name=checksum]").val()));

        assertThat(result.select("main h2").text()).isEqualTo("Rien n'a été fait");
        assertThat(result.select("[role=status]").text()).contains("a changé depuis que la page a été affichée");
        assertThat(stage.sandbox.calendar().events()).hasSize(events);
        assertThat(browser.open("/c/alice/retenus").select("[name=checksum]").val())
                .isNotEmpty()
                .isNotEqualTo(page.select("[name=checksum]").val());
    }

    @Test
    void theLastKnownWeekIsThereWhenMonCampusIsDownAndAfterARestart() throws Exception {
        start();
        stage.sync();
        String known = browser.open(firstWeek()).select(".week").html();
        stage.clock.forward(Duration.ofHours(5));
        stage.sandbox
                .faults()
                .add(Fault.on(Server.TIMETABLE, Effect.status(503)).always());
        stage.sync();
        Document down = browser.open(firstWeek());
        stage.engine().close();
        stage.open(false);
        browser = new Browser(stage);

        Document again = browser.open(firstWeek());

        assertThat(again.select(".week").html()).isEqualTo(known);
        assertThat(again.select(".plan").text()).contains("il y a 5 h 0 min");
        assertThat(down.select(".badge").text()).isEqualTo("✗ en échec");
        assertThat(down.select(".trouble").text())
                .contains("Le dernier passage a échoué")
                .contains("Voici la dernière semaine connue.")
                .contains("(il y a 5 h 0 min)");
    }

    @Test
    void severalConfigurationsAreListedAndEachShowsItsOwn() throws Exception {
        stage = new Stage(folder, SESSIONS);
        stage.configure("alice", "camille.martin");
        stage.sandbox.enrol(
                "bob.durand", "b0b", List.of(Session.of(9, "Le cours de Bob", "B1", Stage.TODAY.atTime(9, 0))));
        stage.configure("bob", "bob.durand");
        stage.open(false);
        browser = new Browser(stage);
        stage.sync("alice");
        stage.sync("bob");

        Document overview = browser.open("/");
        HttpResponse<String> alice = browser.get(Cards.weekAddress("/c/alice", Stage.TODAY));

        assertThat(overview.select(".overview h2").eachText()).containsExactly("alice", "bob");
        assertThat(alice.body()).doesNotContain("Bob");
        assertThat(browser.get("/c/alice?config=bob").body()).doesNotContain("Le cours de Bob");
        assertThat(browser.get(Cards.weekAddress("/c/bob", Stage.TODAY)).body()).contains("Le cours de Bob");
        assertThat(browser.get("/c/carole").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/c/alice",
                "/c/alice/changements",
                "/c/alice/historique",
                "/c/alice/erreurs",
                "/c/alice/retenus",
                "/c/alice/passage"
            })
    void everyPageHasItsLandmarksAndNothingOfTheRequestComesBackAsAHeader(String address) throws Exception {
        start();
        stage.sync();

        HttpResponse<String> answer =
                browser.get(address + "?Set-Cookie=a%3Db&Location=http%3A%2F%2Fevil.example&X-Test=1");

        Document page = Browser.document(answer);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map().keySet().stream().map(String::toLowerCase))
                .isSubsetOf(":status", "content-type", "content-length", "transfer-encoding");
        assertThat(page.select("html").attr("lang")).isEqualTo("fr");
        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.select("header, main, nav")).hasSize(3);
        assertThat(page.select("body > a").first().attr("href")).isEqualTo("#contenu");
        assertThat(page.select("[style], style, script:not([src])")).isEmpty();
        assertThat(page.select("input:not([type=hidden])"))
                .allSatisfy(input ->
                        assertThat(page.select("label[for=" + input.id() + "]")).hasSize(1));
        assertThat(secrets())
                .hasSize(3)
                .allSatisfy(secret -> assertThat(answer.body()).doesNotContain(secret));
    }

    @Test
    void programsGetTheSameAsJson() throws Exception {
        start();
        stage.sync();

        assertThat(json("").get(0).get("state").asText()).isEqualTo("ok");
        assertThat(json("/alice").get("last").get("created").asInt()).isEqualTo(SESSIONS);
        assertThat(json("/alice/week/" + Stage.TODAY)
                        .get("events")
                        .get(0)
                        .get("state")
                        .asText())
                .isEqualTo("stands");
        assertThat(json("/alice/changes").get("days").get(0).get("entries")).isNotEmpty();
        assertThat(json("/alice/history").get("days")).hasSize(90);
        assertThat(json("/alice/errors").get("open")).isEmpty();
        assertThat(json("/alice/held").get("held").asInt()).isZero();
        assertThat(browser.get(Api.ROOT + "/bob").statusCode()).isEqualTo(404);
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = browser.get(Api.ROOT + path);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        return new ObjectMapper().readTree(answer.body());
    }

    /** The last half of the term, read twice without it. */
    private int cancelMany() {
        stage.sync();
        List<Session> cancelled = sessions().subList(SESSIONS / 2, SESSIONS);
        cancelled.forEach(session -> stage.sandbox.timetable().cancel(session.noCours()));
        for (int i = 0; i < 2; i++) {
            stage.clock.forward(Duration.ofHours(1));
            stage.sync();
        }
        return cancelled.size();
    }

    private List<String> secrets() {
        return stage.sandbox
                .configuration("camille.martin")
                .lines()
                .filter(line -> line.matches("(moncampus_password|ecal_api_key|ecal_api_secret):.*"))
                .map(line -> line.split(":", 2)[1].replaceAll("[\\s'\"]", ""))
                .toList();
    }

    private static List<Session> sessions() {
        return Stage.term(1, SESSIONS).stream()
                .sorted(Comparator.comparing(Session::start))
                .toList();
    }

    private static String firstWeek() {
        LocalDate day = sessions().get(0).start().toLocalDate();
        return Cards.weekAddress("/c/alice", day);
    }
}
