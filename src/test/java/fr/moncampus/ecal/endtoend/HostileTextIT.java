package fr.moncampus.ecal.endtoend;

import static fr.moncampus.ecal.endtoend.Workplace.counts;
import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever the school writes is text: never an expression, a placeholder, a control sequence or another line of a file. */
class HostileTextIT {
    private static final List<String> TEXTS = List.of(
            "{{x}} {{?y}} {{env:PATH}}",
            "${body} ${sys.user.home} $simple{random(1,9)}",
            "#{jndi:ldap} ${jndi:ldap://127.0.0.1/a} RAW(x) %n%s",
            "a | b | c",
            "rouge \u001b[31m\u001b]0;titre\u0007 \u009b2J fin",
            "une\nautre\r\nligne\u2028et\u0085encore\u0000",
            "droite \u202e gauche \u200b\ufeff",
            "'; DROP TABLE written; --",
            "\"guillemets\\ \uD83C\uDF93 😀",
            "x".repeat(5000));
    private final Workplace workplace = new Workplace();

    @AfterEach
    void close() {
        workplace.close();
    }

    @Test
    void textOfTheSchoolIsHarmlessEverywhere() {
        List<Session> courses = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            Session plain = Courses.coming(TEXTS.size()).get(i);
            String text = TEXTS.get(i);
            courses.add(new Session(
                    plain.noCours(), text, text, text, text, text, text, text, List.of(), plain.start(), plain.end()));
        }
        Person fine = workplace.person(
                "fine", Options.standard().student("prenom.fine", "p").sessions(courses));
        Person failing = workplace.person(
                "failing", Options.standard().student("prenom.failing", "p").sessions(courses));
        failing.sandbox()
                .faults()
                .add(Fault.on(
                                Server.ECAL,
                                Effect.status(400)
                                        .body(
                                                "{\"status\":\"400\",\"statusLong\":\"bad\\n2026-01-01 | fine | \\u001b[31m ${body} {{x}}\"}"))
                        .method("POST")
                        .always());

        Outcome plan = workplace.run("plan", "fine");
        Outcome first = workplace.sync();
        Outcome second = workplace.sync();
        Outcome errors = workplace.run("errors", "failing");

        assertThat(first.exit()).as("%s", first).isEqualTo(1);
        assertThat(counts(first.json("fine"))).isEqualTo(Map.of("created", TEXTS.size()));
        assertThat(counts(second.json("fine")))
                .as("what was cleaned stays as it is")
                .isEqualTo(Map.of("unchanged", TEXTS.size()));
        assertThat(counts(first.json("failing"))).isEqualTo(Map.of("failed", TEXTS.size()));
        List<String> names =
                fine.events().stream().map(event -> event.get("name").asText()).toList();
        assertThat(names)
                .contains(
                        "{{x}} {{?y}} {{env:PATH}}",
                        "${body} ${sys.user.home} $simple{random(1,9)}",
                        "a | b | c",
                        "une autre ligne et encore",
                        "'; DROP TABLE written; --");
        assertThat(workplace.errors(failing).lines())
                .as("an entry each, and no line of the school's making")
                .hasSize(TEXTS.size())
                .allSatisfy(line -> assertThat(line)
                        .matches("\\d{4}-\\d\\d-\\d\\dT[^|]* \\| failing \\| passage [0-9a-f]{8} \\| création \\| .*"));
        for (String shown :
                List.of(plan.out(), plan.err(), first.err(), second.err(), errors.out(), workplace.errors(failing))) {
            assertThat(shown.codePoints()
                            .filter(each ->
                                    each != '\n' && Character.isISOControl(each) || each == 0x202e || each == 0x2028))
                    .isEmpty();
        }
        assertThat(fine.events())
                .allSatisfy(event -> assertThat(Stream.of("name", "location", "details")
                                .map(field -> event.get(field).asText()))
                        .noneMatch(text ->
                                text.codePoints().anyMatch(each -> each != '\n' && Character.isISOControl(each))));
    }
}
