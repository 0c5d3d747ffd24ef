package fr.moncampus.ecal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.MovableClock;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
    private final MovableClock clock = new MovableClock("2026-04-07T08:00:00Z");
    private final Sandbox sandbox = Sandbox.start(Options.standard().at(clock));
    private final Student student = sandbox.school().students().get(0);
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aLoginGoesThroughEveryStepOfTheFacts() {
        HttpResponse<String> challenge = browser.get(Browser.timetable(sandbox));
        assertThat(challenge.statusCode()).isEqualTo(302);
        assertThat(Browser.location(challenge))
                .startsWith(
                        sandbox.casUrl() + "?service=" + Form.encode(sandbox.timetableUrl() + "/signin-cas?state="));
        assertThat(challenge.headers().firstValue("Set-Cookie").orElseThrow()).contains("Path=/signin-cas");

        HttpResponse<String> page = browser.get(Browser.location(challenge));
        assertThat(page.statusCode()).isEqualTo(200);
        Map<String, String> inputs = Browser.inputs(page.body());
        assertThat(inputs).containsOnlyKeys("username", "password", "execution", "_eventId", "geolocation");
        assertThat(inputs.get("execution")).hasSizeBetween(5_000, 6_000).contains("+", "/", "=");

        HttpResponse<String> in = browser.submit(page, student.username(), student.password());
        assertThat(in.statusCode()).isEqualTo(302);
        assertThat(Browser.location(in))
                .startsWith(sandbox.timetableUrl() + "/signin-cas?state=")
                .contains("&ticket=ST-");
        assertThat(browser.hasCookie("TGC")).isTrue();

        HttpResponse<String> callback = browser.get(Browser.location(in));
        assertThat(Browser.location(callback)).isEqualTo(Browser.timetable(sandbox));
        HttpResponse<String> timetable = browser.get(Browser.location(callback));
        assertThat(timetable.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
        assertThat(Json.parse(timetable.body()).get("Total").asInt()).isEqualTo(350);
    }

    @Test
    void thePasswordIsSeenOnceAndOnlyByTheCas() {
        browser.logIn(sandbox);

        List<Request> withPassword = sandbox.log().requests().stream()
                .filter(request -> request.text().contains("password="))
                .toList();
        assertThat(withPassword).singleElement().satisfies(request -> {
            assertThat(request.server()).isEqualTo(Server.CAS);
            assertThat(request.form()).containsEntry("password", student.password());
        });
    }

    @Test
    void aPostWithoutTheServiceInItsAddressStillReachesIt() {
        HttpResponse<String> page = browser.open(Browser.timetable(sandbox));
        Map<String, String> fields = filled(page);

        HttpResponse<String> in = browser.post(sandbox.casUrl(), fields);

        assertThat(Browser.location(in)).startsWith(sandbox.timetableUrl() + "/signin-cas?state=");
    }

    @Test
    void theServiceOfTheFormBeatsTheOneOfTheAddress() {
        HttpResponse<String> page = browser.open(Browser.timetable(sandbox));

        HttpResponse<String> in = browser.post(
                sandbox.casUrl() + "?service=" + Form.encode(sandbox.timetableUrl() + "/other"), filled(page));

        assertThat(Browser.location(in)).contains("/signin-cas?state=");
    }

    @Test
    void anExpiredSessionIsRenewedWithoutAForm() {
        browser.logIn(sandbox);
        sandbox.expireSessions();
        sandbox.log().clear();

        assertThat(browser.open(Browser.timetable(sandbox)).body()).startsWith("{\"Data\"");
        assertThat(sandbox.log().requests(Server.CAS, "POST")).isEmpty();
    }

    @Test
    void aSessionEndsByItself() {
        browser.logIn(sandbox);
        clock.forward("PT61M");

        assertThat(browser.get(Browser.timetable(sandbox)).statusCode()).isEqualTo(302);
    }

    @Test
    void anotherUserAgentLosesTheCasCookie() {
        browser.logIn(sandbox);
        sandbox.expireSessions();

        assertThat(browser.as("Browser/2").open(Browser.timetable(sandbox)).body())
                .contains("id=\"fm1\"");
    }

    @Test
    void aTicketOpensOnceAndOnlyWithTheCorrelationCookie() {
        HttpResponse<String> in =
                browser.submit(browser.open(Browser.timetable(sandbox)), student.username(), student.password());
        browser.get(Browser.location(in));
        assertThat(browser.get(Browser.location(in)).statusCode()).isEqualTo(500);

        sandbox.expireSessions();
        String renewed = Browser.location(browser.get(Browser.location(browser.get(Browser.timetable(sandbox)))));
        browser.forgetCookie(".AspNetCore.Correlation");
        assertThat(browser.get(renewed).statusCode()).isEqualTo(500);
    }

    @Test
    void aTicketExpires() {
        HttpResponse<String> in =
                browser.submit(browser.open(Browser.timetable(sandbox)), student.username(), student.password());
        clock.forward("PT11S");

        assertThat(browser.get(Browser.location(in)).statusCode()).isEqualTo(500);
    }

    @Test
    void aStaleSessionLooksAliveUntilItsCookiesAreThrownAway() {
        browser.logIn(sandbox);
        sandbox.makeSessionsStale();

        assertThat(browser.open(sandbox.timetableUrl() + "/").statusCode()).isEqualTo(200);
        assertThat(browser.open(Browser.timetable(sandbox)).body()).doesNotContain("Data");
        sandbox.set(Switch.STALE_ANSWER, "challenge");
        assertThat(browser.open(Browser.timetable(sandbox)).statusCode()).isEqualTo(302);
        sandbox.set(Switch.STALE_ANSWER, "403");
        assertThat(browser.open(Browser.timetable(sandbox)).statusCode()).isEqualTo(403);

        browser.forgetAllCookies();
        assertThat(browser.logIn(sandbox).statusCode()).isEqualTo(200);
    }

    @Test
    void aTicketForThePageItselfIsIgnoredAndStaysInTheAddress() {
        sandbox.set(Switch.CHALLENGE, "direct");

        HttpResponse<String> timetable = browser.logIn(sandbox);

        assertThat(timetable.body()).startsWith("{\"Data\"");
        assertThat(timetable.uri().getQuery()).contains("ticket=ST-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"302", "303", "307", "308"})
    void theFormCanBeAnsweredByEveryRedirect(String status) {
        sandbox.set(Switch.LOGIN_REDIRECT, status);

        HttpResponse<String> in =
                browser.submit(browser.open(Browser.timetable(sandbox)), student.username(), student.password());

        assertThat(in.statusCode()).isEqualTo(Integer.parseInt(status));
        assertThat(browser.follow(in).body()).startsWith("{\"Data\"");
    }

    @Test
    void foreignOriginsAreNamedWhereTheSwitchSays() {
        sandbox.set(Switch.FOREIGN, "challenge");
        assertThat(Browser.location(browser.get(Browser.timetable(sandbox)))).startsWith(sandbox.elsewhereUrl());
        sandbox.set(Switch.FOREIGN, "form");
        HttpResponse<String> page = browser.open(Browser.timetable(sandbox));
        assertThat(page.body()).contains("action=\"" + sandbox.elsewhereUrl());
        sandbox.set(Switch.FOREIGN, "login");
        HttpResponse<String> in = browser.submit(page, student.username(), student.password());
        assertThat(Browser.location(in)).startsWith(sandbox.elsewhereUrl());
        sandbox.set(Switch.FOREIGN, "callback");
        assertThat(browser.open(Browser.timetable(sandbox)).uri().toString()).startsWith(sandbox.elsewhereUrl());
    }

    @ParameterizedTest
    @ValueSource(strings = {"timetable", "cas", "login"})
    void aLoopNeverEnds(String where) {
        sandbox.set(Switch.LOOP, where);
        HttpResponse<String> answer = browser.open(Browser.timetable(sandbox));
        HttpResponse<String> end =
                where.equals("login") ? browser.submit(answer, student.username(), student.password()) : answer;

        assertThat(end.statusCode()).isEqualTo(302);
        assertThat(Browser.location(end)).isEqualTo(end.uri().toString());
    }

    @Test
    void theActionOfTheFormIsSpeltAsTheSwitchSays() {
        assertThat(browser.open(Browser.timetable(sandbox)).body()).contains("action=\"login\"");
        sandbox.set(Switch.FORM_ACTION, "with-service");
        assertThat(browser.open(Browser.timetable(sandbox)).body()).contains("action=\"/cas/login?service=http");
        sandbox.set(Switch.FORM_ACTION, "absolute");
        assertThat(browser.open(Browser.timetable(sandbox)).body()).contains("action=\"" + sandbox.casUrl());
    }

    @Test
    void aHiddenInputThatIsUnknownMustComeBack() {
        sandbox.set(Switch.FORM_EXTRAS, "all");
        Map<String, String> fields = filled(browser.open(Browser.timetable(sandbox)));
        assertThat(fields).containsKeys("deviceFingerprint", "_csrf");

        fields.remove("_csrf");
        assertThat(browser.post(sandbox.casUrl(), fields).statusCode()).isEqualTo(403);
        assertThat(browser.logIn(sandbox).statusCode()).isEqualTo(200);
    }

    private Map<String, String> filled(HttpResponse<String> page) {
        Map<String, String> fields = Browser.inputs(page.body());
        fields.put("username", student.username());
        fields.put("password", student.password());
        return fields;
    }
}
