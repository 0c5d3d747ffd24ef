package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** An event that is stored, and what listings know of it. Guarded by its {@link Calendars}. */
final class Event {
    private final String id;
    private ObjectNode fields;
    private ObjectNode listed;
    private boolean deleted;
    private int lag;
    private Instant ends;

    /** @param lag listings that still show what stood there before */
    Event(String id, ObjectNode fields, int lag) {
        this.id = id;
        write(fields, lag);
    }

    void write(ObjectNode newFields, int newLag) {
        fields = newFields;
        lag = newLag;
        if (lag == 0) {
            publish();
        }
    }

    void delete(int newLag) {
        deleted = true;
        write(fields, newLag);
    }

    /** Called once for each listing, before it is made. */
    void beforeListing() {
        if (lag > 0 && --lag == 0) {
            publish();
        }
    }

    private void publish() {
        listed = deleted ? null : fields;
        ends = listed == null ? null : end(listed);
    }

    String id() {
        return id;
    }

    ObjectNode fields() {
        return fields;
    }

    /** Null while listings don't know it. */
    ObjectNode listed() {
        return listed;
    }

    boolean isDeleted() {
        return deleted;
    }

    /** Whether nothing is left of it, in listings neither. */
    boolean isGone() {
        return deleted && listed == null;
    }

    String text(String field) {
        return text(fields, field);
    }

    boolean isListedAsPast(Instant now) {
        return ends.isBefore(now);
    }

    /** Null when the field is absent or null. */
    static String text(ObjectNode fields, String field) {
        JsonNode value = fields.get(field);
        return value == null || value.isNull() ? null : value.asText();
    }

    static boolean isAllDay(ObjectNode fields) {
        String value = text(fields, "allDay");
        return "yes".equals(value) || "true".equals(value);
    }

    private static Instant end(ObjectNode fields) {
        try {
            LocalDate date = LocalDate.parse(text(fields, "endDate"));
            String zone = text(fields, "timezone");
            ZoneId in = zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
            return isAllDay(fields)
                    ? date.plusDays(1).atStartOfDay(in).toInstant()
                    : date.atTime(LocalTime.parse(text(fields, "endTime")))
                            .atZone(in)
                            .toInstant();
        } catch (DateTimeException | NullPointerException e) {
            // an event put in by hand may hold anything; it is then never past
            return Instant.MAX;
        }
    }
}
