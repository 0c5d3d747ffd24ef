package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.util.List;

/** {@code POST /_sandbox/timetable}: what the school does, named by {@code "do"}. */
final class TimetableAdmin {
    private TimetableAdmin() {}

    /** Always null: there is nothing to answer. */
    static JsonNode change(Timetable timetable, ObjectNode body) {
        switch (Admin.text(body, "do")) {
            case "move" -> timetable.move(number(body), start(body));
            case "room" -> timetable.changeRoom(number(body), Admin.optional(body, "room"));
            case "teacher" -> timetable.changeTeacher(number(body), Admin.optional(body, "teacher"));
            case "rename" -> timetable.rename(number(body), Admin.optional(body, "name"));
            case "renumber" -> timetable.renumber(number(body), Long.parseLong(Admin.text(body, "to")));
            case "drop-number" -> timetable.dropNumber(number(body));
            case "cancel" -> timetable.cancel(number(body));
            case "duplicate" -> timetable.duplicate(number(body));
            case "add" ->
                timetable.add(
                        Session.of(number(body), Admin.text(body, "name"), Admin.text(body, "room"), start(body)));
            case "raw" -> timetable.addRaw(body.path("row").toString());
            case "remove-raw" -> timetable.removeRaw();
            case "clear" -> timetable.replaceAll(List.of());
            case "end-of-day" -> timetable.endOfDay();
            default ->
                throw new IllegalArgumentException("do takes move, room, teacher, rename, renumber, drop-number, "
                        + "cancel, duplicate, add, raw, remove-raw, clear or end-of-day");
        }
        return null;
    }

    private static long number(ObjectNode body) {
        return Long.parseLong(Admin.text(body, "noCours"));
    }

    private static LocalDateTime start(ObjectNode body) {
        return LocalDateTime.parse(Admin.text(body, "start"));
    }
}
