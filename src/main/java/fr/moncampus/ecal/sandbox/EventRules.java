package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What ECAL calls invalid input. */
final class EventRules {
    private static final String DATE = "\\d{4}-\\d{2}-\\d{2}";
    private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d";

    private final ObjectNode event;
    private final List<String> faults = new ArrayList<>();

    private EventRules(ObjectNode event) {
        this.event = event;
    }

    /** One sentence a fault; empty when the event is valid. */
    static List<String> faults(ObjectNode event) {
        EventRules rules = new EventRules(event);
        rules.check();
        return rules.faults;
    }

    private void check() {
        for (String text : List.of("name", "location")) {
            required(text);
        }
        for (String text : List.of("name", "location", "details", "reference", "alert", "alert2", "timezone")) {
            isText(text);
        }
        boolean timed = !Event.isAllDay(event);
        boolean readable = moment("startDate", DATE, true)
                & moment("endDate", DATE, true)
                & moment("startTime", TIME, timed)
                & moment("endTime", TIME, timed);
        if (readable) {
            checkOrder(timed);
        }
        matches("alert", "\\d{1,3}[MHDW]");
        matches("alert2", "\\d{1,3}[MHDW]");
        matches("allDay", "yes|no");
        if (event.hasNonNull("draft") && !event.get("draft").isInt()) {
            faults.add("draft must be an integer");
        }
        String zone = Event.text(event, "timezone");
        if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
            faults.add("timezone is unknown");
        }
    }

    private void required(String field) {
        String value = Event.text(event, field);
        if (value == null || value.isBlank()) {
            faults.add(field + " is required");
        }
    }

    private void isText(String field) {
        if (event.hasNonNull(field) && !event.get(field).isTextual()) {
            faults.add(field + " must be a string");
        }
    }

    private boolean moment(String field, String shape, boolean isRequired) {
        String value = Event.text(event, field);
        if (value == null || value.isEmpty()) {
            if (isRequired) {
                faults.add(field + " is required");
            }
            return !isRequired;
        }
        if (!value.matches(shape) || shape.equals(DATE) && !isDate(value)) {
            faults.add(field + " is not valid");
            return false;
        }
        return true;
    }

    private void matches(String field, String shape) {
        String value = Event.text(event, field);
        if (value != null && !value.isEmpty() && !value.matches(shape)) {
            faults.add(field + " is not valid");
        }
    }

    private void checkOrder(boolean timed) {
        LocalDate from = LocalDate.parse(Event.text(event, "startDate"));
        LocalDate to = LocalDate.parse(Event.text(event, "endDate"));
        boolean wrong = timed
                ? to.atTime(LocalTime.parse(Event.text(event, "endTime")))
                        .isBefore(from.atTime(LocalTime.parse(Event.text(event, "startTime"))))
                : to.isBefore(from);
        if (wrong) {
            faults.add("the end must not be before the start");
        }
    }

    private static boolean isDate(String value) {
        try {
            LocalDate.parse(value);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
