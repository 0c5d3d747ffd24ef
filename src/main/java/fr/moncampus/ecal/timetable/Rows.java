package fr.moncampus.ecal.timetable;

import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.timetable.Timetable.Unreadable;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a source's route leaves in the body, as a timetable: one that is complete, or a list of maps with the fields {@code key}, {@code name},
 * {@code start}, {@code end}, {@code room}, {@code teacher}, {@code group} and {@code link}. Nothing else is taken for an empty one.
 */
public final class Rows {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private Rows() {}

    /** @throws SourceException when it is neither */
    public static Timetable timetable(Object body) {
        if (body instanceof Timetable timetable) {
            return timetable;
        }
        if (!(body instanceof List<?> rows)) {
            throw new SourceException(
                    "La source n'a pas donné d'emploi du temps : sa route doit laisser une liste de cours, même vide,"
                            + " ou échouer (docs/write-your-own.md). Rien n'a été changé.");
        }
        List<Course> courses = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Map<?, ?> row = rows.get(i) instanceof Map<?, ?> map ? map : Map.of();
            try {
                courses.add(course(row));
            } catch (DateTimeException e) {
                unreadable.add(new Unreadable(i + 1, text(row, "key"), e.getMessage()));
            }
        }
        return new Timetable(List.copyOf(courses), List.copyOf(unreadable));
    }

    private static Course course(Map<?, ?> row) {
        String name = text(row, "name");
        if (name == null) {
            throw new DateTimeException("la séance n'a pas de nom (name)");
        }
        LocalDateTime start = wall(row, "start");
        LocalDateTime end = wall(row, "end");
        if (end.isBefore(start)) {
            throw new DateTimeException("la séance finit avant de commencer");
        }
        return new Course(
                text(row, "key"),
                name,
                text(row, "room"),
                text(row, "teacher"),
                text(row, "group"),
                text(row, "link"),
                start,
                end);
    }

    /** With an offset, the moment; without one, what a clock in Paris shows. */
    private static LocalDateTime wall(Map<?, ?> row, String field) {
        String text = text(row, field);
        if (text == null) {
            throw new DateTimeException("la séance n'a pas d'heure (" + field + ")");
        }
        String iso = text.replaceFirst("(?<=\\d) (?=\\d)", "T");
        try {
            LocalDateTime wall = iso.matches(".*(Z|[-+]\\d\\d:?\\d\\d)")
                    ? OffsetDateTime.parse(iso).atZoneSameInstant(PARIS).toLocalDateTime()
                    : LocalDateTime.parse(iso);
            if (wall.getYear() >= 1900 && wall.getYear() <= 9999) {
                return wall.truncatedTo(ChronoUnit.SECONDS);
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw new DateTimeException(
                "une heure (" + field + ") est illisible : « " + Text.cut(text, 40) + " » ; écrivez 2026-09-14T09:00");
    }

    /** Null for what says nothing. */
    private static String text(Map<?, ?> row, String field) {
        Object value = row.get(field);
        return value == null ? null : Text.clean(value.toString());
    }
}
