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
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
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
            "        # steps of your own: README.md has one that posts a message when something changed\n";
    private static final String WRITTEN =
            "                            - bean: { id: written, ref: sync, method: written }\n";
    private static final String VERIFY = "                - bean: { id: verify, ref: sync, method: verify }\n";
    private static final String ENTRY = "        - to: { id: entry-file, uri: \"direct:error-file\" }\n";
    private static final LocalDateTime TUESDAY = LocalDate.now().plusDays(30).atTime(10, 15);

    private static final Pattern STEP = Pattern.compile(
            "( +)- (bean|to|toD|split|filter|setProperty|idempotentConsumer|loop|removeHeaders|setHeader|doTry|setBody|removeProperty|unmarshal|marshal|convertBodyTo|delay):.*");

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
        routes("sync.camel.yaml", PLACE, PLACE + step("after-report", 8));
        edit(routes.resolve("sync.camel.yaml"), WRITTEN, WRITTEN + step("after-write", 28));
        edit(routes.resolve("sync.camel.yaml"), VERIFY, VERIFY + step("after-verify", 16));
        edit(routes.resolve("errors.camel.yaml"), ENTRY, ENTRY + step("after-dead-letter", 8));
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

    /** Before every step of every file, and after every one that is a single line. */
    @Test
    void noStepAnywhereFindsASecretInTheExchange() throws Exception {
        Path routes = routes("sync.camel.yaml", PLACE, PLACE);
        int places = 0;
        try (Stream<Path> files = Files.list(routes)) {
            for (Path file : files.toList()) {
                places += lookEverywhere(file);
            }
        }
        assertThat(places).isGreaterThan(60);
        Look.SEEN.clear();
        String topic = "s3cr3t-topic";
        try (Engine engine = engine(routes, "notify_url: " + here("/" + topic))) {
            engine.run("lea", Purpose.SYNC);
            sandbox.expireSessions();
            for (int status : new int[] {400, 503}) {
                sandbox.timetable().changeRoom(1, "R" + status);
                sandbox.faults()
                        .add(Fault.on(Server.ECAL, Effect.status(status)).method("PUT"));
                sandbox.faults()
                        .add(Fault.on(Server.ECAL, Effect.of(Effect.Kind.CUT)).method("GET"));
                engine.run("lea", Purpose.SYNC);
            }
            sandbox.expireSessions();
            sandbox.forgetGrants();
            sandbox.faults()
                    .add(Fault.on(Server.CAS, Effect.of(Effect.Kind.CUT_AFTER)).method("POST"));
            engine.run("lea", Purpose.SYNC);
        }

        List<String> secrets = secrets(topic);
        assertThat(secrets).hasSizeGreaterThan(10);
        assertThat(Look.SEEN).hasSizeGreaterThan(200);
        assertThat(Look.SEEN).allSatisfy(seen -> assertThat(seen).doesNotContain(secrets));
    }

    private static int lookEverywhere(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        int places = 0;
        for (String line : Files.readAllLines(file)) {
            Matcher step = STEP.matcher(line);
            boolean isStep = step.matches();
            String look = isStep ? step.group(1) + "- bean: { beanType: \"" + Look.class.getName() + "\" }" : "";
            if (isStep) {
                lines.add(look);
                places++;
            }
            lines.add(line);
            if (isStep && line.endsWith("}")) {
                lines.add(look);
                places++;
            }
        }
        Files.write(file, lines);
        return places;
    }

    /** Password, key and secret, and what the services made up: cookies, tickets, signatures. */
    private List<String> secrets(String topic) {
        Options standard = Options.standard();
        Stream<String> seen = sandbox.log().requests().stream()
                .flatMap(request -> Stream.concat(
                        Stream.of(
                                request.parameters().get("ticket"),
                                request.parameters().get("apiSign"),
                                request.form().get("execution")),
                        request.headers().getOrDefault("cookie", List.of()).stream()
                                .flatMap(line -> Stream.of(line.split(";\\s*")))
                                .map(pair -> pair.split("=", 2)[1])))
                .filter(value -> value != null && value.length() > 8);
        return Stream.concat(Stream.of(topic, standard.password(), standard.apiKey(), standard.apiSecret()), seen)
                .distinct()
                .toList();
    }

    /** A step that sees what a step can send on: headers, properties and body. */
    public static final class Look implements Processor {
        static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();

        @Override
        public void process(Exchange exchange) throws IOException {
            Object body = exchange.getMessage().getBody();
            if (body instanceof InputStream stream) {
                body = stream.readAllBytes();
                stream.reset();
            }
            SEEN.add(exchange.getMessage().getHeaders() + " " + exchange.getAllProperties() + " "
                    + (body instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : body));
        }
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
                    expression:
                      constant:
                        expression: %1$s
                - to:
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

    private Engine engine(Path routes, String... lines) throws Exception {
        Path file =
                Files.writeString(folder.resolve("lea.yml"), sandbox.configuration() + String.join("\n", lines) + "\n");
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
