package fr.moncampus.ecal.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single values. Only values that cannot be a secret, even in the wrong line, are quoted in a mistake. */
final class Values {
    private static final Pattern DAY_FIRST = Pattern.compile("(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4})");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})[/.-](\\d{1,2})[/.-](\\d{1,2})(?:[T ].*)?");
    private static final Pattern SIMPLE_DURATION = Pattern.compile("(?i)(\\d{1,5})\\s*(s|m|min|h|d|j)?[a-z]*");
    private static final Duration MAX_DURATION = Duration.ofDays(366);

    private Values() {}

    static String label(String text) throws InvalidFileException {
        if (text.contains("{{") || text.contains("}}") || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidFileException(
                    "ce nom contient une accolade double ou un caractère de contrôle",
                    "écrivez un nom simple, par exemple « Emploi du temps de Léa »");
        }
        return text;
    }

    static DayRule day(String text) throws InvalidFileException {
        try {
            return text.matches("(?i)[-+]?P.*")
                    ? new DayRule.Relative(Period.parse(text))
                    : new DayRule.Fixed(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            throw new InvalidFileException(
                    "« %s » n'est pas une date qui existe".formatted(quoted(text)),
                    "écrivez par exemple " + sameDayIso(text)
                            + ", ou une distance à partir d'aujourd'hui : -P7D (il y a 7 jours), P120D (dans 120 jours)");
        }
    }

    private static String sameDayIso(String text) {
        Matcher dayFirst = DAY_FIRST.matcher(text);
        Matcher yearFirst = YEAR_FIRST.matcher(text);
        Optional<LocalDate> day = dayFirst.matches()
                ? date(dayFirst.group(3), dayFirst.group(2), dayFirst.group(1))
                : yearFirst.matches()
                        ? date(yearFirst.group(1), yearFirst.group(2), yearFirst.group(3))
                        : Optional.empty();
        return day.map(LocalDate::toString).orElse("2026-09-01");
    }

    private static Optional<LocalDate> date(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Names of the time zone database only: Quartz silently takes other forms, {@code +02:00} for one, for GMT. */
    static ZoneId zone(String text) throws InvalidFileException {
        if (ZoneId.getAvailableZoneIds().contains(text)) {
            return ZoneId.of(text);
        }
        Optional<String> city = ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.toLowerCase(Locale.ROOT).endsWith("/" + text.toLowerCase(Locale.ROOT)))
                .sorted()
                .findFirst();
        String meant = city.or(() -> Suggestion.closest(text, ZoneId.getAvailableZoneIds()))
                .orElse("Europe/Paris");
        throw new InvalidFileException(
                "« %s » n'est pas un fuseau horaire connu".formatted(quoted(text)), "écrivez par exemple " + meant);
    }

    static String calendarId(String text) throws InvalidFileException {
        if (!text.matches("[0-9a-fA-F]{24}")) {
            throw new InvalidFileException(
                    "l'identifiant du calendrier n'a pas la bonne forme (%d caractères)".formatted(text.length()),
                    "copiez les 24 chiffres et lettres de a à f qu'ECAL affiche entre « Schedules » et « Events »");
        }
        return text;
    }

    static String alert(String text) throws InvalidFileException {
        if (!text.matches("\\d{1,4}[MHDW]")) {
            String meant = text.toUpperCase(Locale.ROOT).replaceAll("\\s|IN(UTE)?S?$", "");
            throw new InvalidFileException(
                    "« %s » n'est pas un rappel".formatted(quoted(text)),
                    "écrivez par exemple %s (M minutes, H heures, D jours, W semaines)"
                            .formatted(meant.matches("\\d{1,4}[MHDW]") ? meant : "15M"));
        }
        return text;
    }

    static Boolean yesOrNo(String text) throws InvalidFileException {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new InvalidFileException(
                    "« %s » n'est ni true ni false".formatted(quoted(text)), "écrivez true (oui) ou false (non)");
        }
        return Boolean.valueOf(text);
    }

    static Rules.Cancelled cancelled(String text) throws InvalidFileException {
        for (Rules.Cancelled known : Rules.Cancelled.values()) {
            if (known.name().equalsIgnoreCase(text)) {
                return known;
            }
        }
        throw new InvalidFileException(
                "« %s » n'est ni remove ni mark".formatted(quoted(text)),
                "écrivez remove (un cours annulé est retiré) ou mark (il reste sept jours sous le nom « ANNULÉ – … »)");
    }

    /** Late enough for a day to be over, early enough for what comes late to come on the same day. */
    static LocalTime evening(String text) throws InvalidFileException {
        if (text.matches("(1[2-9]|2[0-2]):[0-5]\\d")) {
            return LocalTime.parse(text);
        }
        throw new InvalidFileException(
                "« %s » n'est pas une heure entre 12:00 et 22:59".formatted(quoted(text)),
                "écrivez par exemple '19:00', à l'heure de Paris");
    }

    static int concurrency(String text) throws InvalidFileException {
        return whole(text, 1, 16, "entre 1 et 16");
    }

    static int deletes(String text) throws InvalidFileException {
        return whole(text, 0, Integer.MAX_VALUE, "à partir de 0");
    }

    private static int whole(String text, int least, int most, String range) throws InvalidFileException {
        if (text.matches("\\d{1,10}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new InvalidFileException(
                "« %s » n'est pas un nombre entier %s".formatted(quoted(text), range),
                "écrivez par exemple " + Math.max(least, 4));
    }

    static double ratio(String text) throws InvalidFileException {
        if (text.matches("[01]?\\.\\d{1,15}|[01]") && Double.parseDouble(text) <= 1) {
            return Double.parseDouble(text);
        }
        String meant = text.matches("0,\\d{1,15}")
                ? text.replace(',', '.')
                : text.matches("\\d\\d ?%") ? "0." + text.substring(0, 2) : "0.3";
        throw new InvalidFileException(
                "« %s » n'est pas un nombre entre 0 et 1".formatted(quoted(text)),
                "écrivez par exemple " + meant + ", avec un point");
    }

    static Duration duration(String text) throws InvalidFileException {
        Duration duration;
        try {
            duration = Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new InvalidFileException(
                    "« %s » n'est pas une durée".formatted(quoted(text)),
                    "écrivez par exemple %s (PT30M : 30 minutes, PT2H : 2 heures)".formatted(simpleDuration(text)));
        }
        if (duration.isNegative() || duration.compareTo(MAX_DURATION) > 0) {
            throw new InvalidFileException(
                    "« %s » n'est pas une durée entre zéro et un an".formatted(quoted(text)),
                    "écrivez par exemple PT30M (30 minutes)");
        }
        return duration;
    }

    private static String simpleDuration(String text) {
        Matcher simple = SIMPLE_DURATION.matcher(text);
        if (!simple.matches()) {
            return "PT30M";
        }
        String unit = simple.group(2) == null ? "m" : simple.group(2).toLowerCase(Locale.ROOT);
        return switch (unit) {
            case "s" -> "PT" + simple.group(1) + "S";
            case "h" -> "PT" + simple.group(1) + "H";
            case "d", "j" -> "P" + simple.group(1) + "D";
            default -> "PT" + simple.group(1) + "M";
        };
    }

    /** Enough of a value to recognise it, on one line. */
    static String quoted(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.codePointCount(0, line.length()) <= 40
                ? line
                : line.substring(0, line.offsetByCodePoints(0, 40)) + "…";
    }
}
