package fr.moncampus.ecal.ecal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One account of ECAL with two calendars, ours and another, that misbehaves as it is told, request by request. */
final class TinyEcal {
    private static final ObjectMapper JSON = EventFormat.JSON;

    /** What becomes of a request; when none is left, all goes well. */
    enum Mood {
        WELL,
        CUT_BEFORE,
        CUT_AFTER,
        BUSY,
        BROKEN_BEFORE,
        BROKEN_AFTER,
        PAGE_BEFORE,
        PAGE_AFTER,
        NO_ID,
        REFUSE,
        NO_CONNECTION
    }

    /** Where a reference must be unique. */
    enum Scope {
        CALENDAR,
        ACCOUNT,
        NONE
    }

    record Said(int status, String body) {
        Answer seen() {
            return Answer.of(status, body.getBytes(StandardCharsets.UTF_8), null);
        }
    }

    final Map<String, CalendarEvent> ours = new TreeMap<>();
    final Map<String, CalendarEvent> others = new TreeMap<>();
    /** What was asked, as {@code POST!} when its answer said nothing clear. */
    final List<String> asked = new ArrayList<>();

    private final Deque<Mood> moods;
    private final Scope scope;
    private final int lag;
    /** By id: listings that still do not show it. */
    private final Map<String, Integer> hidden = new HashMap<>();

    private int ids = 1000;

    TinyEcal(List<Mood> moods, Scope scope, int lag) {
        this.moods = new ArrayDeque<>(moods);
        this.scope = scope;
        this.lag = lag;
    }

    void hide(String id, int listings) {
        hidden.put(id, listings);
    }

    List<CalendarEvent> list() throws IOException {
        Mood mood = next();
        asked.add("LIST");
        if (mood != Mood.WELL && mood != Mood.NO_ID && mood != Mood.REFUSE) {
            throw new IOException("cut");
        }
        List<CalendarEvent> shown = ours.values().stream()
                .filter(event -> hidden.getOrDefault(event.id(), 0) == 0)
                .toList();
        hidden.replaceAll((id, left) -> Math.max(0, left - 1));
        return shown;
    }

    Said answer(EcalClient.Request request) throws IOException {
        Mood mood = next();
        boolean works = List.of(Mood.WELL, Mood.CUT_AFTER, Mood.BROKEN_AFTER, Mood.PAGE_AFTER, Mood.NO_ID)
                .contains(mood);
        boolean clear = List.of(Mood.WELL, Mood.BUSY, Mood.NO_ID, Mood.REFUSE).contains(mood);
        asked.add(request.method() + (clear ? "" : "!"));
        Said done = works ? work(request) : null;
        return switch (mood) {
            case WELL -> done;
            case NO_ID -> new Said(done.status(), "");
            case CUT_BEFORE, CUT_AFTER -> throw new IOException("cut");
            case BUSY -> new Said(429, "{\"status\":\"429\"}");
            case BROKEN_BEFORE, BROKEN_AFTER -> new Said(503, "");
            case PAGE_BEFORE, PAGE_AFTER -> new Said(200, "<html>");
            case REFUSE, NO_CONNECTION -> new Said(400, "{\"status\":\"400\"}");
        };
    }

    private Mood next() throws ConnectException {
        Mood next = moods.isEmpty() ? Mood.WELL : moods.poll();
        if (next == Mood.NO_CONNECTION) {
            throw new ConnectException("refused");
        }
        return next;
    }

    private Said work(EcalClient.Request request) {
        String id = request.path().substring("/event/".length());
        if (request.method().equals("POST")) {
            return create(JSON.valueToTree(request.event()));
        }
        if (others.containsKey(id)) {
            throw new AssertionError("an event of another calendar was to be written");
        }
        if (!ours.containsKey(id)) {
            return new Said(404, "{\"status\":\"404\"}");
        }
        if (request.method().equals("DELETE")) {
            ours.remove(id);
            return new Said(204, "");
        }
        return store(id, JSON.valueToTree(request.event()));
    }

    private Said create(JsonNode body) {
        String reference = EventFormat.text(body, "reference");
        boolean here = ours.values().stream().anyMatch(event -> reference.equals(event.reference()));
        boolean elsewhere = others.values().stream().anyMatch(event -> reference.equals(event.reference()));
        if (scope != Scope.NONE && here || scope == Scope.ACCOUNT && elsewhere) {
            return new Said(409, "{\"status\":\"409\"}");
        }
        String id = Fixtures.id(ids++);
        hide(id, lag);
        return store(id, body);
    }

    private Said store(String id, JsonNode body) {
        JsonNode sent = ((ObjectNode) body).put("id", id);
        if (!Fixtures.CALENDAR.equals(EventFormat.text(sent, "calendarId"))) {
            throw new AssertionError("written to another calendar");
        }
        ours.put(id, EventFormat.read(sent));
        return new Said(200, "{\"data\":" + sent + ",\"status\":\"200\"}");
    }
}
