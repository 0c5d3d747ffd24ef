package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code POST}, {@code GET}, {@code PUT} and {@code DELETE} of one event. */
final class Events {
    private final Calendars calendars;
    private final Switches switches;
    private final Spelling spelling;

    Events(Calendars calendars, Switches switches, Spelling spelling) {
        this.calendars = calendars;
        this.switches = switches;
        this.spelling = spelling;
    }

    /** @param name null when the address names no event */
    Answer answer(Request request, String name, String account) {
        synchronized (calendars) {
            if (request.method().equals("POST")) {
                return name == null ? create(request, account) : Envelope.failure(404, "Not found");
            }
            Event event = find(name, account);
            if (event == null) {
                return Envelope.failure(404, "Event not found");
            }
            return switch (request.method()) {
                case "GET" -> Envelope.success(200, spelling.shown(event.fields()));
                case "PUT" -> update(request, event, account);
                case "DELETE" -> delete(event);
                default -> Envelope.failure(405, "Method not allowed");
            };
        }
    }

    private Event find(String name, String account) {
        Event event = calendars.living(name);
        boolean mine = event != null && calendars.calendar(event.text("calendarId"), account) != null;
        return mine ? event : null;
    }

    private Answer create(Request request, String account) {
        ObjectNode sent = object(request);
        Answer refusal = refusal(sent, null, account);
        if (refusal != null) {
            return refusal;
        }
        Event event = calendars.create(sent, lag());
        return written(switches.number(Switch.CREATE_STATUS), event);
    }

    private Answer update(Request request, Event event, String account) {
        ObjectNode sent = object(request);
        ObjectNode after = sent;
        if (sent != null && switches.is(Switch.PUT, "merges")) {
            after = event.fields().deepCopy();
            after.setAll(sent);
        } else if (sent != null && !sent.has("calendarId")) {
            sent.put("calendarId", event.text("calendarId"));
        }
        Answer refusal = refusal(after, event, account);
        if (refusal != null) {
            return refusal;
        }
        calendars.write(event, after, lag());
        return written(200, event);
    }

    private Answer delete(Event event) {
        calendars.delete(event, lag());
        return switch (switches.get(Switch.DELETE_ANSWER)) {
            case "204" -> Answer.empty(204);
            case "200-empty" -> Answer.empty(200);
            default -> Envelope.success(200, Json.object().put("id", event.id()));
        };
    }

    /** Null when the event may be written. */
    private Answer refusal(ObjectNode wanted, Event before, String account) {
        if (wanted == null) {
            return Envelope.failure(400, "Invalid input: the body must be a JSON object");
        }
        List<String> faults = EventRules.faults(wanted);
        if (!faults.isEmpty()) {
            return Envelope.failure(400, "Invalid input: " + String.join(", ", faults));
        }
        String calendar = Event.text(wanted, "calendarId");
        if (calendar == null || !calendar.matches("[0-9a-f]{24}")) {
            return Envelope.failure(400, "Invalid input: calendarId is not valid");
        }
        if (calendars.calendar(calendar, account) == null) {
            return Envelope.failure(404, "Calendar not found");
        }
        String reference = Event.text(wanted, "reference");
        boolean taken = reference != null
                && !switches.is(Switch.REFERENCE_SCOPE, "none")
                && calendars.byReference(reference, other -> other != before && collides(other, calendar, account))
                        != null;
        return taken ? Envelope.failure(409, "Event already exists for this reference") : null;
    }

    private boolean collides(Event other, String calendar, String account) {
        String where = other.text("calendarId");
        return switches.is(Switch.REFERENCE_SCOPE, "calendar")
                ? calendar.equals(where)
                : calendars.calendar(where, account) != null;
    }

    private Answer written(int status, Event event) {
        JsonNode data =
                switch (switches.get(Switch.WRITE_ANSWER)) {
                    case "id" -> Json.object().put("id", event.id());
                    case "nothing" -> null;
                    default -> spelling.shown(event.fields());
                };
        return Envelope.success(status, data);
    }

    /** With a lag of K, K listings are made before one that shows the write. */
    private int lag() {
        int listings = switches.number(Switch.LISTING_LAG);
        return listings == 0 ? 0 : listings + 1;
    }

    private static ObjectNode object(Request request) {
        try {
            return Json.parse(request.body()) instanceof ObjectNode object ? object : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
