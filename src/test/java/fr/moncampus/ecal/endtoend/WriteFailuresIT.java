package fr.moncampus.ecal.endtoend;

import static fr.moncampus.ecal.endtoend.Workplace.counts;
import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Effect.Kind;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Request;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Switch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ECAL can do to a write, and what stands in the error file afterwards. */
class WriteFailuresIT {
    private final Workplace workplace = new Workplace();

    @AfterEach
    void close() {
        workplace.close();
    }

    private Map<String, Person> persons(String... names) {
        return List.of(names).stream()
                .collect(Collectors.toMap(
                        name -> name, name -> workplace.person(name, 8), (a, b) -> a, LinkedHashMap::new));
    }

    private static void fault(Person person, String method, Fault fault) {
        person.sandbox().faults().add(fault.method(method));
    }

    @Test
    void aCreateIsNeitherLostNorDoubledWhateverBecomesOfItsAnswer() {
        Map<String, Person> persons = persons(
                "cutafter",
                "cut",
                "cutbody",
                "status500after",
                "status503",
                "html",
                "truncated",
                "slowdown",
                "lag",
                "bare",
                "limited");
        fault(
                persons.get("cutafter"),
                "POST",
                Fault.on(Server.ECAL, Effect.of(Kind.CUT_AFTER)).times(3));
        fault(
                persons.get("cut"),
                "POST",
                Fault.on(Server.ECAL, Effect.of(Kind.CUT)).times(2));
        fault(
                persons.get("cutbody"),
                "POST",
                Fault.on(Server.ECAL, Effect.of(Kind.CUT_BODY)).times(2));
        fault(
                persons.get("status500after"),
                "POST",
                Fault.on(Server.ECAL, Effect.statusAfter(500)).times(2));
        fault(
                persons.get("status503"),
                "POST",
                Fault.on(Server.ECAL, Effect.status(503)).times(2));
        fault(
                persons.get("html"),
                "POST",
                Fault.on(Server.ECAL, Effect.of(Kind.HTML)).times(1));
        fault(
                persons.get("truncated"),
                "POST",
                Fault.on(Server.ECAL, Effect.of(Kind.TRUNCATED)).times(2));
        fault(
                persons.get("slowdown"),
                "POST",
                Fault.on(Server.ECAL, Effect.status(429).header("Retry-After", "1"))
                        .times(1));
        persons.get("lag").sandbox().set(Switch.LISTING_LAG, "3");
        persons.get("bare").sandbox().set(Switch.WRITE_ANSWER, "nothing");
        persons.get("bare").sandbox().set(Switch.CREATE_STATUS, "201");
        persons.get("limited").with("ecal_concurrency", "2");

        Outcome first = workplace.sync();
        persons.values().forEach(person -> person.sandbox().faults().clear());
        Outcome second = workplace.sync();
        Outcome third = workplace.sync();

        assertThat(third.exit()).as("%s%s", first, second).isZero();
        persons.forEach((name, person) -> {
            if (!name.equals("html")) {
                assertThat(first.json(name).get("failed").asInt())
                        .as("%s: %s", name, first)
                        .isZero();
                assertThat(Courses.calendar(person)).as(name).isEqualTo(Courses.wanted(person));
                assertThat(second.json(name).get("created").asInt())
                        .as("%s, again: %s", name, second)
                        .isZero();
            }
            assertThat(person.events().stream()
                            .map(event -> event.get("reference").asText()))
                    .as(name)
                    .doesNotHaveDuplicates();
        });
        assertThat(first.json("slowdown").get("millis").asLong())
                .as("it waited as it was told")
                .isGreaterThanOrEqualTo(1000);
        assertThat(first.json("lag").get("unconfirmed").asInt())
                .as("%s", first.json("lag"))
                .isPositive();
        assertThat(persons.get("limited").sandbox().log().counter(Server.ECAL).mostAtOnce())
                .isBetween(1, 2);
    }

    @Test
    void conflictsAndMissingEventsAreSettledInTheSameRun() {
        Map<String, Person> persons = persons("gone", "conflict");
        workplace.sync();
        Person gone = persons.get("gone");
        gone.sandbox().timetable().changeRoom(1001, "C1");
        gone.sandbox().timetable().cancel(1002);
        workplace.sync("gone");
        gone.sandbox().timetable().changeRoom(1003, "C3");
        // the update becomes a create, which ECAL calls a conflict, and so an update after all; what is gone already
        // counts as deleted
        fault(gone, "PUT", Fault.on(Server.ECAL, Effect.status(404)));
        fault(gone, "DELETE", Fault.on(Server.ECAL, Effect.statusAfter(404)));
        // an event of another calendar of the account bears the reference already: it is left alone, and the next one
        // taken
        Person conflict = persons.get("conflict");
        conflict.sandbox().set(Switch.REFERENCE_SCOPE, "account");
        String reference = conflict.events().get(0).get("reference").asText().replaceFirst("\\d+$", "3001");
        conflict.sandbox().enrol("autre.personne", "x", List.of());
        conflict.sandbox()
                .calendar("autre.personne")
                .add(Map.of(
                        "reference",
                        reference,
                        "name",
                        "Autre",
                        "location",
                        "A",
                        "startDate",
                        "2026-01-01",
                        "endDate",
                        "2026-01-01",
                        "allDay",
                        "yes"));
        var foreign = conflict.sandbox().calendar("autre.personne").events();
        conflict.sandbox()
                .timetable()
                .add(Courses.coming(1).get(0).numbered(3001L).named("Nouveau"));

        Outcome outcome = workplace.sync();

        assertThat(outcome.exit()).as("%s", outcome).isZero();
        assertThat(counts(outcome.json("gone"))).isEqualTo(Map.of("updated", 1, "deleted", 1, "unchanged", 6));
        assertThat(posts(gone)).as("eight, and the one for the update").hasSize(9);
        assertThat(Courses.calendar(gone)).isEqualTo(Courses.wanted(gone));
        assertThat(outcome.json("conflict").get("created").asInt()).isEqualTo(1);
        assertThat(conflict.events().stream()
                        .map(event -> event.get("reference").asText()))
                .anyMatch(each -> each.startsWith(reference + "-"))
                .doesNotContain(reference);
        assertThat(conflict.sandbox().calendar("autre.personne").events()).isEqualTo(foreign);
        assertThat(counts(workplace.sync("conflict").json("conflict"))).isEqualTo(Map.of("unchanged", 9));
    }

    @Test
    void aRefusedChangeIsOneEntryInAPrivateFileUntilItIsCured() throws Exception {
        Map<String, Person> persons = persons("invalid", "forbidden", "forbiddenonce", "outage", "elsewhere");
        fault(
                persons.get("invalid"),
                "POST",
                Fault.on(
                                Server.ECAL,
                                Effect.status(400).body("{\"status\":\"400\",\"statusLong\":\"location is too long\"}"))
                        .containing("-1003\"")
                        .always());
        fault(
                persons.get("forbidden"),
                "POST",
                Fault.on(Server.ECAL, Effect.status(403)).always());
        fault(
                persons.get("forbiddenonce"),
                "POST",
                Fault.on(Server.ECAL, Effect.status(403)).containing("-1004\"").always());
        fault(
                persons.get("outage"),
                "POST",
                Fault.on(Server.ECAL, Effect.status(500)).containing("-1005\"").always());
        persons.get("elsewhere")
                .with(
                        "error_file_path",
                        workplace
                                .folder()
                                .resolve("journal de Léa")
                                .resolve("erreurs d'été.txt")
                                .toString());
        fault(
                persons.get("elsewhere"),
                "POST",
                Fault.on(Server.ECAL, Effect.status(400)).containing("-1001\"").always());
        persons.get("forbidden").with("ecal_concurrency", "1");
        // a create that got no clear answer would not be repeated for a quarter of an hour
        persons.get("outage").with("settle", "PT0S");

        Outcome outcome = workplace.sync();
        Outcome again = workplace.sync();

        assertThat(outcome.exit()).as("%s", outcome).isEqualTo(4);
        for (String name : List.of("invalid", "forbiddenonce", "outage", "elsewhere")) {
            assertThat(counts(outcome.json(name)))
                    .as("%s: the others go on", name)
                    .containsEntry("created", 7)
                    .containsEntry("failed", 1);
            assertThat(counts(again.json(name)))
                    .as(name)
                    .containsEntry("unchanged", 7)
                    .containsEntry("failed", 1);
        }
        assertThat(outcome.json("forbidden").at("/error/kind").asText()).isEqualTo("ecal");
        assertThat(posts(persons.get("forbidden")))
                .as("three in a row end each run")
                .hasSize(6);
        String invalid = workplace.errors(persons.get("invalid"));
        assertThat(invalid.lines()).hasSize(1);
        assertThat(invalid)
                .contains(
                        " | invalid | passage ",
                        "création",
                        "Cours n° 3",
                        "400",
                        "location is too long",
                        "location=B102",
                        "timezone=Europe/Paris",
                        "nouvel essai au prochain passage");
        assertThat(ZonedDateTime.parse(invalid.substring(0, invalid.indexOf(' '))))
                .isNotNull();
        assertThat(workplace.errors(persons.get("outage")).lines()).hasSize(1);

        persons.values().forEach(person -> person.sandbox().faults().clear());
        Outcome cured = workplace.sync();
        assertThat(cured.exit()).as("%s", cured).isZero();
        persons.values()
                .forEach(person ->
                        assertThat(Courses.calendar(person)).as(person.name()).isEqualTo(Courses.wanted(person)));
        assertThat(workplace.errors(persons.get("invalid")).lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("résolu");
        workplace.sync();
        assertThat(workplace.errors(persons.get("invalid")).lines())
                .as("said once")
                .hasSize(2);
        assertThat(workplace.run("errors", "invalid").out()).isEqualTo(workplace.errors(persons.get("invalid")));

        assertThat(permissions(workplace.data())).isEqualTo("rwx------");
        assertThat(permissions(workplace.data().resolve("moncampus-ecal.db"))).isEqualTo("rw-------");
        try (Stream<Path> files = Files.walk(workplace.folder())) {
            List<Path> errors = files.filter(
                            file -> file.getFileName().toString().startsWith("err")
                                    && file.toString().contains("err")
                                    && !file.getFileName().toString().startsWith("err-"))
                    .toList();
            assertThat(errors)
                    .hasSize(5)
                    .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
            Path accented = errors.stream()
                    .filter(file -> !file.startsWith(workplace.data()))
                    .findFirst()
                    .orElseThrow();
            assertThat(Workplace.read(accented).lines()).hasSize(2);
        }
    }

    private static List<Request> posts(Person person) {
        return person.sandbox().log().requests(Server.ECAL, "POST");
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
