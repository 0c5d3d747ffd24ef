package fr.moncampus.ecal.endtoend;

import static fr.moncampus.ecal.endtoend.Workplace.counts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Effect.Kind;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Switch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Completeness: failure is not emptiness. Every way in which a read can go wrong, each with someone of its own, in few processes. */
class BrokenReadsIT {
    private final Workplace workplace = new Workplace();

    @AfterEach
    void close() {
        workplace.close();
    }

    private Person person(String name) {
        return workplace.person(name, 12);
    }

    @Test
    void anIncompleteTimetableChangesNothingAndNeitherConfirmsNorForgetsAnAbsence() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("half", Kind.HALF_ROWS);
        kinds.put("html", Kind.HTML);
        kinds.put("truncated", Kind.TRUNCATED);
        kinds.put("norows", Kind.NO_ROWS);
        kinds.put("errors", Kind.ERRORS);
        kinds.put("cut", Kind.CUT);
        kinds.put("cutbody", Kind.CUT_BODY);
        kinds.put("status500", Kind.STATUS);
        Map<String, Person> persons = kinds.keySet().stream()
                .collect(Collectors.toMap(name -> name, this::person, (a, b) -> a, LinkedHashMap::new));
        assertThat(workplace.sync().exit()).isZero();
        // one absence that the broken answers must neither confirm nor reset
        persons.values().forEach(person -> person.sandbox().timetable().cancel(1002));
        assertThat(workplace.sync().exit()).isZero();
        Map<String, List<ObjectNode>> before =
                persons.values().stream().collect(Collectors.toMap(Person::name, Person::events));

        kinds.forEach((name, kind) -> {
            Effect effect = kind == Kind.STATUS ? Effect.status(500) : Effect.of(kind);
            persons.get(name)
                    .sandbox()
                    .faults()
                    .add(Fault.on(Server.TIMETABLE, effect)
                            .path("/Home/Get")
                            .skip(1)
                            .always());
            persons.get(name).sandbox().log().clear();
        });
        Outcome broken = workplace.sync();

        assertThat(broken.exit()).as("%s", broken).isEqualTo(3);
        persons.forEach((name, person) -> {
            JsonNode result = broken.json(name);
            assertThat(result.at("/error/kind").asText()).as(name).isEqualTo("moncampus");
            assertThat(result.at("/error/message").asText()).as(name).isNotBlank();
            assertThat(person.events()).as(name).isEqualTo(before.get(name));
            assertThat(person.writes()).as(name).isZero();
            assertThat(person.logins()).as("%s: one login a run", name).isEqualTo(1);
            assertThat(result.get("requests").asLong())
                    .as(name)
                    .isEqualTo(person.sandbox().log().total());
            assertThat(workplace.errors(person))
                    .as(name)
                    .contains("nouvel essai au prochain passage")
                    .contains(result.at("/error/message").asText());
            person.sandbox().faults().clear();
        });

        Outcome cured = workplace.sync();
        assertThat(cured.exit()).as("%s", cured).isZero();
        persons.forEach((name, person) -> {
            assertThat(counts(cured.json(name))).as(name).isEqualTo(Map.of("deleted", 1, "unchanged", 11));
            assertThat(workplace.errors(person).lines().filter(line -> line.contains("résolu")))
                    .as(name)
                    .hasSize(1);
        });
    }

    @Test
    void anEmptyOrOldAnswerDeletesNothingHoweverOftenItComes() {
        Person empty = person("empty");
        Person yesterday = person("yesterday");
        Person fewer = person("fewer");
        workplace.sync();
        Map<String, List<ObjectNode>> before =
                List.of(empty, yesterday, fewer).stream().collect(Collectors.toMap(Person::name, Person::events));
        empty.sandbox()
                .faults()
                .add(Fault.on(Server.TIMETABLE, Effect.of(Kind.EMPTY))
                        .path("/Home/Get")
                        .always());
        yesterday.sandbox().timetable().endOfDay();
        for (long added = 2001; added <= 2003; added++) {
            yesterday
                    .sandbox()
                    .timetable()
                    .add(Courses.coming(1).get(0).numbered(added).named("Nouveau " + added));
        }
        // complete, since Total agrees, and far too small to be believed at once: 12 of 24 go
        for (long added = 2001; added <= 2012; added++) {
            fewer.sandbox()
                    .timetable()
                    .add(Courses.coming(1).get(0).numbered(added).named("Nouveau " + added));
        }
        assertThat(workplace.sync("fewer", "yesterday").exit()).isZero();
        fewer.sandbox()
                .faults()
                .add(Fault.on(Server.TIMETABLE, Effect.of(Kind.HALF_TOTAL))
                        .path("/Home/Get")
                        .always());
        yesterday
                .sandbox()
                .faults()
                .add(Fault.on(Server.TIMETABLE, Effect.of(Kind.YESTERDAY))
                        .path("/Home/Get")
                        .skip(1)
                        .times(1));

        Outcome once = workplace.sync();
        assertThat(counts(once.json("empty"))).isEqualTo(Map.of("waiting", 12));
        assertThat(counts(once.json("yesterday"))).isEqualTo(Map.of("unchanged", 12, "waiting", 3));
        Outcome twice = workplace.sync();

        assertThat(twice.exit()).as("%s", twice).isEqualTo(1);
        assertThat(counts(twice.json("empty"))).isEqualTo(Map.of("held", 12));
        assertThat(counts(twice.json("fewer"))).isEqualTo(Map.of("held", 12, "unchanged", 12));
        assertThat(counts(twice.json("yesterday"))).as("they came back").isEqualTo(Map.of("unchanged", 15));
        assertThat(empty.events()).isEqualTo(before.get("empty"));
        assertThat(fewer.events()).hasSize(24);
        assertThat(workplace
                        .run("plan", "--format", "json", "empty")
                        .json("empty")
                        .at("/held/0/reason")
                        .asText())
                .isEqualTo("empty-answer");
        assertThat(workplace
                        .run("plan", "fewer", "--format", "json")
                        .json("fewer")
                        .at("/held/0/reason")
                        .asText())
                .isEqualTo("too-many");
    }

    @Test
    void anUnreadableRowProtectsItsEventAndOneWithoutNumberAllOfThem() {
        Person numbered = person("numbered");
        Person anonymous = person("anonymous");
        workplace.sync();
        for (Person person : List.of(numbered, anonymous)) {
            person.sandbox().timetable().cancel(1001);
            person.sandbox().timetable().cancel(1002);
        }
        numbered.sandbox()
                .timetable()
                .addRaw("{\"NoCours\":1001,\"Commentaire\":\"Cours n° 1\",\"Start\":\"hier\",\"End\":null}");
        anonymous.sandbox().timetable().addRaw("{\"Commentaire\":\"Cours n° 1\",\"Start\":\"hier\"}");

        Outcome first = workplace.sync();
        Outcome second = workplace.sync();

        assertThat(first.exit()).isEqualTo(1);
        assertThat(counts(second.json("numbered"))).isEqualTo(Map.of("deleted", 1, "failed", 1, "unchanged", 10));
        assertThat(Courses.calendar(numbered)).containsKey(1001L).doesNotContainKey(1002L);
        assertThat(second.json("anonymous").get("deleted").asInt()).isZero();
        assertThat(anonymous.events()).hasSize(12);
        assertThat(workplace.errors(numbered).lines())
                .as("one entry, however often it fails")
                .hasSize(1)
                .first()
                .asString()
                .contains("NoCours 1001");
        assertThat(workplace.errors(anonymous)).contains("aucune suppression");

        anonymous.sandbox().timetable().removeRaw();
        workplace.sync("anonymous");
        assertThat(counts(workplace.sync("anonymous").json("anonymous")))
                .isEqualTo(Map.of("deleted", 2, "unchanged", 10));
        assertThat(workplace.errors(anonymous)).contains("résolu");
    }

    @Test
    void aCalendarThatCannotBeReadToItsEndStopsTheRunWithExit4() {
        Map<String, Person> persons = List.of(
                        "html", "truncated", "cut", "status503", "endless", "unknown", "key", "secret", "secondpage")
                .stream()
                .collect(Collectors.toMap(
                        name -> name, name -> workplace.person(name, 12), (a, b) -> a, LinkedHashMap::new));
        persons.get("secondpage").sandbox().timetable().replaceAll(Courses.coming(120));
        workplace.sync();
        Map<String, List<ObjectNode>> before =
                persons.values().stream().collect(Collectors.toMap(Person::name, Person::events));
        Map.of(
                        "html",
                        Effect.of(Kind.HTML),
                        "truncated",
                        Effect.of(Kind.TRUNCATED),
                        "cut",
                        Effect.of(Kind.CUT),
                        "status503",
                        Effect.status(503))
                .forEach((name, effect) -> persons.get(name)
                        .sandbox()
                        .faults()
                        .add(Fault.on(Server.ECAL, effect).always()));
        persons.get("secondpage")
                .sandbox()
                .faults()
                .add(Fault.on(Server.ECAL, Effect.status(500))
                        .containing("page=2")
                        .always());
        persons.get("endless").sandbox().set(Switch.PAGES, "endless");
        persons.get("unknown").with("ecal_calendar_id", "ffffffffffffffffffffffff");
        persons.get("key").with("ecal_api_key", "une-autre");
        persons.get("secret").with("ecal_api_secret", "un-autre");
        persons.values().forEach(person -> {
            person.sandbox().timetable().cancel(1001);
            person.sandbox().timetable().changeRoom(1002, "Z999");
            person.sandbox().log().clear();
        });

        Outcome broken = workplace.sync();

        assertThat(broken.exit()).isEqualTo(4);
        persons.forEach((name, person) -> {
            assertThat(broken.json(name).at("/error/kind").asText())
                    .as("%s: %s", name, broken.json(name))
                    .isEqualTo("ecal");
            assertThat(person.writes()).as(name).isZero();
            assertThat(person.events()).as(name).isEqualTo(before.get(name));
            assertThat(workplace.errors(person)).as(name).contains("ECAL");
        });
        for (String forbidden : List.of("key", "secret")) {
            assertThat(broken.json(forbidden).at("/error/message").asText())
                    .contains("403", "ecal_api_secret", "ecal_api_key", "ecal_calendar_id");
        }
        assertThat(persons.get("cut").sandbox().log().requests(Server.ECAL))
                .as("asked, and twice more")
                .hasSize(3);
    }
}
