package fr.moncampus.ecal.ecal;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.moncampus.ecal.calendar.CalendarEvent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Events as ECAL writes and reads them. */
final class EventFormat {
    /** Signing is known to work for ASCII only, so everything else is escaped. */
    static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private EventFormat() {}

    /** The whole event: whether PUT merges or replaces is unknown, so nothing is left to be merged. */
    static Map<String, Object> fields(CalendarEvent event, String calendarId) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("calendarId", calendarId);
        fields.put("reference", event.reference());
        fields.put("name", event.name());
        fields.put("location", event.location());
        fields.put("startDate", event.startDate());
        fields.put("endDate", event.endDate());
        if (!event.allDay()) {
            fields.put("startTime", event.startTime());
            fields.put("endTime", event.endTime());
        }
        fields.put("timezone", event.timezone());
        fields.put("allDay", event.allDay() ? "yes" : "no");
        fields.put("details", event.details());
        fields.put("alert", event.alert());
        fields.put("draft", event.draft());
        if (event.link() != null) {
            fields.put("quickLink[1][name]", "Teams");
            fields.put("quickLink[1][url]", event.link());
        }
        fields.values().removeIf(value -> value == null);
        return fields;
    }

    /** @return a missing node for what is no JSON: an error page, half an answer, nothing at all */
    static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** @return null when the node is no event that can be told apart: it has no id */
    static CalendarEvent read(JsonNode node) {
        String id = text(node, "id");
        if (id == null || id.isBlank()) {
            return null;
        }
        return new CalendarEvent(
                id,
                text(node, "reference"),
                text(node, "name"),
                text(node, "location"),
                text(node, "startDate"),
                text(node, "startTime"),
                text(node, "endDate"),
                text(node, "endTime"),
                text(node, "timezone"),
                truth(node.path("allDay")),
                text(node, "details"),
                text(node, "alert"),
                node.path("draft").asInt(0),
                link(node));
    }

    /** Scalars only, as text; null for what is absent, null or not a scalar. */
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    private static String link(JsonNode node) {
        String flat = text(node, "quickLink[1][url]");
        return flat != null ? flat : text(node.path("quickLink").path("1"), "url");
    }

    /** Requests say {@code yes}/{@code no}; answers say so too, or are boolean. */
    private static boolean truth(JsonNode value) {
        return switch (value.asText("").toLowerCase(java.util.Locale.ROOT)) {
            case "yes", "true", "1" -> true;
            default -> false;
        };
    }
}
