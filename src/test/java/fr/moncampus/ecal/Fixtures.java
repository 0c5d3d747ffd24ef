package fr.moncampus.ecal;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.DayRule;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Map;

/** What the tests of several packages start from. */
public final class Fixtures {
    public static final String CALENDAR = "64229d018723a1000e07dc9f";
    public static final String KEY = "KEY";
    public static final String SECRET = "SECRET";
    public static final String PASSWORD = "PASSWORD";

    private Fixtures() {}

    public static Configuration configuration(String name) {
        return new Configuration(
                name,
                Path.of(name + ".yml"),
                name,
                new Configuration.Ends(
                        new Configuration.School(
                                URI.create("http://127.0.0.1"),
                                URI.create("http://127.0.0.1/cas/login"),
                                "camille.martin",
                                new Secret(PASSWORD)),
                        new Configuration.Calendar(
                                URI.create("http://127.0.0.1/apiv2"), new Secret(KEY), new Secret(SECRET), CALENDAR)),
                new Configuration.Days(
                        new DayRule.Fixed(LocalDate.of(2026, 9, 1)), new DayRule.Fixed(LocalDate.of(2027, 7, 10))),
                new Configuration.Events(4, "15M", true),
                new Configuration.Schedule("0 46 6-18 * * ?", ZoneId.of("Europe/Paris")),
                Rules.DEFAULT,
                null,
                null);
    }

    /**
     * With the keys of all our sources and targets, from a week ago until in thirty days.
     *
     * @param evening null when nothing is told in the evening
     */
    public static Configuration configuration(String name, String source, String target, LocalTime evening) {
        Configuration ours = configuration(name);
        return new Configuration(
                name,
                ours.file(),
                name,
                new Configuration.Ends(
                        source,
                        target,
                        source.equals("moncampus") ? ours.school() : null,
                        target.equals("ecal") ? ours.calendar() : null,
                        new Configuration.Keys(
                                Map.of("caldav_url", "https://dav.example/" + name + "/", "caldav_user", name),
                                Map.of(
                                        "caldav_password",
                                        new Secret(PASSWORD),
                                        "ics_url",
                                        new Secret("https://school.example/" + name + ".ics")),
                                "timetable of " + name,
                                "calendar of " + name)),
                new Configuration.Days(
                        new DayRule.Relative(Period.ofDays(-7)), new DayRule.Relative(Period.ofDays(30))),
                ours.events(),
                new Configuration.Schedule(
                        ours.schedule().cron(), ours.schedule().zone(), evening),
                ours.rules(),
                null,
                null);
    }

    /** A course as it is to be written: without an id. */
    public static CalendarEvent event(String reference) {
        return new CalendarEvent(
                null,
                reference,
                "Bases de données",
                "B110",
                "2026-09-14",
                "09:00",
                "2026-09-14",
                "12:00",
                "Europe/Paris",
                false,
                "Intervenant : MARTIN Claire",
                "15M",
                0,
                null);
    }

    /** The same id and reference, on the same days. */
    public static CalendarEvent copy(
            CalendarEvent e,
            String name,
            String location,
            String startTime,
            String zone,
            boolean allDay,
            String details,
            String alert,
            int draft) {
        return new CalendarEvent(
                e.id(),
                e.reference(),
                name,
                location,
                e.startDate(),
                startTime,
                e.endDate(),
                e.endTime(),
                zone,
                allDay,
                details,
                alert,
                draft,
                e.link());
    }

    public static String id(int number) {
        return "%024x".formatted(number);
    }
}
