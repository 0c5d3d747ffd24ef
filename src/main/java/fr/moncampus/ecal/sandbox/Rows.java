package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rows of {@code Data}: which ones, and how their fields are written. */
final class Rows {
    private final Switches switches;

    Rows(Switches switches) {
        this.switches = switches;
    }

    ArrayNode between(Student student, Instant from, Instant to, boolean yesterday) {
        Timetable.Snapshot all = student.timetable().snapshot(yesterday);
        List<Session> chosen = new ArrayList<>(all.sessions());
        chosen.removeIf(session -> !isWithin(session, from, to));
        chosen.sort(Comparator.comparing(Session::start));
        ArrayNode data = Json.object().putArray("Data");
        for (Session session : chosen) {
            data.add(session.row(student.username(), switches.get(Switch.TEAMS_KEY)));
        }
        all.raw().forEach(data::add);
        return data;
    }

    private boolean isWithin(Session session, Instant from, Instant to) {
        ZoneId zone = switches.is(Switch.RANGE, "naive") ? ZoneOffset.UTC : Session.PARIS;
        Instant start = session.start().atZone(zone).toInstant();
        Instant end = session.end().atZone(zone).toInstant();
        return switch (switches.get(Switch.RANGE)) {
            case "inside" -> !start.isBefore(from) && !end.isAfter(to);
            case "starts" -> !start.isBefore(from) && start.isBefore(to);
            default -> end.isAfter(from) && start.isBefore(to);
        };
    }
}
