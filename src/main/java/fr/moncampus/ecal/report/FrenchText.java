package fr.moncampus.ecal.report;

import fr.moncampus.ecal.time.WatchedClock;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Days, moments and counts as French people say them. */
public final class FrenchText {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.FRENCH);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM", Locale.FRENCH);
    private static final DateTimeFormatter SHORT_DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.FRENCH);

    private FrenchText() {}

    /** "1 cours", "2 événements": nothing is singular in French. */
    public static String count(long number, String one, String many) {
        return number + " " + (number > 1 || number < -1 ? many : one);
    }

    public static LocalDate today(Instant now) {
        return now.atZone(PARIS).toLocalDate();
    }

    /** "lundi 23 novembre", with the year when it is not this one; the first of a month is "1er". */
    public static String day(LocalDate day, LocalDate today) {
        return DAY.format(day).replaceFirst(" 1 ", " 1er ") + year(day, today);
    }

    /** "23 novembre". */
    public static String date(LocalDate day, LocalDate today) {
        return (day.getDayOfMonth() == 1 ? "1er" : String.valueOf(day.getDayOfMonth())) + " " + MONTH.format(day)
                + year(day, today);
    }

    /** "lun. 23 nov.". */
    public static String shortDay(LocalDate day) {
        return SHORT_DAY.format(day);
    }

    private static String year(LocalDate day, LocalDate today) {
        return day.getYear() == today.getYear() ? "" : " " + day.getYear();
    }

    /** "6 h 46". */
    public static String time(Instant instant) {
        ZonedDateTime time = instant.atZone(PARIS);
        return time.getHour() + " h " + "%02d".formatted(time.getMinute());
    }

    /** "aujourd'hui à 6 h 46", "lundi 23 novembre à 18 h 46". */
    public static String moment(Instant instant, Instant now) {
        LocalDate day = today(instant);
        LocalDate today = today(now);
        String name = day.equals(today)
                ? "aujourd'hui"
                : day.equals(today.minusDays(1)) ? "hier" : day.equals(today.plusDays(1)) ? "demain" : day(day, today);
        return name + " à " + time(instant);
    }

    /** "il y a 12 min"; a moment that lies ahead of now was noted by a clock that was. */
    public static String age(Instant instant, Instant now) {
        Duration since = Duration.between(instant, now);
        if (since.plus(WatchedClock.TOLERANCE).isNegative()) {
            return "date fausse : l'horloge de la machine était en avance";
        }
        return since.getSeconds() < 1 ? "à l'instant" : "il y a " + EventText.length(since);
    }

    /** "dans 12 min". */
    public static String until(Instant instant, Instant now) {
        Duration left = Duration.between(now, instant);
        return "dans " + EventText.length(left.isNegative() ? Duration.ZERO : left);
    }

    /** Small letters without accents, by which "reseaux" finds "Réseaux". */
    public static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }

    /** "4,2 s". */
    public static String seconds(long millis) {
        return String.format(Locale.FRENCH, "%.1f s", millis / 1000.0);
    }
}
