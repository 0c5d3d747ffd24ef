package fr.moncampus.ecal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminTest {
    private final Sandbox sandbox = Sandbox.start(Options.standard().onOnePort());
    private final EcalClient ecal = new EcalClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void theTimetableIsReadAndChanged() throws Exception {
        JsonNode first = json(call("GET", "timetable", "")).get(0);
        String number = first.get("noCours").asText();

        call("POST", "timetable", "{\"do\":\"move\",\"noCours\":" + number + ",\"start\":\"2026-01-02T08:00\"}");
        call("POST", "timetable", "{\"do\":\"room\",\"noCours\":" + number + ",\"room\":\"A1\"}");

        JsonNode moved = json(call("GET", "timetable", "")).get(0);
        assertThat(moved.get("start").asText()).isEqualTo("2026-01-02T08:00");
        assertThat(moved.get("room").asText()).isEqualTo("A1");
        call("POST", "timetable", "{\"do\":\"clear\"}");
        assertThat(json(call("GET", "timetable", ""))).isEmpty();
    }

    @Test
    void theCalendarIsReadAndChangedByHand() throws Exception {
        String id = json(call("POST", "calendar", "{\"name\":\"Dentiste\"}"))
                .get("id")
                .asText();
        call("PUT", "calendar?event=" + id, "{\"name\":\"Médecin\"}");
        assertThat(json(call("GET", "calendar", "")).get(0).get("name").asText())
                .isEqualTo("Médecin");

        assertThat(call("DELETE", "calendar?event=" + id, "").statusCode()).isEqualTo(204);
        assertThat(json(call("GET", "calendar", ""))).isEmpty();
    }

    @Test
    void switchesAndFaultsAreSetAndCleared() throws Exception {
        call("POST", "switches", "{\"end-of-list\":\"empty-page\"}");
        call(
                "POST",
                "faults",
                "{\"server\":\"ecal\",\"kind\":\"status\",\"status\":503,\"skip\":1,\"headers\":{\"Retry-After\":\"1\"}}");
        assertThat(ecal.list().statusCode()).isEqualTo(200);
        assertThat(ecal.list().headers().firstValue("Retry-After")).hasValue("1");

        call("DELETE", "switches", "");
        assertThat(ecal.list().statusCode()).isEqualTo(204);
        assertThat(json(call("GET", "switches", "")).get("end-of-list").asText())
                .isEqualTo("204");
        assertThat(json(call("GET", "faults", "")).get("waiting").asInt()).isZero();
    }

    @Test
    void requestsAreShownWithoutItsOwn() throws Exception {
        ecal.post(ecal.event("r"));
        JsonNode requests = json(call("GET", "requests", ""));

        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).get("method").asText()).isEqualTo("POST");
        assertThat(requests.get(0).get("server").asText()).isEqualTo("ecal");
        assertThat(requests.get(0).get("status").asInt()).isEqualTo(200);
        assertThat(requests.get(0).get("body").asText()).contains("\"reference\":\"r\"");
        assertThat(json(call("GET", "counters", "")).at("/ecal/total").asInt()).isEqualTo(1);
        assertThat(Instant.parse(json(call("GET", "counters", "")).get("first").asText()))
                .isBeforeOrEqualTo(Instant.now());
        call("DELETE", "requests", "");
        assertThat(json(call("GET", "counters", "")).get("total").asInt()).isZero();
        assertThat(json(call("GET", "counters", "")).has("first")).isFalse();
    }

    @Test
    void sessionsStudentsAndKeysAreChanged() throws Exception {
        Browser browser = new Browser();
        browser.logIn(sandbox);
        call("POST", "sessions", "{\"do\":\"expire\"}");
        call("POST", "sessions", "{\"do\":\"forget-grants\"}");
        assertThat(browser.open(Browser.timetable(sandbox)).body()).contains("fm1");

        call("POST", "students", "{\"username\":\"new.one\",\"password\":\"p\"}");
        assertThat(call("GET", "configuration?username=new.one", "").body()).contains("moncampus_username: 'new.one'");
        assertThat(call("GET", "configuration?username=new.one&source=ics&dialect=ade", "")
                        .body())
                .contains("source: 'ics'", "/new.one.ics?token=", "&dialect=ade'");
        call("POST", "keys", "{\"deactivate\":\"sandbox-key\"}");
        assertThat(ecal.list().statusCode()).isEqualTo(403);
    }

    @Test
    void aMistakeIsToldAs400() throws Exception {
        assertThat(call("POST", "switches", "{\"sort\":\"sideways\"}").body()).contains("sort takes id, newest");
        assertThat(call("POST", "timetable", "{\"do\":\"move\",\"noCours\":1,\"start\":\"2026-01-02T08:00\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(call("GET", "nothing", "").statusCode()).isEqualTo(400);
        assertThat(call("POST", "faults", "no json").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> call(String method, String what, String body)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(sandbox.timetableUrl() + "/_sandbox/" + what))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.parse(answer.body());
    }
}
