package fr.moncampus.ecal.ics;

import com.github.mangstadt.vinnie.VObjectProperty;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times of a feed as Paris wall clocks. A zone that is not known is never guessed. */
final class Times {
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Pattern MOMENT = Pattern.compile("(\\d{8})(?:T(\\d{4})(\\d{2})?\\d*(Z)?)?");
    private static final Pattern IANA = Pattern.compile("[A-Z][A-Za-z_]+/[A-Za-z_/-]+$");
    /** As Microsoft calls them. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "ROMANCE STANDARD TIME", "Europe/Paris",
            "W. EUROPE STANDARD TIME", "Europe/Berlin",
            "CENTRAL EUROPE STANDARD TIME", "Europe/Budapest",
            "GMT STANDARD TIME", "Europe/London",
            "GREENWICH STANDARD TIME", "Atlantic/Reykjavik",
            "UTC", "UTC",
            "GMT", "UTC",
            "CET", "Europe/Paris");

    /** Of times that name none. */
    private final ZoneId floating;

    /** @param name {@code X-WR-TIMEZONE} of the feed; null when it has none */
    Times(String name) {
        floating = name == null ? PARIS : zone(name);
    }

    /** @param end of a whole day the midnight after, as the start is the one before */
    record Span(LocalDateTime start, LocalDateTime end, boolean wholeDays) {}

    /** @throws DateTimeException with a French message, when the times cannot be read */
    Span span(Entry entry) {
        VObjectProperty start = entry.property("DTSTART");
        if (start == null) {
            throw new DateTimeException("la séance n'a pas d'heure de début (DTSTART)");
        }
        LocalDateTime from = wall(start);
        boolean wholeDays = isDay(start);
        LocalDateTime to = end(entry, from, wholeDays);
        if (to.isBefore(from)) {
            throw new DateTimeException("la séance finit avant de commencer");
        }
        return new Span(from, to, wholeDays);
    }

    private LocalDateTime end(Entry entry, LocalDateTime from, boolean wholeDays) {
        VObjectProperty end = entry.property("DTEND");
        if (end != null) {
            return wall(end);
        }
        String length = entry.text("DURATION").strip().toUpperCase(Locale.ROOT);
        if (length.isEmpty()) {
            return wholeDays ? from.plusDays(1) : from;
        }
        try {
            // weeks stand alone, as in P1W
            return length.endsWith("W")
                    ? from.plus(Period.parse(length))
                    : from.atZone(PARIS).plus(Duration.parse(length)).toLocalDateTime();
        } catch (DateTimeException | ArithmeticException e) {
            throw new DateTimeException("la durée (DURATION) est illisible");
        }
    }

    /** The day of a property such as {@code X-CALSTART}; null when there is none to be read. */
    static LocalDate day(String value) {
        if (value == null) {
            return null;
        }
        try {
            return wall(value.strip(), PARIS).toLocalDate();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isDay(VObjectProperty property) {
        return property.getValue() != null && property.getValue().strip().length() == 8;
    }

    private LocalDateTime wall(VObjectProperty property) {
        String name = property.getParameters().first("TZID");
        ZoneId zone = name == null ? floating : zone(name);
        if (zone == null) {
            throw new DateTimeException("le fuseau horaire « %s » est inconnu".formatted(name == null ? "" : name));
        }
        return wall(property.getValue() == null ? "" : property.getValue().strip(), zone);
    }

    private static LocalDateTime wall(String text, ZoneId zone) {
        Matcher moment = MOMENT.matcher(text);
        try {
            if (moment.matches()) {
                LocalDate day = LocalDate.parse(moment.group(1), DateTimeFormatter.BASIC_ISO_DATE);
                if (day.getYear() < 1900) {
                    throw new DateTimeException("year");
                }
                if (moment.group(2) == null) {
                    return day.atStartOfDay();
                }
                int second = moment.group(3) == null ? 0 : Integer.parseInt(moment.group(3));
                LocalDateTime wall = day.atTime(
                        Integer.parseInt(moment.group(2).substring(0, 2)),
                        Integer.parseInt(moment.group(2).substring(2)),
                        Math.min(second, 59));
                return wall.atZone(moment.group(4) == null ? zone : ZoneOffset.UTC)
                        .withZoneSameInstant(PARIS)
                        .toLocalDateTime();
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw new DateTimeException("une heure est illisible");
    }

    /** Null when it is unknown. */
    private static ZoneId zone(String name) {
        String bare = name.strip().replaceAll("^\"|\"$", "");
        String known = OTHER_NAMES.get(bare.toUpperCase(Locale.ROOT));
        Matcher within = IANA.matcher(bare);
        String id = known != null ? known : within.find() ? within.group() : bare;
        try {
            return ZoneId.getAvailableZoneIds().contains(id) || id.equals("UTC") ? ZoneId.of(id) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
