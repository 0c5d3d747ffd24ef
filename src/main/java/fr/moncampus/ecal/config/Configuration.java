package fr.moncampus.ecal.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One person's timetable into one calendar, valid in every part.
 *
 * @param name      the file's base name; route ids, JMX names, locks and files carry it
 * @param file      the file it was read from
 * @param label     {@code instance_name}, for people only; the name when there is none
 * @param ends      where the courses come from and where the events go
 * @param errorFile null for the default, {@code errors_<name>.txt} in the data folder
 * @param notifyUrl where runs are announced; null for nowhere
 */
public record Configuration(
        String name,
        Path file,
        String label,
        Ends ends,
        Days days,
        Events events,
        Schedule schedule,
        Rules rules,
        Path errorFile,
        Secret notifyUrl) {

    /**
     * The names of source and target, and what these need to know. Those that are ours have records of their own.
     *
     * @param school   null when the source is not MonCampus
     * @param calendar null when the target is not ECAL
     */
    public record Ends(String source, String target, School school, Calendar calendar, Keys keys) {
        /** From MonCampus to ECAL. */
        public Ends(School school, Calendar calendar) {
            this(Key.SOURCE.defaultValue(), Key.TARGET.defaultValue(), school, calendar, Keys.NONE);
        }

        private String person() {
            return school == null ? source + ":" + keys.source() : school.identity();
        }

        private String place() {
            return calendar == null ? target + ":" + keys.target() : calendar.id();
        }

        /** Two configurations for which this is the same would overwrite each other's events. */
        String personAndCalendar() {
            return person() + "|" + place().toLowerCase(Locale.ROOT);
        }

        /** False while a key is missing that says whose timetable it is, or which calendar. */
        boolean isKnown() {
            boolean person = school == null || school.username() != null && school.timetable() != null;
            return source != null && target != null && person && (calendar == null || calendar.id() != null);
        }
    }

    /**
     * Where the courses come from, and who asks for them.
     *
     * @param timetable origin of the timetable (scheme, host, port), without a path
     * @param cas       the login page
     */
    public record School(URI timetable, URI cas, String username, Secret password) {
        /** Case and spaces around a name make no other person. */
        String identity() {
            return username.strip().toLowerCase(Locale.ROOT) + "@"
                    + timetable.getHost().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Where the events go.
     *
     * @param ecal base address of ECAL's API, without a trailing slash
     */
    public record Calendar(URI ecal, Secret apiKey, Secret apiSecret, String id) {}

    /**
     * What a source or target other than ours declares, and what routes that users extend do.
     *
     * @param parameters as they are given to templates: visible everywhere
     * @param secrets    never in an exchange, a parameter or an output
     * @param source     whose timetable it is ({@link Connector#identity})
     * @param target     which calendar
     */
    public record Keys(Map<String, String> parameters, Map<String, Secret> secrets, String source, String target) {
        public static final Keys NONE = new Keys(Map.of(), Map.of(), "", "");
    }

    /** The first and the last day, as the file says them. */
    public record Days(DayRule start, DayRule end) {}

    /**
     * What events look like, and how they are written.
     *
     * @param concurrency how many writes are under way at once
     * @param alert       the reminder, such as {@code 15M}
     * @param teamsLink   false leaves links to meetings out: they can contain the login
     * @param selection   which courses have one, and under which name
     */
    public record Events(int concurrency, String alert, boolean teamsLink, Selection selection) {
        /** Of all courses. */
        public Events(int concurrency, String alert, boolean teamsLink) {
            this(concurrency, alert, teamsLink, Selection.NONE);
        }
    }

    /**
     * When a run happens.
     *
     * @param cron a Quartz cron expression in {@code zone}; where the file says second 0, the configuration's own second
     * @param zone also that of relative days
     * @param evening when in Paris it is told what has changed about tomorrow; null for never
     */
    public record Schedule(String cron, ZoneId zone, LocalTime evening) {
        /** Nothing is told in the evening. */
        public Schedule(String cron, ZoneId zone) {
            this(cron, zone, null);
        }
    }

    /** When something may be told in the evening, in Paris: a Quartz cron expression, at a second of the configuration's own; null for never. */
    public String eveningCron() {
        LocalTime hour = schedule.evening();
        return hour == null
                ? null
                : Schedules.spread("0 %d %d * * ?".formatted(hour.getMinute(), hour.getHour()), name);
    }

    public School school() {
        return ends.school();
    }

    public Calendar calendar() {
        return ends.calendar();
    }

    public String source() {
        return ends.source();
    }

    public String target() {
        return ends.target();
    }

    /** The keys that are not ours. */
    public Keys keys() {
        return ends.keys();
    }

    /** The days of a run that happens today, seen from the schedule's zone. */
    public Window window(LocalDate today) {
        return new Window(days.start().on(today), days.end().on(today));
    }

    /** The schedule's next moment. @return null when there is none left */
    public Instant nextRun(Instant after) {
        return Schedules.next(schedule.cron(), schedule.zone(), after);
    }

    /** Who owns the events that this configuration writes: the 8 hexadecimal digits in their references. */
    public String owner() {
        return digest(ends.person() + "|" + ends.place());
    }

    /** Whose timetable it is, in 8 hexadecimal digits, wherever it goes. */
    public String person() {
        return digest(ends.person());
    }

    String personAndCalendar() {
        return ends.personAndCalendar();
    }

    private static String digest(String identity) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A text that a service or a library wrote, without what of this configuration nobody may read. */
    public String conceal(String text) {
        String concealed = text;
        for (Secret secret : secrets()) {
            if (!secret.reveal().isBlank()) {
                concealed = concealed.replace(secret.reveal(), secret.toString());
            }
        }
        return concealed;
    }

    private List<Secret> secrets() {
        List<Secret> secrets = new ArrayList<>(keys().secrets().values());
        if (school() != null) {
            secrets.add(school().password());
        }
        if (calendar() != null) {
            secrets.add(calendar().apiKey());
            secrets.add(calendar().apiSecret());
        }
        if (notifyUrl != null) {
            secrets.add(notifyUrl);
        }
        return secrets;
    }
}
