package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real CalDAV server on loopback with one empty calendar, as long as a test; and a person who uses another client of it. */
final class CaldavServer implements AutoCloseable {
    static final String USER = "lea";
    static final String PASSWORD = "mot de passe d'essai é:";
    private static final int ATTEMPTS = 5;
    private static final Pattern HREF = Pattern.compile("href>\\s*([^<]*\\.ics)\\s*<");

    /** Which one. */
    enum Kind {
        RADICALE,
        XANDIKOS
    }

    private final Process process;
    private final URI calendar;

    private CaldavServer(Process process, URI calendar) {
        this.process = process;
        this.calendar = calendar;
    }

    /** The test that asks is skipped, and says why, where there is none. */
    static CaldavServer start(Kind kind, Path folder) throws IOException, InterruptedException {
        String program = kind.name().toLowerCase();
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(each -> Files.isExecutable(Path.of(each).resolve(program)));
        Assumptions.assumeTrue(there, program + " is not installed (Debian's package: " + program + ")");
        for (int attempt = 1; ; attempt++) {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            ProcessBuilder command =
                    new ProcessBuilder(kind == Kind.RADICALE ? radicale(folder, port) : xandikos(folder, port));
            // else what it says stays in a buffer
            command.environment().put("PYTHONUNBUFFERED", "1");
            Process process = command.redirectErrorStream(true).start();
            if (isReady(process, kind == Kind.RADICALE ? "Listening on" : "Running on")) {
                String path = kind == Kind.RADICALE ? "/lea/agenda/" : "/lea/calendars/agenda/";
                CaldavServer server = new CaldavServer(process, URI.create("http://127.0.0.1:" + port + path));
                assertThat(server.ask("MKCALENDAR", server.calendar, "").statusCode())
                        .isEqualTo(201);
                return server;
            }
            // somebody else has taken the port
            assertThat(attempt).isLessThan(ATTEMPTS);
        }
    }

    private static List<String> radicale(Path folder, int port) throws IOException {
        Path users = Files.writeString(folder.resolve("users"), USER + ":" + PASSWORD + "\n");
        Path config = Files.writeString(
                folder.resolve("radicale.conf"), """
                [server]
                hosts = 127.0.0.1:%d
                [auth]
                type = htpasswd
                htpasswd_filename = %s
                htpasswd_encryption = plain
                delay = 0
                [rights]
                type = owner_only
                [storage]
                filesystem_folder = %s
                [web]
                type = none
                [logging]
                level = info
                """.formatted(port, users, folder.resolve("calendars")));
        return List.of("radicale", "--config", config.toString());
    }

    /** It asks for no password. */
    private static List<String> xandikos(Path folder, int port) {
        return List.of(
                "xandikos",
                "--directory=" + folder.resolve("calendars"),
                "--listen-address=127.0.0.1",
                "--port=" + port,
                "--autocreate",
                "--current-user-principal=/lea/");
    }

    /** Reads on for as long as the process lives, so that it never waits for a reader. */
    private static boolean isReady(Process process, String words) {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        boolean ready = lines.lines().anyMatch(line -> line.contains(words));
        Thread rest = new Thread(() -> {
            try {
                lines.lines().forEach(line -> {});
            } catch (UncheckedIOException e) {
                // it has ended
            }
        });
        rest.setDaemon(true);
        rest.start();
        return ready;
    }

    String url() {
        return calendar.toString();
    }

    /** The texts by the last part of their addresses. */
    TreeMap<String, String> texts() {
        TreeMap<String, String> texts = new TreeMap<>();
        Matcher href = HREF.matcher(ask("PROPFIND", calendar, "").body());
        while (href.find()) {
            URI address = calendar.resolve(href.group(1));
            texts.put(
                    address.getPath().replaceFirst(".*/", ""),
                    ask("GET", address, "").body());
        }
        return texts;
    }

    String text(String name) {
        return ask("GET", calendar.resolve(name), "").body();
    }

    /** A person changes an event. */
    void edit(String name, UnaryOperator<String> change) {
        put(name, change.apply(text(name)));
    }

    void put(String name, String text) {
        assertThat(ask("PUT", calendar.resolve(name), text).statusCode()).isBetween(200, 299);
    }

    private HttpResponse<String> ask(String method, URI address, String body) {
        String pair = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Basic " + pair)
                .header("Depth", "1");
        if (!body.isEmpty()) {
            request.header("Content-Type", "text/calendar; charset=utf-8");
        }
        try {
            // on a connection of its own: an old one may be closed just as it is used
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
