package fr.moncampus.ecal.run;

import fr.moncampus.ecal.ecal.CalendarEvent;
import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.EventTimes;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Remembered;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Events, plans and results as people read them. */
public final class Words {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE dd/MM/yyyy", Locale.FRENCH);

    private Words() {}

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

    /** One line a run. */
    public static String summary(RunResult result) {
        List<String> parts = new ArrayList<>();
        add(parts, result.created(), "créé", "créés");
        add(parts, result.updated(), "modifié", "modifiés");
        add(parts, result.deleted(), "supprimé", "supprimés");
        parts.add(result.unchanged() + (result.unchanged() > 1 ? " inchangés" : " inchangé"));
        add(parts, result.waiting(), "en attente de confirmation", "en attente de confirmation");
        add(parts, result.held(), "retenu", "retenus");
        add(parts, result.failed(), "en échec", "en échec");
        add(parts, result.unconfirmed(), "pas encore confirmé par ECAL", "pas encore confirmés par ECAL");
        return String.join(", ", parts) + " (" + result.requests()
                + (result.requests() > 1 ? " requêtes, " : " requête, ")
                + String.format(Locale.FRENCH, "%.1f", result.millis() / 1000.0) + " s)";
    }

    private static void add(List<String> parts, int count, String one, String many) {
        if (count > 0) {
            parts.add(count + " " + (count > 1 ? many : one));
        }
    }

    /** Why something is held, and what to do. */
    public static String reason(Plan.Reason reason) {
        return switch (reason) {
            case TOO_MANY ->
                "trop de suppressions d'un coup ; « approve » les libère, sinon chacune part après 48 h d'absence";
            case EMPTY_ANSWER -> "MonCampus n'annonce plus aucun cours à venir ; seul « approve » les libère";
            case UNREADABLE_ROW ->
                "une ligne de l'emploi du temps est illisible ; aucune suppression tant qu'elle l'est";
            case CALENDAR_SHRUNK ->
                "ECAL ne montre plus une grande partie du calendrier ; création reprise dans 30 minutes si cela dure, ou par « approve »";
            case LEGACY_LEFTOVER ->
                "laissé par l'ancien outil et inconnu de l'emploi du temps ; « approve » le supprime";
        };
    }

    /** Why a change is made, for the journal. */
    static String why(Change change, Run run) {
        if (run.purpose().approved() != null) {
            return "retenu, puis libéré par approve";
        }
        return switch (change.kind()) {
            case CREATE -> "nouveau cours";
            case UPDATE -> difference(change.before(), change.after());
            case DELETE -> {
                Remembered.Absence absence =
                        run.plan().memory().absences().get(change.before().id());
                yield absence == null
                        ? "événement en double"
                        : "absent de MonCampus depuis " + EventTimes.instant(absence.since()) + " (" + absence.reads()
                                + " lectures)";
            }
        };
    }

    private static String difference(CalendarEvent before, CalendarEvent after) {
        if (!Objects.equals(before.reference(), after.reference())) {
            return "repris de l'ancien outil ou d'un autre propriétaire";
        }
        List<String> parts = new ArrayList<>();
        if (!when(before).equals(when(after))) {
            parts.add("déplacé");
        }
        if (!name(before).equals(name(after))) {
            parts.add("renommé");
        }
        if (!room(before).equals(room(after))) {
            parts.add("changé de salle");
        }
        return parts.isEmpty() ? "détails ou réglages changés" : String.join(", ", parts);
    }

    /** @param code as the run history has it */
    public static String reason(String code) {
        return Stream.of(Plan.Reason.values())
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .map(Words::reason)
                .orElse(code);
    }

    /** What waits and what is held, for the run history; empty without a plan. */
    public static List<Map<String, String>> kept(Plan plan) {
        List<Map<String, String>> kept = new ArrayList<>();
        if (plan != null) {
            plan.waiting()
                    .forEach(waiting -> kept.add(entry(
                            "waiting", event(waiting.event()), waiting.since().toString())));
            plan.held()
                    .forEach(held -> kept.add(
                            entry(held.reason().code(), event(held.change().event()), "")));
        }
        return kept;
    }

    private static Map<String, String> entry(String reason, String event, String since) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("reason", reason);
        entry.put("event", event);
        entry.put("since", since);
        return entry;
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
