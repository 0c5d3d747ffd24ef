package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Effect.Kind;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Request;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Switch;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of failure with marked secrets, and then a search of all that was written for them. */
class SecretsIT {
    private static final String PASSWORD = "zq'PASS\"é$(.*)[${body}{{config}}%41&x=y \\Q";
    private static final String KEY = "zq.KEY$1|%7e&k=v{{y}}é";
    private static final String SECRET = "zq'SECRET\"^(a|b)+${sys:user.home}%&ü";
    private final Workplace workplace = new Workplace();
    private final List<Person> persons = new ArrayList<>();

    @AfterEach
    void close() {
        workplace.close();
    }

    private Person person(String name) {
        Person person = workplace.person(
                name,
                Options.standard()
                        .student("prenom." + name, PASSWORD)
                        .key(KEY, SECRET)
                        .sessions(Courses.coming(8)));
        persons.add(person);
        return person;
    }

    private Person faulty(String name, Server server, String method, Effect effect) {
        Person person = person(name);
        person.sandbox().faults().add(Fault.on(server, effect).method(method).always());
        return person;
    }

    /** An ECAL that quotes everything it was sent. */
    private static Effect quoting(int status) {
        return Effect.status(status)
                .body("{\"status\":\"" + status + "\",\"statusLong\":"
                        + json("bad request /apiv2/event/?apiKey=" + encoded(KEY)
                                + "&apiSign=0123456789abcdef0123456789abcdef key " + KEY + " secret " + SECRET
                                + " password " + PASSWORD)
                        + "}");
    }

    private void everyKindOfFailure() {
        person("fine");
        person("wrong").sandbox().school().student("prenom.wrong").changePassword("autre");
        person("denied").sandbox().school().student("prenom.denied").deny(true);
        person("foreignform").sandbox().set(Switch.FOREIGN, "form");
        person("foreignlogin").sandbox().set(Switch.FOREIGN, "login");
        person("callback").sandbox().set(Switch.FOREIGN, "callback");
        person("loop").sandbox().set(Switch.LOOP, "login");
        person("warn").sandbox().set(Switch.INTERMEDIATE_PAGE, "warn");
        faulty(
                "login500",
                Server.CAS,
                "POST",
                Effect.status(500).body("<title>" + PASSWORD + "</title>ticket=ST-1-quoted " + PASSWORD));
        faulty(
                "panel",
                Server.CAS,
                "POST",
                Effect.status(401)
                        .body("<form id=fm1 method=post><div id=loginErrorsPanel><p>bad password " + html(PASSWORD)
                                + "</p></div><input name=username><input name=password type=password></form>"));
        faulty("logincut", Server.CAS, "POST", Effect.of(Kind.CUT));
        faulty("page", Server.TIMETABLE, "GET", Effect.of(Kind.HTML).body("<title>ticket=ST-2-quoted</title>"));
        faulty("listing403", Server.ECAL, "GET", quoting(403));
        faulty("listing500", Server.ECAL, "GET", quoting(500));
        faulty("listingcut", Server.ECAL, "GET", Effect.of(Kind.CUT));
        faulty("listinghtml", Server.ECAL, "GET", Effect.of(Kind.HTML).body(KEY + SECRET));
        faulty("write400", Server.ECAL, "POST", quoting(400));
        faulty("write403", Server.ECAL, "POST", quoting(403));
        faulty("write429", Server.ECAL, "POST", quoting(429));
        faulty("write500", Server.ECAL, "POST", quoting(500));
        faulty("writecut", Server.ECAL, "POST", Effect.of(Kind.CUT));
        person("nowhere").with("ecal_url", "http://localhost:9/apiv2");
        person("nocas").with("moncampus_cas_url", "http://localhost:9/cas/login");
        person("mistake")
                .with("ecal_api_secret", "votre_" + SECRET)
                .with("moncampus_pasword", PASSWORD)
                .with("ecal_api_key_file", KEY);
    }

    @Test
    void noFailurePutsASecretAnywhere() throws IOException {
        everyKindOfFailure();
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(workplace.sync());
        outcomes.add(workplace.run("plan"));
        outcomes.add(workplace.run("check"));
        outcomes.add(workplace.run("status"));
        outcomes.add(workplace.run("errors"));
        Program run = workplace.start("run");
        run.until(() -> persons.get(0).sandbox().log().requests(Server.ECAL).size() > 15);
        keep("arguments", run.arguments());
        outcomes.add(run.terminate().await());

        assertThat(outcomes.get(0).json("fine").get("created").asInt())
                .as("%s", outcomes.get(0))
                .isEqualTo(8);
        assertThat(outcomes.get(0).exit()).isEqualTo(4);
        assertThat(leaks()).isEmpty();
        assertThat(outcomes.stream().flatMap(outcome -> outcome.toString().lines()))
                .as("nothing unforeseen")
                .filteredOn(line -> line.contains("imprévue") || line.contains("|  at ") || line.startsWith("\tat "))
                .isEmpty();
    }

    @Test
    void neitherHostileInputNorADamagedMemoryNorAKillPutsASecretAnywhere() throws IOException {
        person("fine");
        faulty(
                "deep",
                Server.TIMETABLE,
                "GET",
                Effect.status(200).body("{\"Data\":" + "[".repeat(5000) + json(PASSWORD)));
        faulty(
                "total",
                Server.TIMETABLE,
                "GET",
                Effect.status(200)
                        .body("{\"Data\":[],\"Total\":" + json(PASSWORD) + ",\"Errors\":"
                                + json(PASSWORD + KEY + SECRET) + "}"));
        faulty(
                "form",
                Server.CAS,
                "GET",
                Effect.status(200)
                        .body("<title>" + html(PASSWORD) + "</title><form id=fm1 action=\"http://elsewhere.example/?p="
                                + encoded(PASSWORD) + "\"><input name=password>"));
        faulty(
                "list",
                Server.ECAL,
                "GET",
                Effect.status(200).body("{\"data\":{\"apiKey\":" + json(KEY) + "},\"status\":" + json(SECRET) + "}"));
        faulty("endless", Server.ECAL, "GET", Effect.of(Kind.ENDLESS));
        List<Outcome> outcomes = new ArrayList<>(List.of(workplace.sync()));
        Files.writeString(workplace.data().resolve("moncampus-ecal.db"), "abîmé ".repeat(1000));
        outcomes.add(workplace.sync("fine"));
        outcomes.add(workplace.run("status"));
        outcomes.add(workplace.run("errors", "--journal", "fine"));
        persons.get(0).sandbox().timetable().changeRoom(Courses.FIRST, "Z9");
        persons.get(0)
                .sandbox()
                .faults()
                .add(Fault.on(Server.ECAL, Effect.of(Kind.ENDLESS)).method("PUT"));
        Program killed = workplace.start("sync", "fine");
        killed.until(() ->
                !persons.get(0).sandbox().log().requests(Server.ECAL, "PUT").isEmpty());
        keep("arguments", killed.arguments());
        outcomes.add(killed.kill().await());
        outcomes.add(workplace.sync("fine"));

        assertThat(outcomes.get(1).err()).contains("mise de côté");
        assertThat(leaks()).isEmpty();
    }

    /** Among what is searched. */
    private void keep(String name, String text) throws IOException {
        assertThat(text).contains("moncampus-ecal.jar");
        Files.writeString(Files.createTempFile(workplace.folder(), name + "-", ".txt"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"debug"})
    void aTalkativeLogKeepsThemToItself(String level) throws IOException {
        workplace.environment("LOG_LEVEL", level);
        person("fine");
        person("wrong").sandbox().school().student("prenom.wrong").changePassword("autre");
        faulty("writecut", Server.ECAL, "POST", Effect.of(Kind.CUT));
        faulty("logincut", Server.CAS, "POST", Effect.of(Kind.CUT));

        assertThat(workplace.sync().err()).contains("DEBUG");
        assertThat(leaks()).isEmpty();
    }

    /** Which secret stands in which file of all that the processes have written; the configurations themselves are left out. */
    private Set<String> leaks() throws IOException {
        Map<String, List<String>> secrets = Map.of(
                "password",
                spellings(PASSWORD),
                "key",
                spellings(KEY),
                "secret",
                spellings(SECRET),
                "address",
                List.of("apiKey=zq", "apiSign=0", "ST-1-quoted", "ST-2-quoted"),
                "from the wire",
                List.copyOf(fromTheWire()));
        Set<String> leaks = new TreeSet<>();
        try (Stream<Path> files = Files.walk(workplace.folder())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(workplace.configs()))
                    .toList()) {
                // byte for byte, the database and its log included
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                secrets.forEach((what, spellings) -> spellings.stream()
                        .map(each -> new String(each.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                        .filter(text::contains)
                        .forEach(each -> leaks.add(
                                what + " in " + workplace.folder().relativize(file) + ": …" + around(text, each))));
            }
        }
        return leaks;
    }

    private static String around(String text, String piece) {
        int at = text.indexOf(piece);
        return text.substring(Math.max(0, at - 120), Math.min(text.length(), at + 60));
    }

    /** Tickets, signatures, cookies and form states that really were sent. */
    private Set<String> fromTheWire() {
        Set<String> values = new TreeSet<>();
        for (Person person : persons) {
            for (Request request : person.sandbox().log().requests()) {
                Stream.of(
                                request.parameters().get("ticket"),
                                request.parameters().get("apiSign"),
                                request.form().get("execution"))
                        .filter(Objects::nonNull)
                        .forEach(values::add);
                String cookies = request.header("cookie");
                if (cookies != null) {
                    Stream.of(cookies.split(";\\s*"))
                            .map(pair -> pair.substring(pair.indexOf('=') + 1).replace("\"", ""))
                            .forEach(values::add);
                }
            }
        }
        values.removeIf(value -> value.length() < 12);
        assertThat(values).anyMatch(value -> value.startsWith("ST-")).hasSizeGreaterThan(20);
        return values;
    }

    /** As it is, as a form or an address, as JSON, as HTML, and its beginning, should the rest be cut off. */
    private static List<String> spellings(String secret) {
        return List.of(
                secret,
                encoded(secret),
                encoded(secret).replace("+", "%20"),
                json(secret),
                html(secret),
                secret.substring(0, 9));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String json(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String html(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;");
    }
}
