package fr.moncampus.ecal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.config.RouteCheck;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
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
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that users edit: the very example of the README, and steps in other places. */
class EditedRoutesTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n( +- filter:.*?)```");
    private static final String ADDRESS = "https://ntfy.sh/mon-emploi-du-temps-7d3f";
    private static final String PLACE =
            "          # steps of your own: README.md has one that posts a message when something changed\n";
    private static final LocalDateTime TUESDAY = LocalDate.now().plusDays(30).atTime(10, 15);

    @TempDir
    Path folder;

    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private HttpServer phone;
    private Sandbox sandbox;

    private record Message(String method, String address, Map<String, List<String>> headers, String text) {}

    @BeforeEach
    void start() throws IOException {
        phone = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        phone.createContext("/", this::receive);
        phone.start();
        sandbox = Sandbox.start(Options.standard()
                .sessions(List.of(
                        Session.of(1, "Réseaux & sécurité", "B110", TUESDAY),
                        Session.of(2, "Java ${body} {{config}}", "B110", TUESDAY.plusDays(1)))));
    }

    @AfterEach
    void stop() {
        sandbox.close();
        phone.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.en.md"})
    void theExampleOfTheReadmePostsAMessageWhenSomethingChanged(String readme) throws Exception {
        Path routes = routes("sync.camel.yaml", PLACE, PLACE + example(readme));
        RouteFiles edited = RouteFiles.read(routes);

        assertThat(edited.findings()).isEmpty();
        assertThat(RouteCheck.check(edited)).isEmpty();
        try (Engine engine = engine(routes)) {
            engine.run("lea", Purpose.PLAN);
            assertThat(messages).isEmpty();

            engine.run("lea", Purpose.SYNC);
            engine.run("lea", Purpose.SYNC);
            sandbox.timetable().changeRoom(1, "C204");
            engine.run("lea", Purpose.SYNC);
        }

        assertThat(messages).extracting(Message::method).containsOnly("POST");
        assertThat(messages)
                .extracting(Message::text)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("lea : 2 créés")
                                .contains("\n+ Réseaux & sécurité, ")
                                .contains("\n+ Java ${body} {{config}}, "),
                        second ->
                                assertThat(second).startsWith("lea : 1 modifié").contains("salle B110 → C204"));
    }

    @Test
    void aStepThatFailsAfterTheReportLeavesTheRunAsItWas() throws Exception {
        phone.stop(0);
        try (Engine engine = engine(routes("sync.camel.yaml", PLACE, PLACE + example("README.md")))) {
            Run run = engine.run("lea", Purpose.SYNC);

            assertThat(run.result().error()).isNull();
            assertThat(run.result().created()).isEqualTo(2);
        }
    }

    /** Whoever adds a step thinks of its body, and not of the headers that Camel would send along. */
    @Test
    void noStepThatIsAddedSendsWhatWasSaidToMonCampusOrEcal() throws Exception {
        Path routes = folder.resolve("routes");
        routes("sync.camel.yaml", PLACE, PLACE + step("after-report", 10));
        edit(
                routes.resolve("sync.camel.yaml"),
                "                              method: written\n",
                "                              method: written\n" + step("after-write", 28));
        edit(
                routes.resolve("sync.camel.yaml"),
                "                    method: verify\n",
                "                    method: verify\n" + step("after-verify", 16));
        edit(
                routes.resolve("errors.camel.yaml"),
                "              uri: \"direct:{{config}}-error-file\"\n",
                "              uri: \"direct:{{config}}-error-file\"\n" + step("after-dead-letter", 10));
        sandbox.faults().add(Fault.on(Server.ECAL, Effect.status(400)).method("POST"));
        try (Engine engine = engine(routes)) {
            engine.run("lea", Purpose.SYNC);
            sandbox.faults().add(Fault.on(Server.TIMETABLE, Effect.status(404)));
            engine.run("lea", Purpose.SYNC);
        }

        assertThat(messages)
                .extracting(Message::text)
                .contains("after-report", "after-write", "after-verify", "after-dead-letter");
        assertThat(messages).allSatisfy(message -> {
            assertThat(message.method()).isEqualTo("POST");
            assertThat(message.address()).isEqualTo("/step");
            assertThat(message.headers().keySet()).doesNotContain("Cookie", "Set-cookie", "Location");
            assertThat(message.toString()).doesNotContain("sandbox-key", "apiSign", "ticket", "state=");
        });
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            messages.add(new Message(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private String example(String readme) throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of(readme)));
        assertThat(example.find()).as(readme).isTrue();
        assertThat(example.group(1)).contains(ADDRESS);
        return example.group(1).replace(ADDRESS, here("/message"));
    }

    private String step(String name, int indent) {
        return """
                - setBody:
                    id: "{{config}}-%1$s"
                    expression:
                      constant:
                        expression: %1$s
                - to:
                    id: "{{config}}-%1$s-post"
                    uri: "%2$s"
                """.formatted(name, here("/step")).indent(indent);
    }

    private String here(String path) {
        return "http://127.0.0.1:" + phone.getAddress().getPort() + path;
    }

    private Path routes(String file, String place, String replacement) throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        try (Stream<Path> ours = Files.list(Path.of("routes"))) {
            for (Path each : ours.toList()) {
                Files.copy(each, routes.resolve(each.getFileName()));
            }
        }
        edit(routes.resolve(file), place, replacement);
        return routes;
    }

    private static void edit(Path file, String place, String replacement) throws IOException {
        String text = Files.readString(file);
        assertThat(text).containsOnlyOnce(place);
        Files.writeString(file, text.replace(place, replacement));
    }

    private Engine engine(Path routes) throws Exception {
        Path file = Files.writeString(folder.resolve("lea.yml"), sandbox.configuration());
        List<Configuration> configurations = Configurations.load(List.of(file), name -> null, Clock.systemUTC())
                .valid();
        return Engine.start(
                configurations,
                new Engine.Settings(
                        routes,
                        folder.resolve("data"),
                        false,
                        Set.of(configurations.get(0).owner()),
                        Duration.ofSeconds(5),
                        Clock.systemUTC(),
                        run -> {}));
    }
}
