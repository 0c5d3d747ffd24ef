package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * Steers the sandbox from another process: {@code /_sandbox/…} on every port, JSON in and out, never
 * in the request log. {@code GET} reads, {@code POST} changes, {@code DELETE} clears; a success without anything to
 * say is a 204, a mistake a 400 with {@code {"error":…}}. docs/sandbox.md lists the addresses with examples.
 */
final class Admin implements Site {
    static final String BASE = "/_sandbox/";

    private final Sandbox sandbox;

    Admin(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public Answer answer(Request request) {
        String what = request.path().substring(BASE.length());
        try {
            if (what.equals("configuration")) {
                return Answer.text(200, "application/yaml; charset=utf-8", configuration(request));
            }
            JsonNode result =
                    switch (request.method() + " " + what) {
                        case "GET timetable" ->
                            Json.tree(student(request).timetable().sessions().stream()
                                    .map(Admin::read)
                                    .toList());
                        case "POST timetable" ->
                            TimetableAdmin.change(student(request).timetable(), body(request));
                        case "GET calendar" -> Json.tree(calendar(request).events());
                        case "GET caldav" ->
                            Json.tree(sandbox.davCalendar(username(request)).texts());
                        case "PUT caldav" ->
                            did(() -> sandbox.davCalendar(username(request))
                                    .put(request.parameters().getOrDefault("name", ""), request.text()));
                        case "DELETE caldav" ->
                            did(() -> sandbox.davCalendar(username(request))
                                    .remove(request.parameters().getOrDefault("name", "")));
                        case "POST calendar" ->
                            Json.object().put("id", calendar(request).add(fields(body(request))));
                        case "PUT calendar" -> change(request);
                        case "DELETE calendar" -> remove(request);
                        case "GET switches" -> Json.tree(sandbox.switches().all());
                        case "POST switches" -> set(body(request));
                        case "DELETE switches" -> did(sandbox.switches()::reset);
                        case "GET faults" ->
                            Json.object()
                                    .put("waiting", sandbox.faults().waiting().size());
                        case "POST faults" -> fault(body(request));
                        case "DELETE faults" -> did(sandbox.faults()::clear);
                        case "GET requests" -> requests();
                        case "GET counters" -> counters();
                        case "DELETE requests" -> did(sandbox.log()::clear);
                        case "POST sessions" -> sessions(text(body(request), "do"));
                        case "POST students" -> students(body(request));
                        case "POST keys" -> deactivate(text(body(request), "deactivate"));
                        default ->
                            throw new NoSuchElementException(
                                    "no such address: " + request.method() + " " + request.path());
                    };
            return result == null ? Answer.empty(204) : Answer.json(200, result);
        } catch (IllegalArgumentException | NoSuchElementException | DateTimeException e) {
            return Answer.json(400, Json.object().put("error", e.getMessage()));
        }
    }

    private String configuration(Request request) {
        boolean feed = "ics".equals(request.parameters().get("source"));
        boolean caldav = "caldav".equals(request.parameters().get("target"));
        String username = username(request);
        String dialect = request.parameters().get("dialect");
        if (feed) {
            return caldav
                    ? sandbox.feedToCaldavConfiguration(username, dialect)
                    : sandbox.feedConfiguration(username, dialect);
        }
        return caldav ? sandbox.caldavConfiguration(username) : sandbox.configuration(username);
    }

    private static ObjectNode read(Session session) {
        return Json.object()
                .put("noCours", session.noCours())
                .put("name", session.commentaire())
                .put("title", session.title())
                .put("room", session.salle())
                .put("teacher", session.prof())
                .put("start", session.start().toString())
                .put("end", session.end().toString());
    }

    private String username(Request request) {
        return request.parameters()
                .getOrDefault("username", sandbox.school().students().get(0).username());
    }

    private Student student(Request request) {
        return sandbox.school().student(username(request));
    }

    private Calendar calendar(Request request) {
        String id = request.parameters().get("id");
        return id == null
                ? sandbox.calendar(username(request))
                : sandbox.calendars().calendar(id);
    }

    private JsonNode change(Request request) {
        String event = request.parameters().getOrDefault("event", "");
        fields(body(request)).forEach((field, value) -> calendar(request).change(event, field, value.asText()));
        return null;
    }

    private JsonNode remove(Request request) {
        String event = request.parameters().getOrDefault("event", "");
        return did(() -> calendar(request).remove(event));
    }

    private JsonNode set(ObjectNode body) {
        body.properties()
                .forEach(each -> sandbox.switches()
                        .set(Switch.named(each.getKey()), each.getValue().asText()));
        return null;
    }

    private JsonNode fault(ObjectNode body) {
        Map<String, String> headers = new TreeMap<>();
        body.path("headers")
                .properties()
                .forEach(each -> headers.put(each.getKey(), each.getValue().asText()));
        Effect effect = new Effect(
                constant(Effect.Kind.class, text(body, "kind")),
                body.path("status").asInt(200),
                headers,
                optional(body, "body"),
                body.path("millis").asLong());
        Server server = body.has("server") ? constant(Server.class, text(body, "server")) : null;
        sandbox.faults()
                .add(new Fault(
                        server,
                        optional(body, "method"),
                        optional(body, "path"),
                        optional(body, "containing"),
                        body.path("skip").asInt(0),
                        body.path("times").asInt(1),
                        effect));
        return null;
    }

    private JsonNode requests() {
        ArrayNode list = Json.object().putArray("requests");
        for (RequestLog.Entry entry : sandbox.log().entries()) {
            Request request = entry.request();
            ObjectNode one = list.addObject()
                    .put("number", entry.number())
                    .put("server", label(request.server()))
                    .put("method", request.method())
                    .put("path", request.path())
                    .put("address", request.address())
                    .put("status", entry.status())
                    .put("body", request.text());
            one.set("headers", Json.tree(request.headers()));
        }
        return list;
    }

    private JsonNode counters() {
        ObjectNode all = Json.object().put("total", sandbox.log().total());
        if (sandbox.log().first() != null) {
            all.put("first", sandbox.log().first().toString());
        }
        for (Server server : Server.values()) {
            RequestLog.Counter counter = sandbox.log().counter(server);
            all.putObject(label(server)).put("total", counter.total()).put("mostAtOnce", counter.mostAtOnce());
        }
        return all;
    }

    private JsonNode sessions(String what) {
        return switch (what) {
            case "expire" -> did(sandbox::expireSessions);
            case "stale" -> did(sandbox::makeSessionsStale);
            case "forget-grants" -> did(sandbox::forgetGrants);
            case "restart-cas" -> did(sandbox::restartCas);
            default -> throw new IllegalArgumentException("do takes expire, stale, forget-grants or restart-cas");
        };
    }

    /** A new student gets a believable term; of one that exists the password or the refusal changes. */
    private JsonNode students(ObjectNode body) {
        String username = text(body, "username");
        Student student = sandbox.school().known(username);
        if (student == null) {
            student = sandbox.enrol(
                    username, text(body, "password"), Term.believable(sandbox.today(), username.hashCode()));
        } else if (body.has("password")) {
            student.changePassword(text(body, "password"));
        }
        student.deny(body.path("denied").asBoolean(false));
        return null;
    }

    private JsonNode deactivate(String key) {
        return did(() -> sandbox.calendars().deactivate(key));
    }

    private static JsonNode did(Runnable work) {
        work.run();
        return null;
    }

    private static ObjectNode body(Request request) {
        if (Json.parse(request.body()) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("the body must be a JSON object");
    }

    private static Map<String, JsonNode> fields(ObjectNode body) {
        Map<String, JsonNode> fields = new TreeMap<>();
        body.properties().forEach(each -> fields.put(each.getKey(), each.getValue()));
        return fields;
    }

    static String text(ObjectNode body, String field) {
        if (!body.hasNonNull(field)) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return body.get(field).asText();
    }

    static String optional(ObjectNode body, String field) {
        return Event.text(body, field);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String label) {
        return Enum.valueOf(type, label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
