package fr.moncampus.ecal.endtoend;

import static fr.moncampus.ecal.endtoend.Workplace.counts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.sandbox.Session;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person has to decide: deletions that are held, events of an earlier owner, and what the original tool left. */
class ApprovalIT {
    private final Workplace workplace = new Workplace();

    @AfterEach
    void close() {
        workplace.close();
    }

    @Test
    void whatIsHeldGoesByItsChecksumAndOnlyWhileItIsStillTheSame() {
        Person person = workplace.person("lea", 30);
        workplace.sync();
        for (long number = 1001; number <= 1014; number++) {
            person.sandbox().timetable().cancel(number);
        }
        workplace.sync();
        Outcome held = workplace.sync();
        assertThat(held.exit()).as("%s", held).isEqualTo(1);
        assertThat(counts(held.json("lea"))).isEqualTo(Map.of("held", 14, "unchanged", 16));

        JsonNode shown = workplace.run("approve", "--format", "json", "lea").json("lea");
        String old = shown.get("checksum").asText();
        assertThat(shown.get("held")).hasSize(14);
        assertThat(workplace.run("approve", "lea").out()).contains("Cours n° 1,", "approve lea " + old);

        // the situation changes: one more goes, and is confirmed by two reads
        person.sandbox().timetable().cancel(1015);
        workplace.sync();
        workplace.sync();
        person.sandbox().log().clear();
        Outcome refused = workplace.run("approve", "--format", "json", "lea", old);
        assertThat(refused.exit()).as("%s", refused).isEqualTo(1);
        assertThat(person.writes()).isZero();

        String now = workplace
                .run("approve", "--format", "json", "lea")
                .json("lea")
                .get("checksum")
                .asText();
        Outcome approved = workplace.run("approve", "--format", "json", "lea", now);
        assertThat(approved.exit()).as("%s", approved).isZero();
        assertThat(counts(approved.json("lea"))).isEqualTo(Map.of("deleted", 15, "unchanged", 15));
        assertThat(Courses.calendar(person)).isEqualTo(Courses.wanted(person));
        assertThat(counts(workplace.sync().json("lea"))).isEqualTo(Map.of("unchanged", 15));
    }

    @Test
    void afterAChangeOfUsernameTheEventsAreAdoptedAndNotDoubled() {
        Person person = workplace.person("lea", 6);
        workplace.sync();
        List<String> ids = ids(person);
        String owner = person.events().get(0).get("reference").asText().substring(3, 11);
        person.sandbox()
                .school()
                .enrol("lea.durand", "autre", person.sandbox().timetable().sessions());
        person.with("moncampus_username", "lea.durand").with("moncampus_password", "autre");

        assertThat(workplace.run("check", "lea").out()).contains("adopt lea " + owner);
        Outcome shown = workplace.run("adopt", "lea", owner);
        assertThat(shown.exit()).as("%s", shown).isZero();
        assertThat(shown.out()).contains("0 à créer, 6 à modifier");
        assertThat(ids(person)).isEqualTo(ids);
        Outcome adopted = workplace.run("adopt", "--format", "json", "--yes", "lea", owner);
        assertThat(adopted.exit()).as("%s", adopted).isZero();
        assertThat(counts(adopted.json("lea"))).isEqualTo(Map.of("updated", 6));
        assertThat(ids(person)).isEqualTo(ids);
        assertThat(person.events())
                .noneMatch(event -> event.get("reference").asText().contains(owner));
        assertThat(counts(workplace.sync().json("lea"))).isEqualTo(Map.of("unchanged", 6));
    }

    @Test
    void aCalendarOfTheOriginalToolIsTakenOverWithoutDoublesOrLosses() {
        Person person = workplace.person("lea", 10);
        List<Session> courses = person.sandbox().timetable().sessions();
        for (int i = 0; i < 8; i++) {
            original(
                    person,
                    courses.get(i),
                    String.valueOf(4711 + i * 37),
                    courses.get(i).start());
        }
        original(person, courses.get(2), "99", courses.get(2).start());
        original(person, courses.get(3), "12345678", courses.get(3).start().minusDays(60));
        String stale = original(
                person,
                Session.of(1, "Cours d'un autre", "Z1", courses.get(0).start().withHour(20)),
                "55",
                courses.get(0).start().withHour(20));
        String moved = original(
                person, courses.get(8), "77", courses.get(8).start().plusDays(1).withHour(18));
        person.sandbox()
                .calendar()
                .add(Map.of(
                        "name",
                        "Dentiste",
                        "location",
                        "Ville",
                        "startDate",
                        "2026-03-01",
                        "endDate",
                        "2026-03-01",
                        "startTime",
                        "08:00",
                        "endTime",
                        "09:00",
                        "reference",
                        "42",
                        "details",
                        "rappel"));
        List<String> ids = ids(person);

        Outcome first = workplace.sync();
        Outcome second = workplace.sync();

        // eight adopted by PUT, two new; the double and the moved one go; the stale one of somebody unknown is held,
        // the dentist is not ours
        assertThat(counts(first.json("lea")))
                .as("%s", first)
                .containsEntry("updated", 8)
                .containsEntry("created", 2)
                .containsEntry("held", 1);
        assertThat(first.exit()).isEqualTo(1);
        assertThat(counts(second.json("lea")))
                .as("%s", second)
                .containsEntry("deleted", 2)
                .containsEntry("held", 1)
                .doesNotContainKeys("created", "updated");
        List<ObjectNode> ours = person.events().stream()
                .filter(event -> event.path("reference").asText().startsWith("mc-"))
                .toList();
        assertThat(ours).hasSize(10);
        assertThat(ours.stream().map(event -> event.get("id").asText()).filter(ids::contains))
                .hasSize(8);
        assertThat(ids(person)).contains(stale).doesNotContain(moved);
        assertThat(person.events()).anyMatch(event -> event.get("name").asText().equals("Dentiste"));

        person.sandbox().log().clear();
        Outcome third = workplace.sync();
        assertThat(third.exit()).isEqualTo(1);
        assertThat(person.writes()).as("silent").isZero();
        String checksum = workplace
                .run("approve", "--format", "json", "lea")
                .json("lea")
                .get("checksum")
                .asText();
        assertThat(counts(workplace
                        .run("approve", "--format", "json", "lea", checksum)
                        .json("lea")))
                .isEqualTo(Map.of("deleted", 1, "unchanged", 10));
        assertThat(workplace.sync().exit()).isZero();
        assertThat(person.events())
                .as("ten courses, the past one and the dentist")
                .hasSize(12);
    }

    /** As the original tool leaves an event: no zone, a random number as reference. */
    private static String original(Person person, Session course, String reference, LocalDateTime start) {
        Map<String, String> fields = new HashMap<>(Courses.fields(course, "x", true));
        fields.remove("timezone");
        fields.put("startDate", start.toLocalDate().toString());
        fields.put("endDate", start.toLocalDate().toString());
        fields.put("startTime", start.toLocalTime().toString());
        fields.put("endTime", start.plusMinutes(90).toLocalTime().toString());
        fields.put("reference", reference);
        return person.sandbox().calendar().add(fields);
    }

    private static List<String> ids(Person person) {
        return person.events().stream()
                .map(event -> event.get("id").asText())
                .sorted()
                .collect(Collectors.toList());
    }
}
