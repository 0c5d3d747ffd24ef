package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user edits the routes and starts again, without building anything. */
class EditedRouteIT {
    private static final String PARAMETER = """
            - name: webhook_url
              required: true
              description: "Where a message goes when something changed, for example https://example.org/hook"
            """;
    private static final String STEP = """
            - filter:
                expression:
                  simple:
                    expression: "${exchangeProperty.run.changes} > 0"
                steps:
                  - setBody:
                      expression:
                        simple:
                          expression: "{{config}} : ${exchangeProperty.run.changes} nouveaux cours"
                  - to:
                      uri: "{{webhook_url}}"
                      parameters:
                        httpMethod: POST
            """;
    private final Workplace workplace = new Workplace();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private HttpServer hook;
    private Path routes;

    @BeforeEach
    void begin() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            messages.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) + " "
                    + exchange.getRequestHeaders().keySet());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
        routes = Files.createDirectories(workplace.folder().resolve("mes routes"));
        try (Stream<Path> ours = Files.list(Path.of(System.getProperty("basedir", ""), "routes"))) {
            for (Path file : ours.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
    }

    @AfterEach
    void close() {
        hook.stop(0);
        workplace.close();
    }

    @Test
    void aStepOfTheUsersOwnIsTakenUp() throws IOException {
        Person person = workplace
                .person("lea", 3)
                .with("webhook_url", "http://127.0.0.1:" + hook.getAddress().getPort() + "/hook");
        Outcome undeclared = workplace.sync("--routes", routes.toString());
        assertThat(undeclared.exit()).as("%s", undeclared).isEqualTo(2);
        assertThat(undeclared.err()).containsPattern("lea\\.yml:\\d+:1: .*webhook_url");

        edit("sync.camel.yaml");
        Outcome first = workplace.sync("--routes", routes.toString());
        Outcome second = workplace.sync("--routes", routes.toString());

        assertThat(first.exit()).as("%s", first).isZero();
        assertThat(second.exit()).as("%s", second).isZero();
        assertThat(messages).as("only when something changed").hasSize(1);
        assertThat(messages.get(0)).startsWith("lea : 3 nouveaux cours").doesNotContain("Cookie", "Apisign");

        person.with("webhook_url", null);
        Outcome missing = workplace.sync("--routes", routes.toString());
        assertThat(missing.exit()).as("%s", missing).isEqualTo(2);
        assertThat(missing.err()).contains("webhook_url");
        person.with("webhok_url", "http://127.0.0.1/");
        Outcome misspelled = workplace.sync("--routes", routes.toString());
        assertThat(misspelled.exit()).isEqualTo(2);
        assertThat(misspelled.err()).containsPattern("lea\\.yml:\\d+:1: .*webhok_url.*webhook_url");
    }

    @Test
    void aMistakeInARouteIsSaidWithItsPlaceBeforeAnythingRuns() throws IOException {
        Person person = workplace.person("lea", 3);
        Path file = routes.resolve("ecal.camel.yaml");
        Files.writeString(file, Workplace.read(file).replaceFirst("removeHeaders:", "removeHeader5:"));

        for (String command : List.of("check", "sync")) {
            Outcome outcome = workplace.run(command, "--routes", routes.toString());
            assertThat(outcome.exit()).as("%s: %s", command, outcome).isEqualTo(2);
            assertThat(outcome.out() + outcome.err()).as(command).containsPattern("ecal\\.camel\\.yaml:\\d+:\\d+: ");
        }
        assertThat(person.sandbox().log().total()).isZero();
    }

    /** What is no mistake until a route is made of it: the step is named, and nothing of the user's is touched. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "- loop: { copy: maybe, expression: { constant: { expression: 2 } }, steps: [ { log: { message: x } } ] }",
                "- to: { uri: 'direct:x', pattern: Foo }",
                "- to: { uri: 'nonsense:x' }",
                "- to: {}"
            })
    void aValueThatCannotBeIsSaidByCheckEvenOffline(String step) throws IOException {
        workplace.person("lea", 3);
        Path file = routes.resolve("sync.camel.yaml");
        Files.writeString(file, Workplace.read(file).stripTrailing() + "\n" + step.indent(8));

        Outcome offline = workplace.run("check", "--offline", "--routes", routes.toString());

        assertThat(offline.exit()).as("%s", offline).isEqualTo(2);
        assertThat(offline.out())
                .contains("✗ les routes de ", "✓ lea : fichier valide")
                .doesNotContain("✓ routes");
        assertThat(workplace.data()).doesNotExist();
    }

    @Test
    void aNameThatNothingReplacesIsSaidWithItsPlace() throws IOException {
        workplace.person("lea", 3);
        Path file = routes.resolve("sync.camel.yaml");
        Files.writeString(
                file, Workplace.read(file).stripTrailing() + "\n" + "- log: { message: '{{confg}}' }".indent(8));

        Outcome offline = workplace.run("check", "--offline", "--routes", routes.toString());

        assertThat(offline.exit()).as("%s", offline).isEqualTo(2);
        assertThat(offline.out())
                .containsPattern("sync\\.camel\\.yaml:\\d+:\\d+: .*\\{\\{confg\\}\\}")
                .contains("hors d'un modèle");
    }

    /** A parameter and a step more at the end of the template that is the file's last: it tells of the run before it is closed. */
    private void edit(String name) throws IOException {
        Path file = routes.resolve(name);
        String text = Workplace.read(file);
        int parameters = text.lastIndexOf("    parameters:\n") + "    parameters:\n".length();
        int end = text.indexOf("\n# Camel comes here", parameters);
        Files.writeString(
                file,
                text.substring(0, parameters)
                        + PARAMETER.indent(6)
                        + text.substring(parameters, end)
                        + STEP.indent(10)
                        + text.substring(end));
    }
}
