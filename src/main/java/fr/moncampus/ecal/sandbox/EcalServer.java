package fr.moncampus.ecal.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;

/** ECAL's API v2: who asks, how often, and for what. */
final class EcalServer implements Site {
    static final String BASE = "/apiv2";

    private final Calendars calendars;
    private final Switches switches;
    private final Clock clock;
    private final Listing listing;
    private final Events events;
    private final Deque<Instant> recent = new ArrayDeque<>();

    EcalServer(Calendars calendars, Switches switches, Clock clock) {
        this.calendars = calendars;
        this.switches = switches;
        this.clock = clock;
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
        Answer refusal = tooMany();
        if (refusal != null) {
            return refusal;
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

    /** Null when the request is within the rate. */
    private synchronized Answer tooMany() {
        int allowed = switches.number(Switch.RATE_LIMIT);
        if (allowed == 0) {
            return null;
        }
        Duration window = Duration.ofSeconds(switches.number(Switch.RATE_SECONDS));
        Instant now = clock.instant();
        while (!recent.isEmpty() && !recent.peekFirst().plus(window).isAfter(now)) {
            recent.removeFirst();
        }
        if (recent.size() < allowed) {
            recent.addLast(now);
            return null;
        }
        return refused(now, recent.peekFirst().plus(window));
    }

    /** @param free when the next request will be taken; told in whole seconds, rounded up */
    private Answer refused(Instant now, Instant free) {
        Answer answer = Envelope.failure(429, "Too many requests! Try again after sometime.");
        return switch (switches.get(Switch.RETRY_AFTER)) {
            case "seconds" ->
                answer.with(
                        "Retry-After",
                        Long.toString(
                                Duration.between(now, free).plusMillis(999).toSeconds()));
            case "date" ->
                answer.with(
                        "Retry-After",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                free.plusMillis(999).atOffset(ZoneOffset.UTC)));
            default -> answer;
        };
    }
}
