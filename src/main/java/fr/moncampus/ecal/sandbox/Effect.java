package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes wrong with a request.
 *
 * @param body   null for a body that suits the kind
 * @param millis for {@link Kind#DELAY}
 */
public record Effect(Kind kind, int status, Map<String, String> headers, String body, long millis) {

    public enum Kind {
        /** This status, headers and body; no work is done. */
        STATUS,
        /** The work is done, then this status, headers and body. */
        STATUS_AFTER,
        DELAY,
        /** The connection is closed before any work is done. */
        CUT,
        /** The work is done, then the connection is closed without an answer. */
        CUT_AFTER,
        /** The work is done, the head is sent, and the connection is closed in the middle of the body. */
        CUT_BODY,
        /** 200 with a page instead of JSON. */
        HTML,
        /** The work is done, the answer whole by its length, but its JSON ends in the middle. */
        TRUNCATED,
        /** Half the rows; Total still counts all. */
        HALF_ROWS,
        /** Half the rows, and Total agrees. */
        HALF_TOTAL,
        /** No rows, Total 0. */
        EMPTY,
        /** No array of rows at all, null instead. */
        NO_ROWS,
        /** The rows, and a text in Errors. */
        ERRORS,
        /** The timetable's last snapshot. */
        YESTERDAY,
        /** A body that never ends. */
        ENDLESS
    }

    public static Effect of(Kind kind) {
        return new Effect(kind, 200, Map.of(), null, 0);
    }

    public static Effect status(int status) {
        return new Effect(Kind.STATUS, status, Map.of(), null, 0);
    }

    public static Effect statusAfter(int status) {
        return new Effect(Kind.STATUS_AFTER, status, Map.of(), null, 0);
    }

    public static Effect delay(Duration time) {
        return new Effect(Kind.DELAY, 200, Map.of(), null, time.toMillis());
    }

    public Effect header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Effect(kind, status, more, body, millis);
    }

    public Effect body(String text) {
        return new Effect(kind, status, headers, text, millis);
    }

    Answer on(Request request, Site site) {
        return switch (kind) {
            case STATUS -> made(request);
            case STATUS_AFTER -> {
                site.answer(request);
                yield made(request);
            }
            case DELAY -> {
                Pause.millis(millis);
                yield site.answer(request);
            }
            case CUT -> Answer.cut();
            case CUT_AFTER -> {
                site.answer(request);
                yield Answer.cut();
            }
            case CUT_BODY -> site.answer(request).over(Answer.Wire.HALF);
            case HTML ->
                Answer.html(200, body == null ? "<!DOCTYPE html><title>Maintenance</title><h1>Maintenance" : body);
            case TRUNCATED -> {
                Answer whole = site.answer(request);
                yield whole.withBody(Arrays.copyOf(whole.body(), whole.body().length / 2));
            }
            case HALF_ROWS, HALF_TOTAL, EMPTY, NO_ROWS, ERRORS -> otherRows(site.answer(request));
            case YESTERDAY -> site.answer(request.fromYesterday());
            case ENDLESS -> Answer.text(200, "application/json", "{\"Data\":[").over(Answer.Wire.ENDLESS);
        };
    }

    private Answer made(Request request) {
        Answer answer;
        if (body != null) {
            answer = Answer.text(status, body.startsWith("{") ? "application/json" : "text/html; charset=utf-8", body);
        } else if (request.server() == Server.ECAL) {
            answer = Envelope.failure(status, "Something went wrong");
        } else {
            answer = status >= 500
                    ? new Answer(status, Map.of(), Answer.runtimeError().body(), Answer.Wire.WHOLE)
                            .with("Content-Type", "text/html; charset=utf-8")
                    : Answer.empty(status);
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    /** The timetable has its rows in {@code Data}, ECAL in {@code data}; an answer without any is left as it is. */
    private Answer otherRows(Answer answer) {
        if (answer.status() != 200 || answer.body().length == 0 || answer.body()[0] != '{') {
            return answer;
        }
        ObjectNode json = (ObjectNode) Json.parse(answer.body());
        String field = json.has("Data") ? "Data" : "data";
        if (!(json.get(field) instanceof ArrayNode rows)) {
            return answer;
        }
        int keep = kind == Kind.EMPTY ? 0 : kind == Kind.ERRORS ? rows.size() : rows.size() / 2;
        while (rows.size() > keep) {
            rows.remove(rows.size() - 1);
        }
        if (json.has("Total") && (kind == Kind.HALF_TOTAL || kind == Kind.EMPTY)) {
            json.put("Total", keep);
        }
        if (kind == Kind.NO_ROWS) {
            json.putNull(field);
        }
        if (kind == Kind.ERRORS) {
            json.put("Errors", "Une erreur est survenue.");
        }
        return answer.withBody(Json.bytes(json));
    }
}
