package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.WeekFields;
import java.util.List;

/**
 * One row of the timetable, in the school's own terms.
 *
 * @param noCours     null for a row without a number
 * @param commentaire the name that people see; may be null, empty, or hold line breaks
 * @param matiere     often {@code COMMENTAIRE}
 * @param teams       addresses of Teams meetings, the main one first; empty for none
 * @param start       wall clock in Paris
 * @param end         wall clock in Paris
 */
public record Session(
        Long noCours,
        String commentaire,
        String title,
        String matiere,
        String groupe,
        String salle,
        String prof,
        String mode,
        List<String> teams,
        LocalDateTime start,
        LocalDateTime end) {
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    public static Session of(long noCours, String name, String room, LocalDateTime start) {
        return new Session(
                noCours,
                name,
                "G1 " + name,
                "COMMENTAIRE",
                "IPI B3 DEV",
                room,
                "MARTIN Claire",
                "Présentiel",
                List.of(),
                start,
                start.plusMinutes(90));
    }

    /** To another time; the length stays. */
    public Session at(LocalDateTime newStart) {
        return new Session(
                noCours,
                commentaire,
                title,
                matiere,
                groupe,
                salle,
                prof,
                mode,
                teams,
                newStart,
                newStart.plus(Duration.between(start, end)));
    }

    public Session in(String room) {
        return new Session(noCours, commentaire, title, matiere, groupe, room, prof, mode, teams, start, end);
    }

    public Session named(String name) {
        return new Session(noCours, name, title, matiere, groupe, salle, prof, mode, teams, start, end);
    }

    public Session by(String teacher) {
        return new Session(noCours, commentaire, title, matiere, groupe, salle, teacher, mode, teams, start, end);
    }

    public Session numbered(Long number) {
        return new Session(number, commentaire, title, matiere, groupe, salle, prof, mode, teams, start, end);
    }

    public Session withTeams(String... addresses) {
        return new Session(
                noCours, commentaire, title, matiere, groupe, salle, prof, mode, List.of(addresses), start, end);
    }

    /** The row as {@code /Home/Get} shows it to a student. */
    ObjectNode row(String username, String teamsKey) {
        ObjectNode row = Json.object();
        row.put("NoCours", noCours);
        row.put("Commentaire", commentaire);
        row.put("Matiere", matiere);
        row.put("Title", title);
        row.put("LibelleGroupe", groupe);
        row.put("Salles", salle);
        row.put("NomProf", prof);
        row.put("Start", bugged(start));
        row.put("End", bugged(end));
        row.put("StartTimezone", (String) null);
        row.put("EndTimezone", (String) null);
        row.put("IsAllDay", false);
        row.put("CoursMixteInfoBulle", mode);
        row.put("CoursMixtePicto", "img/" + ("Distanciel".equals(mode) ? "distanciel" : "presentiel") + ".png");
        row.put(teamsKey, links(username));
        row.put("ColorRed", Math.floorMod(matiere == null ? 7 : matiere.hashCode(), 256));
        row.put("ColorGreen", Math.floorMod(title == null ? 11 : title.hashCode(), 256));
        row.put("ColorBlue", Math.floorMod(prof == null ? 13 : prof.hashCode(), 256));
        row.put("NoGroupe", groupe == null ? 0 : Math.floorMod(groupe.hashCode(), 100_000));
        row.put("LibelleSemaine", "Semaine " + start.get(WeekFields.ISO.weekOfWeekBasedYear()));
        row.put("NomEcole", "IPI");
        row.put("LogoEcole", "img/logos/ipi.png");
        row.put("FondCour", "");
        row.put("Duree", Duration.between(start, end).toMinutes());
        row.put("RecurrenceRule", (String) null);
        row.put("RecurrenceID", (String) null);
        row.put("RecurrenceException", (String) null);
        row.put("Description", (String) null);
        row.put("Origine", "EDT");
        row.put("LienTrack", "");
        return row;
    }

    /** The portal's time bug: the clock in Paris is taken for UTC, and shifted to Paris once more. */
    private static String bugged(LocalDateTime wall) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                wall.atOffset(ZoneOffset.UTC).atZoneSameInstant(PARIS));
    }

    private String links(String username) {
        StringBuilder html = new StringBuilder();
        for (String address : teams) {
            String own = address + (address.contains("?") ? "&" : "?") + "Tel=" + username;
            html.append("<a href=\"")
                    .append(own.replace("&", "&amp;"))
                    .append("\" target=\"_blank\"><img src=\"img/MTeams_PRINCIPAL.png\"/></a>");
        }
        return html.isEmpty() ? null : html.toString();
    }
}
