package fr.moncampus.ecal.door;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request word by word, since the JDK's client makes up Host and Origin by itself. */
public final class Request {
    private final String line;
    private final Map<String, String> headers = new LinkedHashMap<>(Map.of("Host", "127.0.0.1"));
    private String body = "";

    private Request(String line) {
        this.line = line;
    }

    public static Request get(String path) {
        return new Request("GET " + path);
    }

    public static Request post(String path, String form) {
        Request request = new Request("POST " + path);
        request.body = form;
        return request.with("Content-Type", "application/x-www-form-urlencoded").with("Origin", "http://127.0.0.1");
    }

    public static Request of(String method, String path) {
        return new Request(method + " " + path);
    }

    /** null takes it out. */
    public Request with(String header, String value) {
        if (value == null) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }
        return this;
    }

    public Request asBrowser() {
        return with("Accept", "text/html,application/xhtml+xml");
    }

    /** @param headers with names in small letters */
    public record Answer(int status, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        /** What the browser sends back. */
        public String cookie() {
            return header("Set-Cookie").split(";")[0];
        }
    }

    public Answer to(int port) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(line + " HTTP/1.1\r\n");
        headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
        text.append("Content-Length: " + content.length + "\r\nConnection: close\r\n\r\n")
                .append(body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
            return answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer answer(String text) {
        String[] parts = text.split("\r\n\r\n", 2);
        List<String> lines = parts[0].lines().toList();
        Map<String, String> headers = new LinkedHashMap<>();
        lines.stream()
                .skip(1)
                .map(each -> each.split(": ", 2))
                .forEach(each ->
                        headers.merge(each[0].toLowerCase(Locale.ROOT), each[1], (one, other) -> one + "\n" + other));
        return new Answer(Integer.parseInt(lines.get(0).split(" ")[1]), headers, parts[1]);
    }
}
