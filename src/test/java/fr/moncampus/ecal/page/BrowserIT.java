package fr.moncampus.ecal.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.sun.net.httpserver.HttpServer;
import fr.moncampus.ecal.door.DoorSettings;
import fr.moncampus.ecal.door.PasswordFile;
import fr.moncampus.ecal.run.Stage;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Switch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page and its door in a real browser. Pictures are left in target/screenshots. */
class BrowserIT {
    private static final int SESSIONS = 40;
    private static final String PASSWORD = "à la rentrée";
    /** A believable week of the desk's first student. */
    private static final String WEEK = "/c/alice/semaine/2026-10-12";

    @TempDir
    private Path folder;

    private Chromium browser;
    private Stage stage;
    private String page;

    @BeforeEach
    void prepare() throws Exception {
        browser = Chromium.start();
        stage = new Stage(folder, SESSIONS);
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    private void start(String... lines) throws Exception {
        stage.start(lines);
        PageServer server =
                new PageServer(new DoorSettings("127.0.0.1", 0, null, Set.of()), stage.data(), System::nanoTime);
        server.begin(
                stage.engine().context(),
                () -> Page.serve(stage.configurations(), stage.data(), stage.engine(), stage.clock));
        page = server.address().replaceFirst("/$", "");
    }

    private Chromium open(String path) {
        return browser.open(page + path);
    }

    private static Session at(long number, String name, String room, int day, int hour) {
        return Session.of(number, name, room, Stage.TODAY.plusDays(7 + day).atTime(hour, 0));
    }

    /** One of each kind, in one week. */
    private void overlay() throws Exception {
        stage.sandbox
                .timetable()
                .replaceAll(List.of(
                        at(1, "Réseaux", "B110", 0, 9),
                        at(2, "Java", "B110", 0, 14),
                        at(3, "Anglais", "B112", 1, 9),
                        at(4, "Droit", "B113", 1, 14),
                        at(5, "Algorithmique", "B114", 2, 9),
                        at(6, "Économie", "B115", 2, 14),
                        at(7, "Mathématiques", "B116", 3, 9),
                        at(8, "Gestion", "B117", 3, 14)));
        start("delete_after: PT0S", "max_deletes: 1", "max_delete_ratio: 0");
        stage.sync();
        // missing twice, and held
        stage.sandbox.timetable().cancel(5);
        stage.sandbox.timetable().cancel(6);
        later();
        later();
        // missing once
        stage.sandbox.timetable().cancel(7);
        stage.sandbox.timetable().move(1, Stage.TODAY.plusDays(11).atTime(10, 0));
        stage.sandbox.timetable().changeRoom(2, "C204");
        stage.sandbox.timetable().rename(3, "Anglais : examen");
        stage.sandbox.timetable().add(at(9, "Conférence", "Amphi", 1, 11));
        open("/c/alice");
        press("Prévisualiser");
        browser.until("main h2", "Prévisualisation terminée");
    }

    private void later() {
        stage.clock.forward(Duration.ofHours(1));
        stage.sync();
    }

    private void press(String button) {
        browser.driver().findElements(org.openqa.selenium.By.tagName("button")).stream()
                .filter(each -> each.getText().equals(button))
                .findFirst()
                .orElseThrow()
                .click();
    }

    private List<Rule> violations() {
        return new AxeBuilder().analyze(browser.driver()).getViolations();
    }

    @Test
    void theWeekShowsWhatWillBecomeOfEachCourseByASignAndAWord() throws Exception {
        overlay();
        open(WEEK);

        assertThat(browser.texts(".card .sign"))
                .containsExactlyInAnyOrder(
                        "+ à créer",
                        "↗ déplacé",
                        "→ déplacé ici",
                        "~ modifié",
                        "~ modifié",
                        "… en attente",
                        "! retenu",
                        "! retenu");
        assertThat(browser.element(".card.ghost").getText()).contains("vers");
        assertThat(browser.element(".card.moved").getText()).contains("depuis");
        assertThat(browser.texts(".card.changed s")).containsExactlyInAnyOrder("B110", "Anglais");
        assertThat(browser.texts(".card.changed ins")).containsExactlyInAnyOrder("C204", "Anglais : examen");
        browser.tall().picture("week-desktop");
        browser.phone();
        open(WEEK);
        assertThat(browser.texts(".card .sign")).hasSize(8);
        browser.picture("week-phone");
        browser.desktop().colours("dark");
        open(WEEK);
        browser.picture("week-dark");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void axeFindsNothingOnAnyPageInAnyColoursAndNoPageIsWiderThanItsWindow() throws Exception {
        overlay();
        stage.sandbox
                .faults()
                .add(Fault.on(Server.TIMETABLE, Effect.status(503)).always());
        later();
        for (String colours : List.of("light", "dark")) {
            browser.colours(colours);
            for (String path : List.of(
                    WEEK,
                    "/c/alice/changements",
                    "/c/alice/historique",
                    "/c/alice/erreurs",
                    "/c/alice/retenus",
                    "/c/alice/passage",
                    "/c/nobody")) {
                for (Runnable screen : List.<Runnable>of(browser::phone, browser::zoomed, browser::desktop)) {
                    screen.run();
                    open(path);
                    assertThat(browser.isWiderThanItsWindow()).as(path).isFalse();
                }
                assertThat(violations()).as(path + " " + colours).isEmpty();
                if (colours.equals("light")) {
                    browser.picture(path.replaceAll("^/c/|\\d", "").replace('/', '-'));
                }
            }
        }
    }

    @Test
    void thePasswordIsAskedForUntilOneLogsOutAndAWrongOneOpensNothing() throws Exception {
        stage.start();
        PasswordFile.in(stage.data()).write(PasswordFile.line(PASSWORD));
        stage.engine().close();
        start();

        open("/c/alice/historique");
        assertThat(browser.text()).contains("Mot de passe").doesNotContain("alice");
        assertThat(violations()).isEmpty();
        browser.element("#password").sendKeys("mot de passe", Keys.ENTER);
        browser.until("[role=alert]", "Ce n'est pas le mot de passe");
        assertThat(violations()).isEmpty();
        browser.picture("login");
        browser.element("#password").sendKeys(PASSWORD, Keys.ENTER);
        browser.until("h1", "alice");

        assertThat(URI.create(browser.driver().getCurrentUrl()).getPath()).isEqualTo("/c/alice/historique");
        assertThat(browser.driver().executeScript("return document.cookie")).isEqualTo("");
        // the door lets our own forms pass
        press("Synchroniser maintenant");
        browser.until("[role=status]", SESSIONS + " créés");
        assertThat(violations()).isEmpty();

        press("Se déconnecter");
        browser.until("body", "Mot de passe");
        open("/c/alice/historique");
        assertThat(browser.text()).contains("Mot de passe").doesNotContain("alice");
        assertThat(browser.complaints()).allMatch(line -> line.contains("403"), "the wrong password");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSyncShowsItsProgressAndEndsInItsResult(boolean javaScript) throws Exception {
        start();
        stage.sandbox.set(Switch.LATENCY_MILLIS, "250");
        browser.withJavaScript(javaScript);
        open("/");

        press("Synchroniser maintenant");

        browser.until("[role=status]", " sur " + SESSIONS);
        stage.sandbox.set(Switch.LATENCY_MILLIS, "0");
        browser.until("[role=status]", SESSIONS + " créés");
        assertThat(stage.sandbox.calendar().events()).hasSize(SESSIONS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsHeldIsReleasedExactlyAsItWasShown(boolean javaScript) throws Exception {
        overlay();
        browser.withJavaScript(javaScript);
        open("/c/alice/retenus");
        stage.sandbox.timetable().add(at(5, "Algorithmique", "B114", 2, 9));
        press("Supprimer ces 2 événements");
        browser.until("main h2", "Rien n'a été fait");
        assertThat(stage.sandbox.calendar().events()).hasSize(8);

        stage.sandbox.timetable().cancel(5);
        later();
        later();
        open("/c/alice/retenus");
        WebElement button = browser.element("section.held button");
        int held = Integer.parseInt(button.getText().replaceAll("\\D", ""));
        button.click();
        browser.until("[role=status]", held + " supprimés");
    }

    @Test
    void weeksAreTurnedByTheKeyboardAndTheFirstStopSkipsToTheContent() throws Exception {
        start();
        stage.sync();
        open(WEEK);

        browser.element("body").sendKeys(Keys.ARROW_RIGHT);
        browser.until(".turn h2", "19 octobre");
        browser.element("body").sendKeys(Keys.ARROW_LEFT);
        browser.until(".turn h2", "12 octobre");
        browser.element("body").sendKeys(Keys.TAB);
        WebElement first = browser.driver().switchTo().activeElement();
        assertThat(first.getText()).isEqualTo("Aller au contenu");
        first.sendKeys(Keys.ENTER);
        assertThat(browser.driver().switchTo().activeElement().getAttribute("id"))
                .isEqualTo("contenu");
    }

    @Test
    void whatTheSchoolWritesIsNeverMarkup() throws Exception {
        List<String> names = List.of(
                "<script>window.hacked = 1</script>",
                "<img src=x onerror=\"window.hacked = 1\">",
                "\"><svg/onload=window.hacked=1>",
                "' onmouseover='window.hacked=1",
                "</title></style></main><h1>autre",
                "\u202Eesrevni\u202D & \u2066seul",
                "${7*7} {{7*7}} @{7*7}",
                "mot".repeat(660));
        stage.sandbox
                .timetable()
                .replaceAll(IntStream.range(0, names.size())
                        .mapToObj(each -> at(each + 1, names.get(each), names.get(each), each % 5, 9 + each / 5 * 4))
                        .toList());
        start();
        stage.sync();

        for (Runnable screen : List.<Runnable>of(browser::desktop, browser::phone)) {
            screen.run();
            for (String path : List.of(WEEK, "/c/alice/changements")) {
                open(path);
                assertThat(browser.driver().executeScript("return window.hacked"))
                        .isNull();
                assertThat(browser.texts("h1")).containsExactly("alice");
                assertThat(browser.text()).contains("<script>window.hacked", "${7*7} {{7*7}} @{7*7}");
                assertThat(browser.isWiderThanItsWindow()).isFalse();
            }
        }
        assertThat(browser.complaints()).isEmpty();
        browser.picture("hostile");
    }

    @Test
    void anotherPageCanNeitherPostNorReadNorFrameThisOne() throws Exception {
        start();
        HttpServer evil = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] form = """
                <!DOCTYPE html><title>evil</title><iframe src="%1$s/"></iframe>
                <form method="post" action="%1$s/c/alice/synchroniser"><button>gagné</button></form>
                <script>
                window.read = "nothing";
                fetch("%1$s/api/v1/configurations").then(a => a.text()).then(t => window.read = t, e => window.read = "refused");
                fetch("%1$s/c/alice/synchroniser", { method: "POST", mode: "no-cors" }).catch(e => e);
                </script>""".formatted(page).getBytes(StandardCharsets.UTF_8);
        evil.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, form.length);
            exchange.getResponseBody().write(form);
            exchange.close();
        });
        evil.start();
        try {
            for (String host : List.of("evil.example", "127.0.0.1", "localhost")) {
                browser.open("http://" + host + ":" + evil.getAddress().getPort() + "/");
                new org.openqa.selenium.support.ui.WebDriverWait(browser.driver(), Duration.ofSeconds(20))
                        .until(each -> !"nothing".equals(browser.driver().executeScript("return window.read")));
                assertThat(browser.driver().executeScript("return window.read")).isEqualTo("refused");
                press("gagné");
                browser.until("body", "Cette demande vient d'une autre page");
            }
        } finally {
            evil.stop(0);
        }
        assertThat(stage.sandbox.log().requests()).isEmpty();
    }

    @Test
    void aNameThatSomebodyElseMadeResolveToThisMachineFindsNothing() throws Exception {
        start();

        browser.open("http://evil.example:" + URI.create(page).getPort() + "/");

        assertThat(browser.text()).contains("PAGE_NAMES").doesNotContain("alice");
    }
}
