package fr.moncampus.ecal.endtoend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.sandbox.Session;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Small timetables, and what an event says of a course: told once more here, from the issue, to contradict the program. */
final class Courses {
    static final long FIRST = 1001;

    private Courses() {}

    /** From tomorrow on, two a day; the numbers begin at {@link #FIRST}. */
    static List<Session> coming(int count) {
        LocalDate tomorrow = LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(1);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sessions.add(Session.of(
                    FIRST + i,
                    "Cours n° " + (i + 1),
                    "B" + (100 + i),
                    tomorrow.plusDays(i / 2).atTime(i % 2 == 0 ? 9 : 14, 0)));
        }
        return sessions;
    }

    /** Every field that the program is to send for a course, but for reference and calendar. */
    static Map<String, String> fields(Session course, String username, boolean teams) {
        Map<String, String> fields = new TreeMap<>();
        fields.put(
                "name",
                Stream.of(course.commentaire(), course.title(), course.matiere())
                        .filter(name -> name != null && !name.isBlank())
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("\\s+", " ")
                        .strip());
        fields.put("location", course.salle() == null ? "Aucune" : course.salle());
        fields.put("startDate", course.start().toLocalDate().toString());
        fields.put("startTime", course.start().toLocalTime().toString());
        fields.put("endDate", course.end().toLocalDate().toString());
        fields.put("endTime", course.end().toLocalTime().toString());
        fields.put("timezone", "Europe/Paris");
        fields.put("allDay", "no");
        fields.put("alert", "15M");
        fields.put("draft", "0");
        String link = course.teams().isEmpty() || !teams
                ? null
                : course.teams().get(0) + (course.teams().get(0).contains("?") ? "&" : "?") + "Tel=" + username;
        fields.put(
                "details",
                Stream.of(
                                course.prof() == null ? null : "Intervenant : " + course.prof(),
                                course.groupe() == null ? null : "Nom complet du cours : " + course.groupe(),
                                link == null ? null : "Lien Teams : " + link)
                        .filter(line -> line != null)
                        .collect(Collectors.joining("\n")));
        if (link != null) {
            fields.put("quickLink[1][name]", "Teams");
            fields.put("quickLink[1][url]", link);
        }
        return fields;
    }

    /** The calendar, without ids, by the number at the end of each reference. */
    static Map<Long, Map<String, String>> calendar(Workplace.Person person) {
        return calendar(person.events());
    }

    static Map<Long, Map<String, String>> calendar(List<ObjectNode> all) {
        Map<Long, Map<String, String>> events = new TreeMap<>();
        Set<String> owners = new HashSet<>();
        all.forEach(event -> {
            Map<String, String> fields = new TreeMap<>();
            event.properties()
                    .forEach(
                            field -> fields.put(field.getKey(), field.getValue().asText()));
            fields.keySet().removeAll(List.of("id", "calendarId"));
            String reference = fields.remove("reference");
            if (!reference.matches("mc-[0-9a-f]{8}-\\d+")) {
                throw new AssertionError("no reference of ours: " + reference);
            }
            owners.add(reference.substring(0, 11));
            if (events.put(Long.parseLong(reference.substring(12)), fields) != null || owners.size() > 1) {
                throw new AssertionError("twice, or of several owners: " + reference);
            }
        });
        return events;
    }

    static Map<Long, Map<String, String>> wanted(Workplace.Person person) {
        String username = person.keys().get("moncampus_username");
        return person.sandbox().timetable().sessions().stream()
                .collect(Collectors.toMap(
                        Session::noCours,
                        course -> fields(
                                course, username, !"false".equals(person.keys().get("teams_link"))),
                        (a, b) -> a,
                        TreeMap::new));
    }
}
