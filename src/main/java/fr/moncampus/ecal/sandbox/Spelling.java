package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How a stored event looks in an answer. */
final class Spelling {
    private final Switches switches;

    Spelling(Switches switches) {
        this.switches = switches;
    }

    ObjectNode shown(ObjectNode stored) {
        ObjectNode event = stored.deepCopy();
        inZone(event);
        boolean allDay = Event.isAllDay(event);
        if (switches.is(Switch.ALL_DAY, "text")) {
            event.put("allDay", allDay ? "yes" : "no");
        } else {
            event.put("allDay", allDay);
        }
        respell(event);
        return event.put("publisherId", "5f0c0ffee0ddf00d5ca1ab1e")
                .put("shortUrl", "https://ecal.example/" + Event.text(event, "id"));
    }

    private void inZone(ObjectNode event) {
        if (!event.hasNonNull("timezone") || switches.is(Switch.TIMEZONE, "dropped")) {
            event.remove("timezone");
        } else if (switches.is(Switch.TIMEZONE, "utc")) {
            convert(event, Event.text(event, "timezone"), "UTC");
        }
    }

    private static void convert(ObjectNode event, String from, String to) {
        if (!Event.isAllDay(event)) {
            convert(event, "startDate", "startTime", from, to);
            convert(event, "endDate", "endTime", from, to);
        }
        event.put("timezone", to);
    }

    private static void convert(ObjectNode event, String date, String time, String from, String to) {
        if (!event.hasNonNull(date) || !event.hasNonNull(time)) {
            return;
        }
        ZonedDateTime moment = LocalDate.parse(Event.text(event, date))
                .atTime(LocalTime.parse(Event.text(event, time)))
                .atZone(ZoneId.of(from))
                .withZoneSameInstant(ZoneId.of(to));
        event.put(date, moment.toLocalDate().toString())
                .put(time, moment.toLocalTime().toString());
    }

    private void respell(ObjectNode event) {
        if (respells("trimmed")) {
            rewriteTexts(event, text -> text.strip().replaceAll("[ \\t]+", " "));
        }
        if (respells("escaped")) {
            rewriteTexts(event, text -> text.replace("&", "&amp;").replace("'", "&#039;"));
        }
        if (respells("alert-dropped")) {
            event.remove(List.of("alert", "alert2"));
        }
        boolean rewritten = respells("links-rewritten");
        for (String field : names(event)) {
            if (!field.startsWith("quickLink[") || !field.endsWith("][url]")) {
                continue;
            }
            String original = Event.text(event, field);
            event.put(field.replace("[url]", "[original_url]"), original);
            if (rewritten) {
                event.put(field, "https://ecal.example/l/" + Integer.toHexString(original.hashCode()));
            }
        }
        if (respells("link-dropped")) {
            names(event).stream().filter(field -> field.startsWith("quickLink")).forEach(event::remove);
        }
    }

    /** {@code all} is everything that keeps the texts readable. */
    private boolean respells(String how) {
        return switches.is(Switch.SPELLING, how)
                || switches.is(Switch.SPELLING, "all") && !how.equals("escaped") && !how.equals("link-dropped");
    }

    private static void rewriteTexts(ObjectNode event, UnaryOperator<String> how) {
        for (String field : List.of("name", "location", "details")) {
            JsonNode value = event.get(field);
            if (value != null && value.isTextual()) {
                event.put(field, how.apply(value.asText()));
            }
        }
    }

    private static List<String> names(ObjectNode event) {
        return event.properties().stream().map(Map.Entry::getKey).toList();
    }
}
