package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Effect.Kind;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Request;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Switch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every way in which a login can be refused, the one login attempt across restarts, and where the password may go. */
class LoginIT {
    private static final String PASSWORD = "Bac-a-sable-2026!";
    private final Workplace workplace = new Workplace();

    @AfterEach
    void close() {
        workplace.close();
    }

    private Map<String, Person> persons(String... names) {
        return List.of(names).stream()
                .collect(Collectors.toMap(
                        name -> name, name -> workplace.person(name, 4), (a, b) -> a, LinkedHashMap::new));
    }

    @Test
    void everyRefusalHasItsOwnMessageAndARefusedPasswordIsNeverSentAgain() {
        Map<String, Person> persons = persons(
                "wrong",
                "unknown",
                "uppercase",
                "denied",
                "locked",
                "unregistered",
                "warn",
                "expiring",
                "terms",
                "broken",
                "restarted",
                "loop");
        persons.get("wrong").with("moncampus_password", "pas-le-bon");
        persons.get("unknown").with("moncampus_username", "qui.donc");
        persons.get("uppercase").with("moncampus_username", "Prenom.UpperCase");
        sandbox(persons, "denied").school().student("prenom.denied").deny(true);
        sandbox(persons, "locked").set(Switch.LOCKOUT_AFTER, "1");
        sandbox(persons, "unregistered").set(Switch.SERVICE, "unregistered");
        sandbox(persons, "warn").set(Switch.INTERMEDIATE_PAGE, "warn");
        sandbox(persons, "expiring").set(Switch.INTERMEDIATE_PAGE, "password-expiring");
        sandbox(persons, "terms").set(Switch.INTERMEDIATE_PAGE, "terms");
        sandbox(persons, "broken")
                .faults()
                .add(Fault.on(Server.CAS, Effect.status(500)).method("POST").always());
        sandbox(persons, "restarted")
                .faults()
                .add(Fault.on(
                                Server.CAS,
                                Effect.status(302)
                                        .header(
                                                "Location",
                                                sandbox(persons, "restarted").casUrl()
                                                        + "?exception.message=Error+decoding+flow+execution"))
                        .method("POST")
                        .always());
        sandbox(persons, "loop").set(Switch.LOOP, "cas");
        persons.get("locked").with("moncampus_password", "pas-le-bon");

        Outcome first = workplace.sync();

        assertThat(first.exit()).as("%s", first).isEqualTo(3);
        Map<String, String> said = Map.ofEntries(
                Map.entry("wrong", "moncampus_password"),
                Map.entry("unknown", "ne connaît pas ce compte"),
                Map.entry("uppercase", "ne connaît pas ce compte"),
                Map.entry("denied", "identifiants sont justes"),
                Map.entry("locked", "refusé"),
                Map.entry("unregistered", "403"),
                Map.entry("warn", "intermédiaire"),
                Map.entry("expiring", "intermédiaire"),
                Map.entry("terms", "intermédiaire"),
                Map.entry("broken", "500"),
                Map.entry("restarted", "plus valable"),
                Map.entry("loop", "sans fin"));
        said.forEach((name, words) -> {
            JsonNode error = first.json(name).get("error");
            assertThat(error.get("kind").asText()).as(name).isEqualTo("moncampus");
            assertThat(error.get("message").asText()).as(name).contains(words).doesNotContain(PASSWORD, "pas-le-bon");
            assertThat(persons.get(name).logins())
                    .as("%s: logins", name)
                    .isEqualTo(name.equals("unregistered") || name.equals("loop") ? 0 : 1);
            assertThat(persons.get(name).sandbox().log().requests(Server.ECAL))
                    .as(name)
                    .isEmpty();
        });

        // a new process still knows what was refused, and no panel means no verdict: that may be tried three times a
        // day
        workplace.sync();
        Outcome third = workplace.sync();
        workplace.sync();
        for (String name : List.of("wrong", "unknown", "uppercase", "denied", "locked")) {
            assertThat(persons.get(name).logins()).as("%s: logins", name).isEqualTo(1);
            assertThat(third.json(name).at("/error/message").asText()).as(name).contains("suspendue");
        }
        for (String name : List.of("broken", "restarted")) {
            assertThat(persons.get(name).logins()).as("%s: logins", name).isLessThanOrEqualTo(3);
        }
        assertThat(third.exit()).isEqualTo(3);

        // behind a page for people the password was right: it is no attempt without a verdict, and nothing is suspended
        sandbox(persons, "warn").set(Switch.INTERMEDIATE_PAGE, "none");
        assertThat(workplace.sync("warn").exit()).isZero();

        // plan is no way around it; another password is
        assertThat(workplace.run("plan", "wrong").exit()).isEqualTo(3);
        assertThat(persons.get("wrong").logins()).isEqualTo(1);
        persons.get("wrong").with("moncampus_password", PASSWORD);
        assertThat(workplace.sync("wrong").exit()).isZero();
    }

    @Test
    void thePasswordGoesToTheConfiguredLoginAndNowhereElse() {
        Map<String, Person> persons = persons(
                "s303",
                "s307",
                "s308",
                "challenge",
                "form",
                "login307",
                "callback",
                "server",
                "extras",
                "absolute",
                "direct",
                "once");
        for (String status : List.of("303", "307", "308")) {
            sandbox(persons, "s" + status).set(Switch.LOGIN_REDIRECT, status);
        }
        for (String where : List.of("challenge", "form", "callback")) {
            sandbox(persons, where).set(Switch.FOREIGN, where);
        }
        sandbox(persons, "login307").set(Switch.FOREIGN, "login");
        sandbox(persons, "login307").set(Switch.LOGIN_REDIRECT, "307");
        sandbox(persons, "server").set(Switch.FLOW, "server");
        sandbox(persons, "extras").set(Switch.FORM_EXTRAS, "all");
        sandbox(persons, "absolute").set(Switch.FORM_ACTION, "absolute");
        sandbox(persons, "direct").set(Switch.CHALLENGE, "direct");
        sandbox(persons, "once")
                .faults()
                .add(Fault.on(Server.CAS, Effect.of(Kind.CUT_AFTER)).method("POST"));

        Outcome outcome = workplace.sync();

        assertThat(outcome.exit()).as("%s", outcome).isEqualTo(3);
        persons.forEach((name, person) -> {
            boolean lured = List.of("challenge", "form", "login307", "callback").contains(name);
            if (!name.equals("once")) {
                assertThat(outcome.json(name).get("created").asInt())
                        .as("%s: %s", name, outcome.json(name))
                        .isEqualTo(lured ? 0 : 4);
            }
            assertThat(person.sandbox().log().requests(Server.ELSEWHERE))
                    .as(name)
                    .isEmpty();
            assertThat(person.logins())
                    .as("%s: one login a run, whatever its answer", name)
                    .isLessThanOrEqualTo(1);
            List<Request> withPassword = person.sandbox().log().requests().stream()
                    .filter(request -> request.text().contains("sable")
                            || request.address().contains("sable"))
                    .toList();
            assertThat(withPassword).as(name).allSatisfy(request -> {
                assertThat(request.server()).isEqualTo(Server.CAS);
                assertThat(request.path()).isEqualTo("/cas/login");
                assertThat(request.method()).isEqualTo("POST");
            });
            assertThat(person.sandbox().log().total())
                    .as(name)
                    .isEqualTo(outcome.json(name).get("requests").asLong());
        });
    }

    @Test
    void threeConfigurationsOfOneAccountLogInAtOnceHoweverSlowTheLogin() {
        Person lea = workplace.person("lea", 4);
        workplace.twin(lea, "lea2");
        workplace.twin(lea, "lea3");
        lea.sandbox()
                .faults()
                .add(Fault.on(Server.CAS, Effect.delay(Duration.ofSeconds(2)))
                        .method("POST")
                        .always());

        // who waits for another's login looks again after ten times this long
        Program program = workplace.property("retry.delay=50").start("run");
        program.untilLogged("lea : 4 créés").untilLogged("lea2 : 4 créés").untilLogged("lea3 : 4 créés");
        Outcome outcome = program.terminate().await();

        assertThat(workplace.errors(lea)).isEmpty();
        assertThat(outcome.err()).as("%s", outcome).doesNotContain("suspendue", "échec");
        assertThat(lea.logins()).as("%s", outcome).isEqualTo(3);
    }

    /** As two containers have them. */
    @Test
    void dataFoldersThatShareTheirLoginsTryARefusedPasswordOnce() {
        Person lea = workplace.person("lea", 4);
        lea.with("moncampus_password", "pas-le-bon");
        Person twin = workplace.twin(lea, "lea2");
        String logins = workplace.folder().resolve("logins").toString();

        Outcome first = workplace.sync("lea", "--data", workplace.folder().resolve("a") + "", "--logins", logins);
        Outcome second = workplace.sync("lea2", "--data", workplace.folder().resolve("b") + "", "--logins", logins);

        assertThat(first.json("lea").at("/error/message").asText()).contains("moncampus_password");
        assertThat(second.json("lea2").at("/error/message").asText()).contains("suspendue");
        assertThat(twin.logins()).isEqualTo(1);
    }

    private static fr.moncampus.ecal.sandbox.Sandbox sandbox(Map<String, Person> persons, String name) {
        return persons.get(name).sandbox();
    }
}
