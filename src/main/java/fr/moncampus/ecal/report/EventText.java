package fr.moncampus.ecal.report;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.http.Text;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Events and their changes as people read them, each on one line. */
public final class EventText {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE dd/MM/yyyy", Locale.FRENCH);

    private EventText() {}

    /** "Bases de données, lun. 14/09/2026 09:00-12:00, salle B110". */
    public static String event(CalendarEvent event) {
        return name(event) + ", " + when(event) + ", salle " + room(event);
    }

    public static String name(CalendarEvent event) {
        return Text.line(event.name(), 120);
    }

    public static String room(CalendarEvent event) {
        return Text.line(event.location(), 80);
    }

    public static String when(CalendarEvent event) {
        return day(event) + " " + times(event);
    }

    public static String day(CalendarEvent event) {
        try {
            return DAY.format(LocalDate.parse(event.startDate()));
        } catch (DateTimeParseException | NullPointerException e) {
            return Text.line(event.startDate(), 20);
        }
    }

    public static String times(CalendarEvent event) {
        return event.allDay()
                ? "toute la journée"
                : Text.line(event.startTime(), 10) + "-" + Text.line(event.endTime(), 10);
    }

    /**
     * What appears (+), what goes (-), and for an update (~) old → new of what differs.
     *
     * @param before null for a create
     * @param after  null for a delete
     */
    public static String change(CalendarEvent before, CalendarEvent after) {
        if (before == null) {
            return "+ " + event(after);
        }
        if (after == null) {
            return "- " + event(before);
        }
        return "~ " + name(after) + ", " + when(after) + " : " + difference(before, after);
    }

    /** Old → new of what differs. */
    public static String difference(CalendarEvent before, CalendarEvent after) {
        List<String> parts = new ArrayList<>();
        add(parts, "nom", name(before), name(after));
        add(parts, "horaire", when(before), when(after));
        add(parts, "salle", room(before), room(after));
        if (!parts.isEmpty()) {
            return String.join(", ", parts);
        }
        if (!Objects.equals(before.reference(), after.reference())) {
            return "repris de l'ancien outil, d'une autre source ou d'un autre propriétaire";
        }
        return Objects.equals(before.details(), after.details())
                ? "autres réglages (fuseau, rappel…)"
                : "détails (intervenant, groupe ou lien Teams)";
    }

    private static void add(List<String> parts, String what, String before, String after) {
        if (!before.equals(after)) {
            parts.add(what + " " + (before.isEmpty() ? "(vide)" : before) + " → " + after);
        }
    }

    /** A length of time, in the two largest units that say something. */
    public static String length(Duration duration) {
        if (duration.toDays() > 1) {
            return duration.toDays() + " jours";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
