package fr.moncampus.ecal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedLoginTest {
    private static final String PANEL = "<div id=\"loginErrorsPanel\" class=\"banner banner-danger\"><p>";

    private final Sandbox sandbox = Sandbox.start(Options.standard().student("prenom.nom", "Right1"));
    private final Student student = sandbox.school().students().get(0);
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "prenom.nom, wrong, 401, Authentication attempt has failed",
        "nobody, Right1, 401, Your account is not recognized",
        "Prenom.Nom, Right1, 401, Your account is not recognized",
        "'prenom.nom ', Right1, 401, Your account is not recognized",
        "prenom.nom, '', 200, Password is a required field.",
        "'', Right1, 200, Password is a required field."
    })
    void everyWrongPairHasItsPanelAndANewForm(String username, String password, int status, String text) {
        HttpResponse<String> page = page();

        HttpResponse<String> answer = browser.submit(page, username, password);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(PANEL + text);
        assertThat(execution(answer)).isNotEqualTo(execution(page));
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(browser.hasCookie("TGC")).isFalse();
    }

    @Test
    void aFreshFormHasNoPanelButAllTheDecoys() {
        assertThat(page().body())
                .doesNotContain("loginErrorsPanel")
                .contains("Password is a required field.", "Non-secure Connection", "mdi-alert", "banner-danger");
    }

    @Test
    void theNewFormStillKnowsTheService() {
        HttpResponse<String> again = browser.submit(page(), "prenom.nom", "wrong");

        HttpResponse<String> in = browser.submit(again, "prenom.nom", "Right1");

        assertThat(Browser.location(in)).contains("/signin-cas?state=");
    }

    @Test
    void thePanelSpeaksFrenchWhenAsked() {
        HttpResponse<String> page = page();
        Map<String, String> fields = filled(page);
        fields.put("password", "wrong");

        assertThat(browser.post(page.uri().toString(), fields, "Accept-Language", "fr")
                        .body())
                .contains(PANEL + "La tentative");
    }

    @Test
    void thePersonCanBeRefusedAlthoughThePasswordIsRight() {
        student.deny(true);

        HttpResponse<String> answer = browser.submit(page(), "prenom.nom", "Right1");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains(PANEL + "Service access denied due to missing privileges.");
    }

    @Test
    void wrongPasswordsLockTheAccountForTheRightOneToo() {
        sandbox.set(Switch.LOCKOUT_AFTER, "2");
        HttpResponse<String> page = browser.submit(browser.submit(page(), "prenom.nom", "a"), "prenom.nom", "b");

        assertThat(browser.submit(page, "prenom.nom", "Right1").body())
                .contains(PANEL + "Your account has been locked.");
    }

    @Test
    void withoutAnExecutionAFreshFormComesAndTheServiceIsLost() {
        Map<String, String> fields = filled(page());
        fields.remove("execution");

        HttpResponse<String> fresh = browser.post(sandbox.casUrl(), fields);

        assertThat(fresh.statusCode()).isEqualTo(200);
        assertThat(fresh.body()).contains("id=\"fm1\"").doesNotContain("loginErrorsPanel");
        HttpResponse<String> in = browser.submit(fresh, "prenom.nom", "Right1");
        assertThat(in.statusCode()).isEqualTo(200);
        assertThat(in.body()).contains("Log In Successful");
    }

    @Test
    void aMalformedExecutionIsAnError() {
        Map<String, String> fields = filled(page());
        fields.computeIfPresent("execution", (name, value) -> value.replace('+', ' '));

        assertThat(browser.post(sandbox.casUrl(), fields).statusCode()).isEqualTo(500);
    }

    @Test
    void aSpentTamperedOrForgottenExecutionIsARedirectThatIsNoSuccess() {
        Map<String, String> tampered = filled(page());
        tampered.computeIfPresent(
                "execution",
                (name, value) -> value.startsWith("0") ? "1" + value.substring(1) : "0" + value.substring(1));
        assertIsDecodingError(browser.post(sandbox.casUrl(), tampered));

        HttpResponse<String> page = page();
        browser.submit(page, "prenom.nom", "wrong");
        assertIsDecodingError(browser.submit(page, "prenom.nom", "Right1"));

        HttpResponse<String> old = page();
        sandbox.restartCas();
        assertIsDecodingError(browser.submit(old, "prenom.nom", "Right1"));
    }

    @Test
    void anExecutionCanBeGoodManyTimes() {
        sandbox.set(Switch.EXECUTION, "many");
        HttpResponse<String> page = page();
        browser.submit(page, "prenom.nom", "wrong");

        assertThat(Browser.location(browser.submit(page, "prenom.nom", "Right1")))
                .contains("ticket=ST-");
    }

    @Test
    void anUnknownServiceGetsNoForm() {
        HttpResponse<String> foreign =
                browser.get(sandbox.casUrl() + "?service=" + Form.encode("http://foreign.test/"));
        sandbox.set(Switch.SERVICE, "unregistered");

        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(page().statusCode()).isEqualTo(403);
        assertThat(page().body()).doesNotContain("fm1");
    }

    @Test
    void aFlowKeptByTheServerNeedsItsCookie() {
        sandbox.set(Switch.FLOW, "server");
        HttpResponse<String> page = page();
        browser.forgetCookie("JSESSIONID");

        HttpResponse<String> lost = browser.post(sandbox.casUrl(), filled(page));
        assertThat(Browser.location(lost)).isEqualTo(sandbox.casUrl());
        HttpResponse<String> kept = browser.submit(withoutSessionCookie(), "prenom.nom", "Right1");
        assertThat(Browser.location(kept)).startsWith(sandbox.casUrl() + "?service=");
        assertThat(Browser.location(browser.submit(page(), "prenom.nom", "Right1")))
                .contains("ticket=ST-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"warn", "password-expiring", "terms"})
    void anIntermediatePageHasNoPasswordAndGivesNoTicket(String kind) {
        sandbox.set(Switch.INTERMEDIATE_PAGE, kind);

        HttpResponse<String> answer = browser.submit(page(), "prenom.nom", "Right1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("name=\"password\"");
        assertThat(browser.hasCookie("TGC")).isFalse();
    }

    @Test
    void aPostWithoutAUserAgentIsAnError() throws IOException {
        URI cas = URI.create(sandbox.casUrl());
        try (Socket socket = new Socket(cas.getHost(), cas.getPort())) {
            socket.getOutputStream()
                    .write("POST /cas/login HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 500");
        }
    }

    private HttpResponse<String> page() {
        return browser.open(Browser.timetable(sandbox));
    }

    private HttpResponse<String> withoutSessionCookie() {
        HttpResponse<String> page = page();
        browser.forgetCookie("JSESSIONID");
        return page;
    }

    private Map<String, String> filled(HttpResponse<String> page) {
        Map<String, String> fields = Browser.inputs(page.body());
        fields.put("username", "prenom.nom");
        fields.put("password", "Right1");
        return fields;
    }

    private static String execution(HttpResponse<String> page) {
        return Browser.inputs(page.body()).get("execution");
    }

    private void assertIsDecodingError(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(Browser.location(answer))
                .startsWith(sandbox.casUrl() + "?")
                .contains("exception.message=Error+decoding+flow+execution")
                .doesNotContain("ticket=");
    }
}
