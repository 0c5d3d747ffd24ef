package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer, and how much of it gets through. */
record Answer(int status, Map<String, List<String>> headers, byte[] body, Wire wire) {

    enum Wire {
        WHOLE,
        /** The connection is closed without a byte. */
        NOTHING,
        /** The head promises the whole body, then the connection is closed in the middle of it. */
        HALF,
        /** The body is followed by spaces until the client has had enough. */
        ENDLESS
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of(), new byte[0], Wire.WHOLE);
    }

    static Answer html(int status, String page) {
        return text(status, "text/html; charset=utf-8", page);
    }

    static Answer text(int status, String type, String text) {
        return new Answer(status, Map.of(), text.getBytes(StandardCharsets.UTF_8), Wire.WHOLE)
                .with("Content-Type", type);
    }

    static Answer json(int status, JsonNode json) {
        return empty(status).withBody(Json.bytes(json)).with("Content-Type", "application/json; charset=utf-8");
    }

    static Answer redirect(int status, String location) {
        return empty(status).with("Location", location);
    }

    /** ASP.NET's page for an exception. */
    static Answer runtimeError() {
        return html(
                500,
                "<!DOCTYPE html><html><head><title>Runtime Error</title></head>"
                        + "<body><h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2></body></html>");
    }

    static Answer notFound() {
        return html(404, "<!DOCTYPE html><title>404</title><h1>Not Found</h1>");
    }

    static Answer cut() {
        return empty(200).over(Wire.NOTHING);
    }

    Answer with(String header, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        List<String> values = new ArrayList<>(more.getOrDefault(header, List.of()));
        values.add(value);
        more.put(header, values);
        return new Answer(status, more, body, wire);
    }

    Answer withCookie(String name, String value, String path) {
        return with("Set-Cookie", name + "=" + value + "; Path=" + path + "; HttpOnly");
    }

    Answer withBody(byte[] newBody) {
        return new Answer(status, headers, newBody, wire);
    }

    Answer over(Wire newWire) {
        return new Answer(status, headers, body, newWire);
    }

    void send(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::put);
        if (wire == Wire.NOTHING) {
            exchange.close();
            return;
        }
        long length = wire == Wire.ENDLESS ? 0 : body.length == 0 ? -1 : body.length;
        exchange.sendResponseHeaders(status, length);
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            switch (wire) {
                case HALF -> out.write(body, 0, body.length / 2);
                case ENDLESS -> writeForever(out);
                default -> out.write(body);
            }
        }
    }

    /** Ends when the client hangs up or the server is stopped, both of which break the stream. */
    private void writeForever(OutputStream out) throws IOException {
        out.write(body);
        byte[] blanks = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        while (!Thread.currentThread().isInterrupted()) {
            out.write(blanks);
        }
    }
}
