package fr.moncampus.ecal.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request as it was received.
 *
 * @param uri       path and query, still encoded
 * @param headers   by name in lower case
 * @param yesterday whether a fault wants it answered from the school's last snapshot
 */
public record Request(
        Server server, String method, URI uri, Map<String, List<String>> headers, byte[] body, boolean yesterday) {

    static Request read(Server server, HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        return new Request(server, exchange.getRequestMethod(), exchange.getRequestURI(), headers, body, false);
    }

    Request fromYesterday() {
        return new Request(server, method, uri, headers, body, true);
    }

    public String path() {
        return uri.getPath();
    }

    /** Path and query as they were sent. */
    public String address() {
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    /** The query, decoded. */
    public Map<String, String> parameters() {
        return Form.decoded(uri.getRawQuery());
    }

    /** The body's fields when it is a form, otherwise none. */
    public Map<String, String> form() {
        String type = header("content-type");
        boolean isForm = type != null && type.startsWith("application/x-www-form-urlencoded");
        return isForm ? Form.decoded(text()) : Map.of();
    }

    /** The first value; null when the header was not sent. */
    public String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? null : values.get(0);
    }

    /** The first cookie of that name, which is the one with the longest path; null when it was not sent. */
    public String cookie(String name) {
        return headers.getOrDefault("cookie", List.of()).stream()
                .flatMap(line -> List.of(line.split(";\\s*")).stream())
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1).replace("\"", ""))
                .findFirst()
                .orElse(null);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Without query, headers and body: they hold secrets. */
    @Override
    public String toString() {
        return server + " " + method + " " + path();
    }
}
