package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A client that signs as it should, unless it is told the wrong secret. */
final class EcalClient {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Sandbox sandbox;
    private String secret = "sandbox-secret";

    EcalClient(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    EcalClient signingWith(String other) {
        secret = other;
        return this;
    }

    HttpResponse<String> send(String method, String path, String body, String... query) {
        return send(method, path, body.getBytes(StandardCharsets.UTF_8), query);
    }

    HttpResponse<String> send(String method, String path, byte[] body, String... query) {
        Map<String, String> parameters = new TreeMap<>(Map.of("apiKey", "sandbox-key"));
        for (int i = 0; i < query.length; i += 2) {
            parameters.put(query[i], query[i + 1]);
        }
        boolean signsBody = method.equals("POST") || method.equals("PUT");
        parameters.put("apiSign", Signature.of(secret, parameters, signsBody ? body : new byte[0]));
        String encoded = parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + Form.encode(each.getValue()))
                .collect(Collectors.joining("&"));
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(sandbox.ecalUrl() + path + "?" + encoded))
                            .method(
                                    method,
                                    body.length == 0
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path, String... query) {
        return send("GET", path, "", query);
    }

    HttpResponse<String> post(ObjectNode event) {
        return send("POST", "/event/", event.toString());
    }

    HttpResponse<String> put(String id, ObjectNode event) {
        return send("PUT", "/event/" + id, event.toString());
    }

    HttpResponse<String> delete(String id) {
        return send("DELETE", "/event/" + id, "");
    }

    /** Posts, and answers the new id. */
    String create(ObjectNode event) {
        return data(post(event)).get("id").asText();
    }

    HttpResponse<String> list(String... query) {
        List<String> all =
                new ArrayList<>(List.of("calendarIds", sandbox.calendar().id(), "showPastEvents", "true"));
        all.addAll(List.of(query));
        return get("/event/", all.toArray(String[]::new));
    }

    /** One field of all events of a page. */
    List<String> listed(String field, String... query) {
        HttpResponse<String> answer = list(query);
        List<String> values = new ArrayList<>();
        if (answer.statusCode() == 200) {
            data(answer).forEach(event -> values.add(event.path(field).asText(null)));
        }
        return values;
    }

    static JsonNode data(HttpResponse<String> answer) {
        return Json.parse(answer.body()).get("data");
    }

    ObjectNode event(String reference) {
        return Json.object()
                .put("name", "Anglais")
                .put("location", "B204")
                .put("startDate", "2026-04-07")
                .put("startTime", "10:00")
                .put("endDate", "2026-04-07")
                .put("endTime", "11:30")
                .put("timezone", "Europe/Paris")
                .put("calendarId", sandbox.calendar().id())
                .put("reference", reference)
                .put("details", "Intervenant : MARTIN Claire")
                .put("alert", "15M")
                .put("draft", 0)
                .put("allDay", "no");
    }
}
