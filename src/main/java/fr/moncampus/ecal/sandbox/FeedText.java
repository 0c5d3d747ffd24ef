package fr.moncampus.ecal.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One feed, written as the program of a dialect writes it: its UIDs, labels and habits, and what goes wrong with it. */
final class FeedText {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
    private static final int WIDTH = 75;

    private final String dialect;
    private final String trouble;
    private final Instant exported;
    private final StringBuilder text = new StringBuilder();
    private int events;

    FeedText(String dialect, String trouble, Instant exported) {
        this.dialect = dialect;
        this.trouble = trouble;
        this.exported = exported;
    }

    void begin(String username) {
        line("BEGIN:VCALENDAR");
        line("VERSION:2.0");
        line(
                switch (dialect) {
                    case "hyperplanning" -> "PRODID:-//Index-Education//NONSGML HYPERPLANNING 2026//FR";
                    case "pronote" -> "PRODID:-//Index-Education//NONSGML PRONOTE 2026//FR";
                    case "ade" -> "PRODID:-//ADE/version 6.0";
                    default -> "PRODID:-//Example//Agenda//FR";
                });
        line("CALSCALE:GREGORIAN");
        line("X-WR-CALNAME;LANGUAGE=fr:" + username + " né le 01/01/2005");
        if (dialect.equals("plain")) {
            line("BEGIN:VTIMEZONE");
            line("TZID:Europe/Paris");
            line("BEGIN:DAYLIGHT");
            line("DTSTART:19810329T020000");
            line("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU");
            line("TZOFFSETFROM:+0100");
            line("TZOFFSETTO:+0200");
            line("END:DAYLIGHT");
            line("END:VTIMEZONE");
        }
        if (dialect.equals("hyperplanning")) {
            line("BEGIN:VEVENT");
            line("DTSTAMP:" + UTC.format(exported));
            line("UID:Ferie-14-Index-Education");
            line("DTSTART;VALUE=DATE:20261111");
            line("DTEND;VALUE=DATE:20261112");
            line("SUMMARY;LANGUAGE=fr:Armistice");
            line("END:VEVENT");
        }
    }

    /** @param moved since the day before: some programs lose the UID then */
    void session(Session session, boolean moved) {
        event(session, uid(session, moved), "", "");
    }

    void cancelled(Session session) {
        switch (dialect) {
            case "hyperplanning" ->
                event(
                        session,
                        "COURSANNULE-" + (session.noCours() + 700_000) + "-Index-Education",
                        "Annulation : ",
                        "");
            case "pronote" -> event(session, uid(session, false), "", "Cours annulé");
            case "plain" -> event(session, uid(session, false), "", "STATUS");
            default -> {
                // ADE's go without a word
            }
        }
    }

    private String uid(Session session, boolean moved) {
        return switch (trouble) {
            case "no-uids" -> "";
            case "new-uids" ->
                UUID.nameUUIDFromBytes((session.noCours() + " " + exported).getBytes(StandardCharsets.UTF_8))
                        .toString();
            case "double-uids" -> "same";
            default -> ownUid(session, moved);
        };
    }

    private String ownUid(Session session, boolean moved) {
        long id = session.noCours();
        return switch (dialect) {
            case "hyperplanning" ->
                "Cours-" + (moved ? id + 900_000 : id) + "-" + session.start().get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)
                        + "-3-Index-Education";
            case "pronote" -> "Cours-" + id + "-1-" + UTC.format(exported) + "-Index-Education";
            case "ade" ->
                "ADE60" + HexFormat.of().formatHex(("2026-2027-" + id + "-2-0").getBytes(StandardCharsets.US_ASCII));
            default -> id + "@example.org";
        };
    }

    private void event(Session session, String uid, String prefix, String category) {
        boolean odd = ++events == 3;
        line("BEGIN:VEVENT");
        line("DTSTAMP:" + UTC.format(exported));
        line("LAST-MODIFIED:" + UTC.format(exported));
        line("SEQUENCE:" + Math.floorMod(exported.getEpochSecond(), 1000));
        if (!uid.isEmpty()) {
            line("UID:" + uid);
        }
        line("DTSTART" + (odd && trouble.equals("bad-date") ? ":2026-13-45" : moment(session.start(), odd)));
        line("DTEND" + moment(session.end(), odd));
        line("SUMMARY;LANGUAGE=fr:" + prefix + escaped(summary(session)));
        line("LOCATION;LANGUAGE=fr:" + escaped(session.salle()));
        line("DESCRIPTION;LANGUAGE=fr:" + escaped(description(session)));
        if (category.equals("STATUS")) {
            line("STATUS:CANCELLED");
        } else if (!category.isEmpty()) {
            line("CATEGORIES:" + category);
        }
        if (odd && trouble.equals("rrule")) {
            line("RRULE:FREQ=WEEKLY;COUNT=5");
        }
        line("END:VEVENT");
    }

    private String moment(LocalDateTime wall, boolean odd) {
        if (odd && trouble.equals("bad-zone")) {
            return ";TZID=Lune/Tranquillité:" + WALL.format(wall);
        }
        return dialect.equals("plain")
                ? ";TZID=Europe/Paris:" + WALL.format(wall)
                : ":" + UTC.format(wall.atZone(Session.PARIS).toInstant());
    }

    private String summary(Session session) {
        String name = name(session);
        return dialect.equals("hyperplanning")
                ? Stream.of(name, session.prof(), session.groupe(), session.salle())
                        .filter(part -> !isEmpty(part))
                        .collect(Collectors.joining(" - "))
                : name;
    }

    private static String name(Session session) {
        String name = isEmpty(session.commentaire()) ? session.title() : session.commentaire();
        return name.strip().replaceAll("\\s+", " ");
    }

    private String description(Session session) {
        return switch (dialect) {
            case "hyperplanning" ->
                field("Matière : ", name(session))
                        + field("Enseignant(s) : ", session.prof())
                        + field("TD : ", session.groupe())
                        + field("Salle(s) : ", session.salle());
            case "pronote" ->
                (field("Matière : ", name(session))
                                + field("Professeur : ", session.prof())
                                + field("Classe : ", session.groupe()))
                        .strip()
                        .replace("&", "&amp;")
                        .replace("è", "&egrave;");
            case "ade" ->
                "\n" + field("", session.groupe()) + field("", session.prof()) + "(Exporté le:" + UTC.format(exported)
                        + ")\n";
            default -> (field("Intervenant : ", session.prof()) + field("Groupe : ", session.groupe())).strip();
        };
    }

    /** A line of a description; none for what there is none of. */
    private static String field(String label, String value) {
        return isEmpty(value) ? "" : label + value + "\n";
    }

    private static boolean isEmpty(String value) {
        return value == null || value.isBlank();
    }

    private static String escaped(String value) {
        return value == null
                ? ""
                : value.replace("\\", "\\\\")
                        .replace(";", "\\;")
                        .replace(",", "\\,")
                        .replaceAll("\\R", "\\\\n");
    }

    /** Folded at characters, not octets, as the real ones do. */
    private void line(String content) {
        String rest = content;
        while (rest.length() > WIDTH) {
            text.append(rest, 0, WIDTH).append("\r\n ");
            rest = rest.substring(WIDTH);
        }
        text.append(rest).append("\r\n");
    }

    String end() {
        if (trouble.equals("truncated")) {
            return text.substring(0, text.length() * 2 / 3);
        }
        line("END:VCALENDAR");
        return text.toString();
    }
}
