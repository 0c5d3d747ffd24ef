package fr.moncampus.ecal.safety;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the school and ECAL write stays text: in the calendar, in the error file, on the way through the routes. */
class HostileTextTest {
    private static final List<String> TEXTS = List.of(
            "{{moncampus_password}}",
            "{{env:HOME}}",
            "${body}",
            "$simple{exchangeProperty.run}",
            "${exchangeProperty.write.getClass.getName}",
            "#{7*7}",
            "RAW(x)",
            "bean:camille-ecal?method=open",
            "Cours | HTTP 200 : tout va bien | suite : rien",
            "Cours 2026-01-01T00:00:00+01:00 | camille | passage 00000000 | faux",
            "<script>alert(1)</script>",
            "'; DROP TABLE journal; --",
            "%d{yyyy} %n ${jndi:ldap://127.0.0.1/x}",
            "../../etc/passwd",
            "\\u0000 \\n",
            "?fileName=x&fileExist=Override");

    @Test
    void textIsCopiedAndNeverEvaluated() {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            sessions.add(Session.of(
                            i + 1L,
                            TEXTS.get(i),
                            TEXTS.get(i),
                            LocalDateTime.of(2026, 10, 6, 8, 0).plusHours(2L * i))
                    .by(TEXTS.get(i)));
        }
        try (Installation installation = new Installation(sessions)) {
            RunResult first = installation.sync();

            assertThat(first.created()).isEqualTo(TEXTS.size());
            assertThat(installation.events())
                    .extracting(event -> event.path("name").asText())
                    .containsExactlyInAnyOrderElementsOf(TEXTS);
            assertThat(installation.events())
                    .extracting(event -> event.path("location").asText())
                    .containsExactlyInAnyOrderElementsOf(TEXTS);
            assertThat(installation.events())
                    .allSatisfy(event -> assertThat(event.path("details").asText())
                            .contains("Intervenant : " + event.path("name").asText()));
            assertThat(installation.sync().unchanged()).isEqualTo(TEXTS.size());
        }
    }

    @Test
    void anEntryOfTheErrorFileHasNoFieldsButOurs() {
        String evil =
                "Cours\u001b[31m\r\n2026-01-01T00:00:00+01:00 | camille | passage 00000000 | tout va bien | \u202e suite : rien";
        try (Installation installation =
                new Installation(List.of(Session.of(1, evil, evil, LocalDateTime.of(2026, 10, 6, 9, 0))))) {
            installation
                    .sandbox()
                    .timetable()
                    .addRaw(
                            "{\"NoCours\":\"7 | x | suite : rien\",\"Commentaire\":\"x\",\"Start\":\"| suite : \\n\\u001b[2J\"}");
            ObjectNode answer = new com.fasterxml.jackson.databind.ObjectMapper()
                    .createObjectNode()
                    .put("status", "400")
                    .put("statusLong", evil);
            installation
                    .sandbox()
                    .faults()
                    .add(Fault.on(Server.ECAL, Effect.status(400).body(answer.toString()))
                            .method("POST")
                            .always());

            assertThat(installation.sync().failed()).isEqualTo(2);

            List<String> entries = installation.errors().lines().toList();
            assertThat(entries).hasSize(2).allSatisfy(entry -> {
                assertThat(entry.split(" \\| ")).hasSize(7);
                assertThat(entry.split(" \\| ")[6]).startsWith("suite : ").doesNotContain("rien");
                assertThat(entry)
                        .startsWith("2026-10-05T08:00:00+02:00 | camille | passage ")
                        .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]");
            });
        }
    }

    /** The header that Camel 4.18.0 resolves placeholders in, from a portal that would like to. */
    @Test
    void headersOfAnAnswerSteerNoRequest() {
        try (Installation installation = new Installation(2)) {
            String elsewhere = installation.sandbox().elsewhereUrl();
            for (Server server : new Server[] {Server.TIMETABLE, Server.ECAL}) {
                installation
                        .sandbox()
                        .faults()
                        .add(Fault.on(
                                server,
                                Effect.status(503)
                                        .header("CamelHttpUri", elsewhere + "/{{retry.delay}}")
                                        .header("CamelHttpPath", "/elsewhere")
                                        .header("CamelHttpQuery", "a=b")
                                        .header("CamelFileName", "../x")
                                        .header("CamelRedeliveryDelay", "99999999")));
            }

            assertThat(installation.sync().created()).isEqualTo(2);

            assertThat(installation.sandbox().log().requests(Server.ELSEWHERE)).isEmpty();
            assertThat(installation.sandbox().log().requests())
                    .noneMatch(request -> request.toString().contains("/elsewhere"));
        }
    }
}
