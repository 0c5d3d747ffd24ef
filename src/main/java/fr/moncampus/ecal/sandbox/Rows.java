package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The rows of {@code Data}: which, in what order, and spelt how. */
final class Rows {
    private final Switches switches;
    private final Clock clock;

    Rows(Switches switches, Clock clock) {
        this.switches = switches;
        this.clock = clock;
    }

    ArrayNode between(Student student, Instant from, Instant to, boolean yesterday) {
        Timetable.Snapshot all = student.timetable().snapshot(yesterday);
        List<Session> chosen = new ArrayList<>(all.sessions());
        chosen.removeIf(session -> !isWithin(session, from, to));
        sort(chosen);
        ArrayNode data = Json.object().putArray("Data");
        for (Session session : chosen) {
            data.add(session.row(student.username(), switches.get(Switch.TEAMS_KEY), hasLinks(session)));
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

    private void sort(List<Session> sessions) {
        switch (switches.get(Switch.ROW_ORDER)) {
            case "start" -> sessions.sort(Comparator.comparing(Session::start));
            case "number" ->
                sessions.sort(Comparator.comparing(Session::noCours, Comparator.nullsFirst(Comparator.naturalOrder())));
            default -> Collections.shuffle(sessions);
        }
    }

    private boolean hasLinks(Session session) {
        return switch (switches.get(Switch.TEAMS_LINKS)) {
            case "always" -> true;
            case "never" -> false;
            default ->
                !LocalDateTime.ofInstant(clock.instant().plus(Duration.ofMinutes(30)), Session.PARIS)
                        .isBefore(session.start());
        };
    }
}
