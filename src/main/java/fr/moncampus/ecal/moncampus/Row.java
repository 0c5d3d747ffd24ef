package fr.moncampus.ecal.moncampus;

import com.fasterxml.jackson.databind.JsonNode;
import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.timetable.Course;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** One row of the answer, read leniently: only a name and two times are needed. */
final class Row {
    private static final Pattern NUMBER = Pattern.compile("\\+?0*(\\d{1,18})");
    private static final Pattern WEB_ADDRESS = Pattern.compile("(?i)https?://[^\\s/?#].*");

    private Row() {}

    /** Why a row is no course, in French. */
    static final class UnreadableRowException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableRowException(String reason) {
            super(reason, null, false, false);
        }
    }

    static Course course(JsonNode row) throws UnreadableRowException {
        if (!row.isObject()) {
            throw new UnreadableRowException("la ligne n'est pas un objet JSON");
        }
        String name = Stream.of("Commentaire", "Title", "Matiere")
                .map(field -> text(row, field))
                .filter(Objects::nonNull)
                .filter(text -> !text.equals("COMMENTAIRE"))
                .findFirst()
                .orElseThrow(() -> new UnreadableRowException(
                        "la séance n'a pas de nom (Commentaire, Title et Matiere sont vides)"));
        LocalDateTime start = wall(row, "Start", "l'heure de début");
        LocalDateTime end = wall(row, "End", "l'heure de fin");
        if (end.isBefore(start)) {
            throw new UnreadableRowException("la séance finit avant de commencer");
        }
        String room = text(row, "Salles");
        return new Course(
                number(row),
                name,
                "Aucune".equalsIgnoreCase(room) ? null : room,
                text(row, "NomProf"),
                text(row, "LibelleGroupe"),
                Stream.of("TeamsUrl", "TeamsURL")
                        .map(field -> link(row, field))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                start,
                end);
    }

    /** {@code NoCours} as canonical decimal digits; null when there is none, or none that can be read. */
    static String number(JsonNode row) {
        JsonNode number = row.path("NoCours");
        if (!number.isIntegralNumber() && !number.isTextual()) {
            return null;
        }
        var digits = NUMBER.matcher(number.asText().strip());
        return digits.matches() ? new BigInteger(digits.group(1)).toString() : null;
    }

    /** The portal stores the wall clock of Paris as if it were UTC: the instant's clock in UTC is the clock on the wall. */
    private static LocalDateTime wall(JsonNode row, String field, String inWords) throws UnreadableRowException {
        String text = row.path(field).asText("");
        try {
            LocalDateTime wall = OffsetDateTime.parse(text.strip())
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime();
            if (wall.getYear() >= 1900 && wall.getYear() <= 9999) {
                return wall.truncatedTo(ChronoUnit.SECONDS);
            }
        } catch (DateTimeException e) {
            // reported below
        }
        String shown = Text.clean(text);
        throw new UnreadableRowException(inWords + " (" + field + ") "
                + (shown == null ? "manque" : "est illisible : « " + Text.cut(shown, 40) + " »"));
    }

    /** The first link of an HTML fragment, when it leads to the web. */
    private static String link(JsonNode row, String field) {
        JsonNode fragment = row.path(field);
        if (!fragment.isTextual() || fragment.textValue().isBlank()) {
            return null;
        }
        Element anchor = Jsoup.parseBodyFragment(fragment.textValue()).selectFirst("a[href]");
        String address = Text.clean(anchor == null ? fragment.textValue() : anchor.attr("href"));
        return address != null && WEB_ADDRESS.matcher(address).matches() ? address.replace(" ", "%20") : null;
    }

    private static String text(JsonNode row, String field) {
        JsonNode value = row.path(field);
        String text = value.isTextual() || value.isNumber() ? Text.clean(value.asText()) : null;
        return text == null || text.equalsIgnoreCase("null") || text.equalsIgnoreCase("none") ? null : text;
    }
}
