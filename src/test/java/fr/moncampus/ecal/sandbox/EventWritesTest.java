package fr.moncampus.ecal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.MovableClock;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventWritesTest {
    private final MovableClock clock = new MovableClock("2026-04-07T08:30:00Z");
    private final Sandbox sandbox = Sandbox.start(Options.standard().at(clock));
    private final EcalClient ecal = new EcalClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void anEventIsCreatedReadChangedAndDeleted() {
        String id = ecal.create(ecal.event("r"));
        assertThat(EcalClient.data(ecal.get("/event/" + id)).get("name").asText())
                .isEqualTo("Anglais");

        ecal.put(id, ecal.event("r").put("name", "Allemand"));
        assertThat(sandbox.calendar().events())
                .singleElement()
                .satisfies(event -> assertThat(event.get("name").asText()).isEqualTo("Allemand"));

        assertThat(ecal.delete(id).statusCode()).isEqualTo(200);
        assertThat(ecal.delete(id).statusCode()).isEqualTo(404);
        assertThat(ecal.put(id, ecal.event("r")).statusCode()).isEqualTo(404);
        assertThat(ecal.get("/event/" + id).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "name,",
        "location,",
        "startDate,",
        "endTime,",
        "startDate, 2026-02-30",
        "startTime, 8:00",
        "startTime, 24:00",
        "endDate, 2026-04-06",
        "timezone, Europe/Lyon",
        "alert, soon",
        "allDay, maybe",
        "calendarId, 123",
        "calendarId,"
    })
    void anInvalidFieldIsNamed(String field, String value) {
        HttpResponse<String> answer = ecal.post(ecal.event("r").put(field, value));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).get("statusLong").asText())
                .contains(field.equals("endDate") ? "the end" : field);
        assertThat(sandbox.calendar().events()).isEmpty();
    }

    @Test
    void aBodyThatIsNoObjectIsInvalid() {
        assertThat(ecal.send("POST", "/event/", "[1]").statusCode()).isEqualTo(400);
        assertThat(ecal.send("POST", "/event/", "name=x").statusCode()).isEqualTo(400);
    }

    @Test
    void anAllDayEventNeedsNoTimes() {
        ObjectNode event = ecal.event("r").put("allDay", "yes");
        event.remove(List.of("startTime", "endTime"));

        assertThat(ecal.post(event).statusCode()).isEqualTo(200);
    }

    @Test
    void aCalendarThatIsUnknownIsNotFound() {
        assertThat(ecal.post(ecal.event("r").put("calendarId", "f".repeat(24))).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"calendar, 409, 200", "account, 409, 409", "none, 200, 200"})
    void aReferenceIsTakenInTheScopeOfTheSwitch(String scope, int here, int elsewhere) {
        sandbox.enrol("second.student", "x", List.of());
        sandbox.set(Switch.REFERENCE_SCOPE, scope);
        ecal.create(ecal.event("r"));

        assertThat(ecal.post(ecal.event("r")).statusCode()).isEqualTo(here);
        assertThat(ecal.post(ecal.event("r")
                                .put(
                                        "calendarId",
                                        sandbox.calendar("second.student").id()))
                        .statusCode())
                .isEqualTo(elsewhere);
    }

    @Test
    void aReferenceIsFreeAgainAfterItsEventIsGoneOrRenamed() {
        String first = ecal.create(ecal.event("r"));
        ecal.put(first, ecal.event("s"));
        String second = ecal.create(ecal.event("r"));
        assertThat(ecal.put(second, ecal.event("s")).statusCode()).isEqualTo(409);

        ecal.delete(first);
        assertThat(ecal.put(second, ecal.event("s")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"merges, 200, B204", "replaces, 400,"})
    void putMergesOrReplaces(String how, int status, String location) {
        sandbox.set(Switch.PUT, how);
        String id = ecal.create(ecal.event("r"));

        HttpResponse<String> answer = ecal.put(id, Json.object().put("name", "Allemand"));

        assertThat(answer.statusCode()).isEqualTo(status);
        if (location != null) {
            assertThat(EcalClient.data(answer).get("location").asText()).isEqualTo(location);
        }
    }

    @Test
    void aReplacingPutForgetsWhatIsNotSent() {
        sandbox.set(Switch.PUT, "replaces");
        String id = ecal.create(ecal.event("r"));
        ObjectNode shorter = ecal.event("r");
        shorter.remove("details");
        ecal.put(id, shorter);

        assertThat(sandbox.calendar().events().get(0).has("details")).isFalse();
    }

    @Test
    void answersToWritesAreTheSwitches() {
        sandbox.set(Switch.CREATE_STATUS, "201");
        sandbox.set(Switch.WRITE_ANSWER, "nothing");
        HttpResponse<String> created = ecal.post(ecal.event("r"));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.body()).isEqualTo("{\"data\":null,\"status\":\"201\",\"statusLong\":\"OK\"}");

        sandbox.set(Switch.WRITE_ANSWER, "id");
        String id = ecal.create(ecal.event("s"));
        sandbox.set(Switch.DELETE_ANSWER, "204");
        assertThat(ecal.delete(id).statusCode()).isEqualTo(204);
        sandbox.set(Switch.DELETE_ANSWER, "200-empty");
        assertThat(ecal.delete(sandbox.calendar().events().get(0).get("id").asText())
                        .body())
                .isEmpty();
    }
}
