package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.Logged;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationTest {
    private static final String TOPIC = "s3cr3t-topic";

    @TempDir
    Path folder;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer service;
    private Sandbox sandbox;
    private Engine engine;

    @BeforeEach
    void start() throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::receive);
        service.start();
        LocalDate soon = LocalDate.now().plusDays(10);
        sandbox = Sandbox.start(Options.standard()
                .sessions(List.of(
                        Session.of(1, "Java {{config}} ${body}", "B110", soon.atTime(9, 0)),
                        Session.of(2, "Réseaux", "B111", soon.atTime(14, 0)))));
        Path file = Files.writeString(
                folder.resolve("lea.yml"),
                sandbox.configuration() + "notify_url: http://127.0.0.1:"
                        + service.getAddress().getPort() + "/" + TOPIC + "?auth=s3cr3t-token\n");
        List<Configuration> configurations = Configurations.load(List.of(file), name -> null, Clock.systemUTC())
                .valid();
        engine = Engine.start(
                configurations,
                new Engine.Settings(
                        Path.of("routes"),
                        folder.resolve("data"),
                        false,
                        Set.of(configurations.get(0).owner()),
                        Duration.ofSeconds(5),
                        Clock.systemUTC(),
                        run -> {}),
                Map.of("retry.attempts", "0"));
    }

    @AfterEach
    void stop() {
        engine.close();
        sandbox.close();
        service.stop(0);
    }

    @Test
    void theFirstRunIsASignOfLifeWithoutAMessage() {
        sync();

        assertThat(received).containsExactly("GET /s3cr3t-topic?auth=s3cr3t-token ");
    }

    @Test
    void changesAreOneMessageThatShowsOldAndNew() {
        sync();
        received.clear();
        sandbox.timetable().changeRoom(1, "C204");
        sandbox.timetable().changeRoom(2, "C205");

        sync();

        assertThat(received).hasSize(2);
        assertThat(received.get(0))
                .startsWith("POST /s3cr3t-topic?auth=s3cr3t-token lea : 2 changements\n")
                .contains("Java {{config}} ${body}", "salle B110 → C204", "salle B111 → C205");
        assertThat(received.get(1)).isEqualTo("GET /s3cr3t-topic?auth=s3cr3t-token ");
    }

    @Test
    void oneChangeIsNoPlural() {
        sync();
        received.clear();
        sandbox.timetable().changeRoom(1, "C204");

        sync();

        assertThat(received.get(0)).startsWith("POST /s3cr3t-topic?auth=s3cr3t-token lea : 1 changement\n");
    }

    @Test
    void whateverElseThanSuccessTheServiceAnswersIsLogged() {
        Notification notification = new Notification(Fixtures.configuration("lea"), null);
        try (Logged logged = new Logged()) {
            IntStream.of(199, 200, 204, 299, 300, 404).forEach(notification::answered);
            assertThat(logged.troubles())
                    .extracting(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .containsExactly("199", "300", "404");
            notification.failed(new IllegalStateException("of no use to the reader, and perhaps secret"));
            assertThat(logged.troubles()).last().asString().endsWith(" : IllegalStateException");
        }
    }

    @Test
    void aRunWithoutChangesIsOnlyASignOfLifeAndADryRunIsNothing() {
        sync();
        received.clear();

        sync();
        engine.run("lea", Purpose.PLAN);

        assertThat(received).containsExactly("GET /s3cr3t-topic?auth=s3cr3t-token ");
    }

    @Test
    void aFailureIsToldOnceAndSoIsItsCure() {
        sandbox.faults().add(Fault.on(Server.TIMETABLE, Effect.status(503)).always());

        sync();
        assertThat(received).hasSize(2);
        assertThat(received.get(0))
                .startsWith("POST /s3cr3t-topic?auth=s3cr3t-token lea : échec — MonCampus est en panne");
        assertThat(received.get(1)).as("the last word").isEqualTo("GET /s3cr3t-topic/fail?auth=s3cr3t-token ");

        sync();
        assertThat(received)
                .as("no message for what is known")
                .hasSize(3)
                .last()
                .asString()
                .startsWith("GET ");

        sandbox.faults().clear();
        sync();
        assertThat(received.get(3))
                .startsWith("POST /s3cr3t-topic?auth=s3cr3t-token lea : de nouveau à jour — 2 créés");
        sync();
        assertThat(received).hasSize(6).last().isEqualTo("GET /s3cr3t-topic?auth=s3cr3t-token ");
    }

    @ParameterizedTest
    @CsvSource({"500, le service a répondu 500", "302, le service a répondu 302", "0, Le service"})
    void aNotificationThatFailsFailsNothingElse(int answer, String reason) throws IOException {
        status = answer;
        Run run;
        try (Logged logged = new Logged()) {
            run = sync();
            assertThat(logged.troubles())
                    .singleElement()
                    .asString()
                    .startsWith("lea : notification non envoyée : " + reason);
        }

        assertThat(received).hasSize(1);
        assertThat(run.result().exitCode()).isZero();
        assertThat(run.result().created()).isEqualTo(2);
        assertThat(folder.resolve("data/errors_lea.txt")).doesNotExist();
        assertThat(sync().result().exitCode()).isZero();
        for (String file : new String[] {"moncampus-ecal.db", "moncampus-ecal.db-wal"}) {
            assertThat(Files.readString(folder.resolve("data").resolve(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("s3cr3t");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://hc.example/ping/1, https://hc.example/ping/1/fail",
        "https://hc.example/ping/1/, https://hc.example/ping/1/fail",
        "https://hc.example/1?a=b/c, https://hc.example/1/fail?a=b/c"
    })
    void failGoesToTheEndOfThePath(String address, String expected) {
        assertThat(Notification.failAddress(address)).isEqualTo(expected);
    }

    private Run sync() {
        return engine.run("lea", Purpose.SYNC);
    }

    /** Status 0 cuts the line. */
    private void receive(HttpExchange exchange) throws IOException {
        received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (status != 0) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        }
        exchange.close();
    }
}
