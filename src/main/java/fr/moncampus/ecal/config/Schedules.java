package fr.moncampus.ecal.config;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.zip.CRC32;
import org.quartz.CronExpression;

/** Quartz cron expressions, and what somebody probably meant who wrote a Unix one. */
final class Schedules {
    private static final String EXAMPLE = "0 46 6-18 * * ? (chaque jour à 6 h 46, 7 h 46, … 18 h 46)";
    private static final String FIELDS =
            "six champs : secondes minutes heures jour-du-mois mois jour-de-semaine, dont un des deux jours est « ? »";
    private static final List<String> UNIX_DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    private static final int SECONDS = 60;

    private Schedules() {}

    static String cron(String text, Instant now) throws InvalidFileException {
        Optional<CronExpression> expression = parse(text);
        if (expression.isEmpty()) {
            String problem = text.split("\\s+").length == 5
                    ? "« %s » est une expression cron d'Unix (cinq champs), il en faut une de Quartz"
                    : "« %s » n'est pas une expression cron de Quartz";
            throw new InvalidFileException(
                    problem.formatted(Values.quoted(text)),
                    "écrivez " + meant(text).orElse(EXAMPLE) + " : " + FIELDS);
        }
        if (!fires(expression.get(), now)) {
            throw new InvalidFileException(
                    "« %s » n'arrive plus jamais".formatted(Values.quoted(text)), "écrivez par exemple " + EXAMPLE);
        }
        return text;
    }

    /**
     * Second 0 is what everybody writes who does not think of seconds: it becomes one that depends on the name, so that many
     * configurations with one schedule do not all begin at the same moment, and that each keeps from start to start.
     */
    static String spread(String cron, String name) {
        String[] fields = cron.strip().split("\\s+", 2);
        if (!fields[0].matches("0+")) {
            return cron;
        }
        CRC32 hash = new CRC32();
        hash.update(name.getBytes(StandardCharsets.UTF_8));
        return hash.getValue() % SECONDS + " " + fields[1];
    }

    /** @return null when a valid expression never fires again */
    static Instant next(String cron, ZoneId zone, Instant after) {
        CronExpression expression = parse(cron).orElseThrow();
        expression.setTimeZone(TimeZone.getTimeZone(zone));
        Date next = expression.getNextValidTimeAfter(Date.from(after));
        return next == null ? null : next.toInstant();
    }

    private static boolean fires(CronExpression expression, Instant now) {
        return expression.getNextValidTimeAfter(Date.from(now)) != null;
    }

    private static Optional<CronExpression> parse(String text) {
        try {
            return Optional.of(new CronExpression(text));
        } catch (ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> meant(String text) {
        String[] fields = text.split("\\s+");
        if (fields.length == 5) {
            fields = ("0 " + String.join(" ", fields)).split(" ");
            fields[5] = named(fields[5]);
        }
        if (fields.length != 6) {
            return Optional.empty();
        }
        int open = fields[5].equals("*") ? 5 : 3;
        fields[open] = fields[open].equals("*") ? "?" : fields[open];
        return Optional.of(String.join(" ", fields))
                .filter(quartz -> parse(quartz).isPresent());
    }

    /** Unix counts the days of the week from 0 (Sunday), Quartz from 1: names mean the same to both. */
    private static String named(String unixDays) {
        return unixDays.contains("/")
                ? unixDays
                : Arrays.stream(unixDays.split("(?<=[,-])|(?=[,-])"))
                        .map(part -> part.matches("[0-7]") ? UNIX_DAYS.get(Integer.parseInt(part)) : part)
                        .reduce("", String::concat);
    }
}
