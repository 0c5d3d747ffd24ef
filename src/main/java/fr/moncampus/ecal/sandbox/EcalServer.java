package fr.moncampus.ecal.sandbox;

import java.time.Clock;

/** ECAL's API v2: who asks, and for what. */
final class EcalServer implements Site {
    static final String BASE = "/apiv2";

    private final Calendars calendars;
    private final Switches switches;
    private final Listing listing;
    private final Events events;

    EcalServer(Calendars calendars, Switches switches, Clock clock) {
        this.calendars = calendars;
        this.switches = switches;
        Spelling spelling = new Spelling(switches);
        this.listing = new Listing(calendars, switches, spelling, clock);
        this.events = new Events(calendars, switches, spelling);
    }

    @Override
    public Answer answer(Request request) {
        if (!request.path().startsWith(BASE + "/")) {
            return Envelope.failure(404, "Not found");
        }
        Calendars.Key key = calendars.key(request.parameters().get("apiKey"));
        if (key == null || !key.active()) {
            return Envelope.failure(403, "API key is inactive, expired or unknown");
        }
        if (!Signature.isValid(request, key.secret(), switches)) {
            return Envelope.failure(403, "API signature does not match");
        }
        String[] steps = request.path().substring(BASE.length() + 1).split("/");
        if (steps.length > 2) {
            return Envelope.failure(404, "Not found");
        }
        String name = steps.length == 2 ? steps[1] : null;
        return switch (steps[0]) {
            case "event" -> event(request, name, key.account());
            case "calendar" -> calendar(request, name, key.account());
            default -> Envelope.failure(404, "Not found");
        };
    }

    private Answer event(Request request, String named, String account) {
        String name = named == null ? request.parameters().get("reference") : named;
        return request.method().equals("GET") && name == null
                ? listing.answer(request.parameters(), account)
                : events.answer(request, name, account);
    }

    private Answer calendar(Request request, String id, String account) {
        if (!request.method().equals("GET")) {
            return Envelope.failure(405, "Method not allowed");
        }
        Calendar calendar = calendars.calendar(id, account);
        return calendar == null
                ? Envelope.failure(404, "Calendar not found")
                : Envelope.success(
                        200,
                        Json.object()
                                .put("id", calendar.id())
                                .put("name", calendar.name())
                                .put("type", "schedule")
                                .put("draft", 0));
    }
}
