package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The timetable's host: it sends strangers to CAS, lets them in by ticket, and shows each their own timetable. */
final class TimetableHost implements Site {
    static final String SESSION_COOKIE = ".WS-EDT.CAS";
    private static final Duration SESSION = Duration.ofHours(1);
    private static final String CALLBACK = "/signin-cas";

    private record PortalSession(String username, Instant ends, boolean stale) {}

    /** A visitor who was sent to CAS, until the callback. */
    private record Challenge(String correlation, String address) {}

    private final School school;
    private final Switches switches;
    private final Addresses addresses;
    private final Tickets tickets;
    private final Clock clock;
    private final Rows rows;
    private final Map<String, PortalSession> visits = new ConcurrentHashMap<>();
    private final Map<String, Challenge> challenges = new ConcurrentHashMap<>();

    TimetableHost(School school, Switches switches, Addresses addresses, Tickets tickets, Clock clock) {
        this.school = school;
        this.switches = switches;
        this.addresses = addresses;
        this.tickets = tickets;
        this.clock = clock;
        this.rows = new Rows(switches);
    }

    void expireSessions() {
        visits.clear();
    }

    /** The sessions still open the landing page, but no longer {@code /Home/Get}. */
    void makeSessionsStale() {
        visits.replaceAll((cookie, visit) -> new PortalSession(visit.username(), visit.ends(), true));
    }

    @Override
    public Answer answer(Request request) {
        return switch (request.path()) {
            case CALLBACK -> callback(request);
            case "/", "/Home", "/Home/Index" -> visit(request) == null ? challenge(request) : landing();
            case "/Home/Get" -> timetable(request);
            default -> Answer.notFound();
        };
    }

    private Answer timetable(Request request) {
        if (switches.is(Switch.LOOP, "timetable")) {
            return Answer.redirect(302, addresses.origin(Server.TIMETABLE, request) + request.address());
        }
        PortalSession visit = visit(request);
        if (visit == null) {
            return challenge(request);
        }
        if (visit.stale()) {
            return refuseStale(request);
        }
        Map<String, String> parameters = request.parameters();
        try {
            Instant from = Instant.parse(parameters.getOrDefault("dateDebut", ""));
            Instant to = Instant.parse(parameters.getOrDefault("dateFin", ""));
            ArrayNode data = rows.between(school.student(visit.username()), from, to, request.yesterday());
            return Answer.json(200, envelope(data));
        } catch (DateTimeException e) {
            return Answer.runtimeError();
        }
    }

    private static ObjectNode envelope(ArrayNode data) {
        ObjectNode envelope = Json.object();
        envelope.set("Data", data);
        return envelope.put("Total", data.size()).putNull("AggregateResults").putNull("Errors");
    }

    private Answer refuseStale(Request request) {
        String how = switches.get(Switch.STALE_ANSWER);
        return switch (how) {
            case "page" -> landing();
            case "challenge" -> challenge(request);
            case "500" -> Answer.runtimeError();
            default -> Answer.html(Integer.parseInt(how), "<!DOCTYPE html><title>" + how + "</title>");
        };
    }

    private Answer challenge(Request request) {
        if (switches.is(Switch.FOREIGN, "challenge")) {
            return Answer.redirect(302, addresses.origin(Server.ELSEWHERE, request) + "/cas/login");
        }
        String origin = addresses.origin(Server.TIMETABLE, request);
        String state = "CfDJ8" + UUID.randomUUID().toString().replace("-", "");
        Challenge challenge = new Challenge(UUID.randomUUID().toString(), origin + request.address());
        challenges.put(state, challenge);
        boolean direct =
                switches.is(Switch.CHALLENGE, "direct") && !request.parameters().containsKey("ticket");
        String service = direct ? challenge.address() : callbackAddress(request, state);
        return Answer.redirect(
                        302, addresses.origin(Server.CAS, request) + "/cas/login?service=" + Form.encode(service))
                .withCookie(correlationCookie(state), challenge.correlation(), CALLBACK);
    }

    private Answer callback(Request request) {
        String state = request.parameters().getOrDefault("state", "");
        Challenge challenge = challenges.remove(state);
        if (challenge == null || !challenge.correlation().equals(request.cookie(correlationCookie(state)))) {
            return Answer.runtimeError();
        }
        String username = tickets.redeem(request.parameters().get("ticket"), callbackAddress(request, state));
        if (username == null) {
            return Answer.runtimeError();
        }
        if (switches.is(Switch.FOREIGN, "callback")) {
            return Answer.redirect(302, addresses.origin(Server.ELSEWHERE, request) + "/collect");
        }
        Answer back = Answer.redirect(302, challenge.address())
                .with("Set-Cookie", correlationCookie(state) + "=; Max-Age=0; Path=" + CALLBACK);
        PortalSession before = visit(request);
        if (before != null && before.stale()) {
            return back;
        }
        return back.withCookie(SESSION_COOKIE, open(username), "/");
    }

    private String open(String username) {
        String cookie = "CfDJ8" + UUID.randomUUID().toString().replace("-", "");
        Instant ends = clock.instant().plus(SESSION);
        visits.put(cookie, new PortalSession(username, ends, false));
        return cookie;
    }

    /** Null when there is none, or it has expired. */
    private PortalSession visit(Request request) {
        String cookie = request.cookie(SESSION_COOKIE);
        PortalSession visit = cookie == null ? null : visits.get(cookie);
        return visit != null && clock.instant().isBefore(visit.ends()) ? visit : null;
    }

    private String callbackAddress(Request request, String state) {
        return addresses.origin(Server.TIMETABLE, request) + CALLBACK + "?state=" + state;
    }

    private static String correlationCookie(String state) {
        return ".AspNetCore.Correlation." + state.substring(0, Math.min(16, state.length()));
    }

    private static Answer landing() {
        return Answer.html(
                200,
                "<!DOCTYPE html><html><head><title>Emploi du temps</title></head>"
                        + "<body><div id=scheduler></div><script src=/js/kendo.all.min.js></script></body></html>");
    }
}
