package fr.moncampus.ecal.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * One person's timetable into one calendar, valid in every part.
 *
 * @param name       the file's base name; route ids, JMX names, locks and files carry it
 * @param source     the file it was read from
 * @param label      {@code instance_name}, for people only; the name when there is none
 * @param errorFile  null for the default, {@code errors_<name>.txt} in the data folder
 * @param notifyUrl  where runs are announced; null for nowhere
 * @param parameters the keys that are not ours, for routes that users extend
 */
public record Configuration(
        String name,
        Path source,
        String label,
        School school,
        Calendar calendar,
        Schedule schedule,
        Rules rules,
        Path errorFile,
        Secret notifyUrl,
        Map<String, String> parameters) {

    /**
     * Where the courses come from, and who asks for them.
     *
     * @param timetable origin of the timetable (scheme, host, port), without a path
     * @param cas       the login page
     */
    public record School(URI timetable, URI cas, String username, Secret password, DayRule start, DayRule end) {}

    /**
     * Where the events go, and what they look like there.
     *
     * @param ecal        base address of ECAL's API, without a trailing slash
     * @param concurrency how many writes are under way at once
     * @param alert       ECAL's reminder, such as {@code 15M}
     * @param teamsLink   false leaves Teams links out: they can contain the login
     */
    public record Calendar(
            URI ecal, Secret apiKey, Secret apiSecret, String id, int concurrency, String alert, boolean teamsLink) {}

    /**
     * When a run happens.
     *
     * @param cron a Quartz cron expression in {@code zone}; where the file says second 0, the configuration's own second
     * @param zone also that of relative days
     */
    public record Schedule(String cron, ZoneId zone) {}

    /** The days of a run that happens today, seen from the schedule's zone. */
    public Window window(LocalDate today) {
        return new Window(school.start().on(today), school.end().on(today));
    }

    /** The schedule's next moment. @return null when there is none left */
    public Instant nextRun(Instant after) {
        return Schedules.next(schedule.cron(), schedule.zone(), after);
    }

    /** Who owns the events that this configuration writes: the 8 hexadecimal digits in their references. */
    public String owner() {
        String identity = school.username().strip().toLowerCase(Locale.ROOT) + "@"
                + school.timetable().getHost().toLowerCase(Locale.ROOT) + "|" + calendar.id();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
