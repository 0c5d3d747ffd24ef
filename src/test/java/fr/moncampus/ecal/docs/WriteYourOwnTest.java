package fr.moncampus.ecal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.config.Connectors;
import fr.moncampus.ecal.config.Finding;
import fr.moncampus.ecal.config.RouteCheck;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.config.RouteParameters;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source and the target of docs/write-your-own.md, as they stand there, between a school and a calendar that nobody here knows. */
class WriteYourOwnTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\n# routes/([\\w.-]+)\n(.*?)^```");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "jeton-tres-long";
    private static final String COURSES = """
            [{"id": 1, "title": "Algèbre", "begin": "2026-10-12T09:00", "finish": "2026-10-12T10:30", "place": {"room": "B110"}},
             {"id": "x/2", "title": "Analyse", "begin": "2026-10-13T07:00:00Z", "finish": "2026-10-13T08:00:00Z"}]""";

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock("2026-10-05T06:00:00Z");
    /** By id. */
    private final Map<String, ObjectNode> calendar = new ConcurrentHashMap<>();

    private HttpServer services;
    private volatile int status = 200;
    private volatile int loseAnswers;
    private volatile String courses = COURSES;
    private Path routes;

    @BeforeEach
    void services() throws IOException {
        services = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        services.createContext("/school", this::school);
        services.createContext("/agenda/events", this::agenda);
        services.start();
        routes = Files.createDirectory(folder.resolve("routes"));
        try (Stream<Path> ours = Files.list(Path.of("routes"))) {
            for (Path file : ours.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        for (MatchResult example : EXAMPLE.matcher(Files.readString(Path.of("docs/write-your-own.md")))
                .results()
                .toList()) {
            Files.writeString(routes.resolve(example.group(1)), example.group(2));
        }
    }

    @AfterEach
    void stop() {
        services.stop(0);
    }

    @Test
    void theExamplesSyncASchoolIntoACalendar() throws Exception {
        try (Engine engine = engine()) {
            assertThat(sync(engine))
                    .extracting(RunResult::created, RunResult::error)
                    .containsExactly(2, null);
            assertThat(names())
                    .containsExactly(
                            "Algèbre B110 2026-10-12T09:00:00+02:00", "Analyse Aucune 2026-10-13T09:00:00+02:00");
            calendar.put("mine", JSON.createObjectNode().put("id", "mine").put("name", "Dentiste"));

            assertThat(sync(engine))
                    .extracting(RunResult::unchanged, RunResult::requests)
                    .containsExactly(2, 1L);

            courses = COURSES.replace("B110", "C204").replaceAll(",\\s*\\{\"id\": \"x/2\".*", "]");
            assertThat(sync(engine))
                    .extracting(RunResult::updated, RunResult::waiting)
                    .containsExactly(1, 1);
            clock.forward(Duration.ofMinutes(31));
            assertThat(sync(engine))
                    .extracting(RunResult::deleted, RunResult::error)
                    .containsExactly(1, null);
        }

        assertThat(names()).containsExactly("Algèbre C204 2026-10-12T09:00:00+02:00", "Dentiste null null");
    }

    @Test
    void aSchoolInTroubleIsNeverAnEmptyTimetable() throws Exception {
        try (Engine engine = engine()) {
            sync(engine);
            for (String trouble :
                    List.of("", "{}", "null", "\"non\"", COURSES.substring(0, 60), "<html>Connexion</html>")) {
                courses = trouble;
                clock.forward(Duration.ofHours(1));
                assertThat(sync(engine).error()).as(trouble).isNotNull().satisfies(error -> {
                    assertThat(error.exitCode()).isEqualTo(3);
                    assertThat(error.message()).doesNotContain("ECAL", "MonCampus", TOKEN);
                });
            }
            courses = COURSES;
            status = 503;
            assertThat(sync(engine).error())
                    .isEqualTo(new RunError(
                            RunError.Kind.SOURCE, "L'emploi du temps de l'école a répondu par une erreur (503)."));
        }

        assertThat(calendar).hasSize(2);
    }

    @Test
    void aCreateWhoseAnswerIsLostIsNotRepeated() throws Exception {
        loseAnswers = 2;
        try (Engine engine = engine()) {
            assertThat(sync(engine))
                    .extracting(RunResult::created, RunResult::failed)
                    .containsExactly(2, 0);
        }

        assertThat(calendar).hasSize(2);
    }

    @Test
    void theirKeysAreAskedForAndTheSecretIsInNoOutput() throws Exception {
        Path file = folder.resolve("lea.yml");
        Files.writeString(file, "source: mon-ecole\ntarget: mon-agenda\nmon_ecole_token: " + TOKEN + "\n");

        assertThat(load(file).findings())
                .extracting(Finding::toString)
                .anySatisfy(
                        told -> assertThat(told).contains("« mon_ecole_url » manque", "adresse de l'emploi du temps"))
                .anySatisfy(told -> assertThat(told).contains("« mon_agenda_url » manque"))
                .hasSize(2)
                .noneMatch(told -> told.contains(TOKEN));
        assertThat(load(configuration()).valid().get(0).keys().toString()).doesNotContain(TOKEN);
    }

    @Test
    void aWrongNameAndAKeyOfAnotherSourceAreToldWithTheCure() throws Exception {
        Path file = configuration();
        Files.writeString(
                file, Files.readString(file).replace("mon-ecole\n", "mon_ecol\n") + "moncampus_username: lea\n");

        assertThat(findings(load(file)))
                .extracting(Finding::line, Finding::message, Finding::fix)
                .anySatisfy(told -> assertThat(told.toList().toString())
                        .startsWith("[1, la source « mon_ecol » n'existe pas")
                        .contains("« mon-ecole »", "moncampus"))
                .anySatisfy(
                        told -> assertThat(told.toList().toString()).contains("« moncampus_username » est sans effet"));
    }

    @Test
    void twoConfigurationsOfOnePersonAndCalendarAreBothRefused() throws Exception {
        Path other = Files.writeString(
                folder.resolve("noe.yml"),
                Files.readString(configuration()).replace(TOKEN, "un-autre").replace("/school?", "/school?version=3&"));

        assertThat(load(configuration(), other).valid()).isEmpty();
    }

    private Engine engine() throws Exception {
        RouteFiles files = RouteFiles.read(routes);
        assertThat(files.findings()).isEmpty();
        assertThat(RouteCheck.check(files)).isEmpty();
        Configurations.Loaded loaded = load(configuration());
        assertThat(findings(loaded)).isEmpty();
        Configuration configuration = loaded.valid().get(0);
        return Engine.start(
                List.of(configuration),
                new Engine.Settings(
                        routes,
                        folder.resolve("data"),
                        false,
                        Set.of(configuration.owner()),
                        Duration.ofSeconds(5),
                        clock,
                        run -> {}),
                Map.of("retry.delay", "0", "retry.attempts", "2"));
    }

    private Path configuration() throws IOException {
        String base = "http://127.0.0.1:" + services.getAddress().getPort();
        return Files.writeString(
                folder.resolve("lea.yml"),
                String.join(
                        "\n",
                        "source: mon-ecole",
                        "target: mon-agenda",
                        "mon_ecole_url: " + base + "/school?who=lea",
                        "mon_ecole_token: " + TOKEN,
                        "mon_agenda_url: " + base + "/agenda",
                        ""));
    }

    private Configurations.Loaded load(Path... files) {
        return Configurations.load(List.of(files), connectors(), name -> null, clock);
    }

    private Connectors connectors() {
        return Connectors.of(RouteFiles.read(routes).templates(), Engine.PARAMETERS);
    }

    private List<Finding> findings(Configurations.Loaded loaded) {
        return Stream.concat(
                        loaded.findings().stream(),
                        RouteParameters.check(RouteFiles.read(routes).templates(), Engine.PARAMETERS, loaded).stream())
                .toList();
    }

    private static RunResult sync(Engine engine) {
        return engine.run("lea", Purpose.SYNC).result();
    }

    private List<String> names() {
        return calendar.values().stream()
                .map(event -> event.path("name").asText() + " "
                        + event.path("location").asText("null") + " "
                        + event.path("start").asText("null"))
                .sorted()
                .toList();
    }

    private void school(HttpExchange exchange) throws IOException {
        boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && "who=lea".equals(exchange.getRequestURI().getQuery());
        answer(exchange, known ? status : 403, courses);
    }

    private void agenda(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestURI().getPath().replaceFirst("/agenda/events/?", "");
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "GET" -> answer(exchange, 200, JSON.writeValueAsString(new TreeMap<>(calendar).values()));
            case "DELETE" -> answer(exchange, calendar.remove(id) == null ? 404 : 200, "");
            default -> {
                ObjectNode event = (ObjectNode) JSON.readTree(body);
                String key = id.isEmpty()
                        ? "e" + calendar.size() + event.path("reference").asText()
                        : id;
                calendar.put(key, event.put("id", key));
                answer(exchange, loseAnswers-- > 0 ? 502 : 200, "");
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
