package fr.moncampus.ecal.ecal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventFormatTest {
    private static final CalendarEvent EVENT = Fixtures.event("mc-0a1b2c3d-7");

    @Property
    void whatIsWrittenIsAsciiAndReadsAsItWas(@ForAll String name, @ForAll String details, @ForAll boolean allDay) {
        CalendarEvent event = new CalendarEvent(
                Fixtures.id(1),
                EVENT.reference(),
                name,
                "B110",
                "2026-09-14",
                allDay ? null : "09:00",
                "2026-09-14",
                allDay ? null : "12:00",
                "Europe/Paris",
                allDay,
                details,
                "15M",
                0,
                "https://teams.example/1?a=é");

        byte[] sent = bytes(event);

        assertThat(new String(sent, StandardCharsets.ISO_8859_1)).matches("\\p{ASCII}*");
        ObjectNode stored = ((ObjectNode) EventFormat.parse(sent)).put("id", event.id());
        assertThat(EventFormat.read(stored)).isEqualTo(event);
    }

    @Example
    void theWholeEventIsSentUnderTheNamesOfEcal() {
        assertThat(names(bytes(EVENT)))
                .containsExactly(
                        "calendarId",
                        "reference",
                        "name",
                        "location",
                        "startDate",
                        "endDate",
                        "startTime",
                        "endTime",
                        "timezone",
                        "allDay",
                        "details",
                        "alert",
                        "draft");
        assertThat(json(EVENT).path("allDay").asText()).isEqualTo("no");
        assertThat(json(EVENT).path("draft").isInt()).isTrue();
        assertThat(json(EVENT).path("calendarId").asText()).isEqualTo(Fixtures.CALENDAR);
    }

    @Example
    void theTeamsLinkIsAQuickLinkWithFlatKeys() {
        CalendarEvent linked = new CalendarEvent(
                null,
                "r",
                "n",
                "l",
                "2026-09-14",
                "09:00",
                "2026-09-14",
                "12:00",
                "Europe/Paris",
                false,
                "",
                "15M",
                0,
                "https://teams.example/1");

        assertThat(json(linked).path("quickLink[1][url]").asText()).isEqualTo("https://teams.example/1");
        assertThat(json(linked).path("quickLink[1][name]").asText()).isNotBlank();
    }

    @Example
    void answersMaySpellTheSameInOtherWays() {
        for (String allDay : List.of("true", "\"yes\"", "\"YES\"", "1", "\"1\"")) {
            assertThat(read("{\"id\":\"a\",\"allDay\":" + allDay + "}").allDay())
                    .as(allDay)
                    .isTrue();
        }
        for (String allDay : List.of("false", "\"no\"", "null", "{}", "0")) {
            assertThat(read("{\"id\":\"a\",\"allDay\":" + allDay + "}").allDay())
                    .as(allDay)
                    .isFalse();
        }
        assertThat(read("{\"id\":\"a\",\"draft\":\"1\"}").draft()).isEqualTo(1);
        assertThat(read("{\"id\":\"a\",\"reference\":12345678}").reference()).isEqualTo("12345678");
        assertThat(read("{\"id\":\"a\",\"quickLink\":{\"1\":{\"url\":\"u\"}}}").link())
                .isEqualTo("u");
        assertThat(read("{\"id\":\"a\",\"publisherId\":{\"x\":[1]},\"shortUrl\":null}")
                        .id())
                .isEqualTo("a");
    }

    @Example
    void whatHasNoIdIsNoEvent() {
        for (String node : List.of(
                "{}", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":\" \"}", "{\"id\":[]}", "[]", "7", "null", "\"id\"")) {
            assertThat(read(node)).as(node).isNull();
        }
    }

    @Property
    void anyFieldMayHoldAnything(@ForAll("values") Map<String, Object> fields) throws Exception {
        byte[] body = new ObjectMapper().writeValueAsBytes(fields);

        CalendarEvent event = EventFormat.read(EventFormat.parse(body));

        assertThat(event == null || !event.id().isBlank()).isTrue();
    }

    @Property
    void whatIsNoJsonIsNothing(@ForAll byte[] body) {
        assertThat(EventFormat.parse(body)).isNotNull();
    }

    @Provide
    Arbitrary<Map<String, Object>> values() {
        Arbitrary<Object> value = Arbitraries.<Object>of(
                        1,
                        -1,
                        1e300,
                        true,
                        false,
                        "",
                        "yes",
                        "é\u0000",
                        Fixtures.CALENDAR,
                        List.of(),
                        List.of(1),
                        Map.of("1", Map.of("url", 7)),
                        new BigInteger("9".repeat(50)))
                .injectNull(0.1);
        return Arbitraries.maps(
                Arbitraries.of(
                        "id",
                        "reference",
                        "name",
                        "location",
                        "startDate",
                        "startTime",
                        "endDate",
                        "endTime",
                        "timezone",
                        "allDay",
                        "details",
                        "alert",
                        "draft",
                        "calendarId",
                        "quickLink",
                        "quickLink[1][url]"),
                value);
    }

    private static CalendarEvent read(String json) {
        return EventFormat.read(EventFormat.parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode json(CalendarEvent event) {
        return EventFormat.parse(bytes(event));
    }

    private static List<String> names(byte[] json) {
        List<String> names = new ArrayList<>();
        EventFormat.parse(json).fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** As the route's {@code marshal} makes them. */
    private static byte[] bytes(CalendarEvent event) {
        try {
            return EventFormat.JSON.writeValueAsBytes(EventFormat.fields(event, Fixtures.CALENDAR));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
