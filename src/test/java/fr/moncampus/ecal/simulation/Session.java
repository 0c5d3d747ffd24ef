package fr.moncampus.ecal.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A course as the school knows it, and how an event of it must read: told here once more, to contradict the program. A value, whose words are
 * asked for again and again and so are kept.
 */
final class Session {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    private static final String LINK = "https://teams.example/l/meetup?id=";

    private final Long number;
    private final String name;
    private final String room;
    private final String teacher;
    private final LocalDateTime start;
    private final int minutes;
    private final boolean teams;
    private final String said;
    private final String json;

    /**
     * @param number NoCours; null when the row has none
     * @param start  on the clocks of Paris
     */
    Session(Long number, String name, String room, String teacher, LocalDateTime start, int minutes, boolean teams) {
        this.number = number;
        this.name = name;
        this.room = room;
        this.teacher = teacher;
        this.start = start;
        this.minutes = minutes;
        this.teams = teams;
        said = inWords();
        json = json(row());
    }

    Long number() {
        return number;
    }

    String name() {
        return name;
    }

    LocalDateTime start() {
        return start;
    }

    boolean teams() {
        return teams;
    }

    /** What an event of it says. */
    String said() {
        return said;
    }

    /** The row as JSON, in which nothing is missing that tells one from another. */
    String json() {
        return json;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Session session && json.equals(session.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return "Session[number=" + number + ", name=" + name + ", room=" + room + ", teacher=" + teacher + ", start="
                + start + ", minutes=" + minutes + ", teams=" + teams + "]";
    }

    Session numbered(Long other) {
        return new Session(other, name, room, teacher, start, minutes, teams);
    }

    Session named(String other) {
        return new Session(number, other, room, teacher, start, minutes, teams);
    }

    Session in(String other) {
        return new Session(number, name, other, teacher, start, minutes, teams);
    }

    Session by(String other) {
        return new Session(number, name, room, other, start, minutes, teams);
    }

    Session at(LocalDateTime other) {
        return new Session(number, name, room, teacher, other, minutes, teams);
    }

    Session linked(boolean link) {
        return new Session(number, name, room, teacher, start, minutes, link);
    }

    LocalDate day() {
        return start.toLocalDate();
    }

    LocalDateTime end() {
        return start.plusMinutes(minutes);
    }

    Instant begins() {
        return start.atZone(Simulation.PARIS).toInstant();
    }

    Instant ends() {
        return end().atZone(Simulation.PARIS).toInstant();
    }

    static String json(Map<String, Object> row) {
        try {
            return JSON.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String inWords() {
        String details = (teacher == null ? "" : "Intervenant : " + teacher + "\n") + "Nom complet du cours : G1"
                + (teams ? "\nLien Teams : " + LINK + name.length() + "&Tel=a.b" : "");
        return said(
                name.replaceAll(" +", " "),
                room == null ? "Aucune" : room,
                day().toString(),
                CLOCK.format(start),
                end().toLocalDate().toString(),
                CLOCK.format(end()),
                "Europe/Paris",
                "no",
                "15M",
                "0",
                details);
    }

    static String said(Map<String, String> event) {
        return said(
                event.get("name"),
                event.get("location"),
                event.get("startDate"),
                event.get("startTime"),
                event.get("endDate"),
                event.get("endTime"),
                event.get("timezone"),
                event.get("allDay"),
                event.get("alert"),
                event.get("draft"),
                event.get("details"));
    }

    private static String said(String... parts) {
        return String.join("|", parts);
    }

    /** A row of the answer, with the time bug. */
    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        if (number != null) {
            row.put("NoCours", number);
        }
        row.put("Commentaire", name);
        row.put("Matiere", "COMMENTAIRE");
        row.put("Salles", room == null ? "Aucune" : room);
        row.put("NomProf", teacher);
        row.put("LibelleGroupe", "G1");
        row.put(
                "TeamsUrl",
                teams ? "<a href=\"" + LINK + name.length() + "&amp;Tel=a.b\"><img src=\"img/T.png\"/></a>" : null);
        row.put("Start", bug(start));
        row.put("End", bug(end()));
        return row;
    }

    private static String bug(LocalDateTime wall) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                wall.atOffset(ZoneOffset.UTC).atZoneSameInstant(Simulation.PARIS));
    }
}
