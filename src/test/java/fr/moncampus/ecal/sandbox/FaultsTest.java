package fr.moncampus.ecal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {
    private final Sandbox sandbox = Sandbox.start();
    private final EcalClient ecal = new EcalClient(sandbox);
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aStatusComesWithItsHeadersAndBodyAndNoWorkIsDone() {
        sandbox.faults()
                .add(Fault.on(
                        Server.ECAL,
                        Effect.status(503).header("Retry-After", "7").body("<h1>busy</h1>")));

        HttpResponse<String> answer = ecal.post(ecal.event("r"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(answer.body()).isEqualTo("<h1>busy</h1>");
        assertThat(sandbox.calendar().events()).isEmpty();
        assertThat(ecal.post(ecal.event("r")).statusCode()).isEqualTo(200);
    }

    @Test
    void aStatusCanComeAfterTheWork() {
        sandbox.faults().add(Fault.on(Server.ECAL, Effect.statusAfter(502)));

        assertThat(ecal.post(ecal.event("r")).body()).startsWith("{\"status\":\"502\"");
        assertThat(sandbox.calendar().events()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"CUT, 0", "CUT_AFTER, 1", "CUT_BODY, 1"})
    void aConnectionIsCutBeforeOrAfterTheWork(Effect.Kind kind, int events) {
        sandbox.faults().add(Fault.on(Server.ECAL, Effect.of(kind)).method("POST"));

        assertThatThrownBy(() -> ecal.post(ecal.event("r"))).isInstanceOf(UncheckedIOException.class);

        assertThat(sandbox.calendar().events()).hasSize(events);
    }

    @Test
    void onlyTheRequestsThatMatchAreHitAsOftenAsAsked() {
        sandbox.faults()
                .add(Fault.on(Server.ECAL, Effect.status(500))
                        .method("GET")
                        .path("/apiv2/event")
                        .containing("page=2")
                        .skip(1)
                        .times(2));

        assertThat(List.of(
                        ecal.list("page", "1"),
                        ecal.list("page", "2"),
                        ecal.post(ecal.event("r")),
                        ecal.list("page", "2"),
                        ecal.list("page", "1"),
                        ecal.list("page", "2"),
                        ecal.list("page", "2")))
                .extracting(HttpResponse::statusCode)
                .containsExactly(204, 204, 200, 500, 200, 500, 204);
        assertThat(sandbox.faults().waiting()).isEmpty();
    }

    @Test
    void faultsForTheSameRequestHitOneAfterTheOther() {
        sandbox.faults().add(Fault.on(Server.ECAL, Effect.status(500)));
        sandbox.faults().add(Fault.on(Server.ECAL, Effect.status(501)).always());
        assertThat(List.of(ecal.list().statusCode(), ecal.list().statusCode())).containsExactly(500, 501);

        sandbox.faults().clear();
        assertThat(ecal.list().statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({"HALF_ROWS, 175, 350", "HALF_TOTAL, 175, 175", "EMPTY, 0, 0", "ERRORS, 350, 350"})
    void theTimetableLosesRows(Effect.Kind kind, int rows, int total) {
        browser.logIn(sandbox);
        sandbox.faults().add(Fault.on(Server.TIMETABLE, Effect.of(kind)));

        JsonNode envelope = Json.parse(browser.open(Browser.timetable(sandbox)).body());

        assertThat(envelope.get("Data")).hasSize(rows);
        assertThat(envelope.get("Total").asInt()).isEqualTo(total);
        assertThat(envelope.get("Errors").isNull()).isEqualTo(kind != Effect.Kind.ERRORS);
    }

    @Test
    void theRowsCanBeMissingAltogether() {
        browser.logIn(sandbox);
        sandbox.faults().add(Fault.on(Server.TIMETABLE, Effect.of(Effect.Kind.NO_ROWS)));

        assertThat(Json.parse(browser.open(Browser.timetable(sandbox)).body())
                        .get("Data")
                        .isNull())
                .isTrue();
    }

    @Test
    void yesterdaysAnswerIsTheLastSnapshot() {
        browser.logIn(sandbox);
        Timetable timetable = sandbox.timetable();
        timetable.cancel(timetable.sessions().get(0).noCours());
        timetable.endOfDay();
        timetable.cancel(timetable.sessions().get(0).noCours());
        sandbox.faults().add(Fault.on(Server.TIMETABLE, Effect.of(Effect.Kind.YESTERDAY)));

        assertThat(total()).isEqualTo(349);
        assertThat(total()).isEqualTo(348);
    }

    @ParameterizedTest
    @EnumSource(
            value = Effect.Kind.class,
            names = {"HTML", "TRUNCATED"})
    void jsonCanBeNoJson(Effect.Kind kind) {
        browser.logIn(sandbox);
        sandbox.faults().add(Fault.on(Server.TIMETABLE, Effect.of(kind)));

        HttpResponse<String> answer = browser.open(Browser.timetable(sandbox));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> Json.parse(answer.body())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBodyCanBeEndless() throws IOException {
        sandbox.faults().add(Fault.on(Server.TIMETABLE, Effect.of(Effect.Kind.ENDLESS)));
        try (InputStream body = URI.create(Browser.timetable(sandbox)).toURL().openStream()) {
            assertThat(body.readNBytes(1 << 22)).hasSize(1 << 22);
        }
    }

    @Test
    void aDelayKeepsTheRequestOpen() {
        sandbox.faults().add(Fault.on(Server.ECAL, Effect.delay(Duration.ofMillis(80))));
        long before = System.nanoTime();

        assertThat(ecal.list().statusCode()).isEqualTo(204);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }

    @Test
    void anEcalListingCanLoseRowsToo() {
        sandbox.calendar().add(Map.of("name", "a"));
        sandbox.calendar().add(Map.of("name", "b"));
        sandbox.faults().add(Fault.on(Server.ECAL, Effect.of(Effect.Kind.HALF_ROWS)));

        assertThat(ecal.listed("name")).containsExactly("a");
    }

    private int total() {
        return Json.parse(browser.open(Browser.timetable(sandbox)).body())
                .get("Total")
                .asInt();
    }
}
