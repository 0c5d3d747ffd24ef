package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.timetable.Course;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an event says of a course, and how its times are told. */
class TransformTest {
    private static final String LINK = "https://teams.example/l/1?Tel=a.b";
    private static final LocalDateTime START = LocalDateTime.of(2026, 10, 6, 9, 5);
    private static final Course FULL =
            new Course("480123", "Réseaux", "B12", "MARTIN Claire", "B3 DEV", LINK, START, START.plusMinutes(90));
    private static final Course BARE = new Course(
            null,
            "Réseaux",
            null,
            null,
            null,
            null,
            START.withHour(23),
            START.withHour(23).plusMinutes(90));

    @Test
    void everyFieldOfACourseIsInItsEvent() {
        assertThat(new Transform("15M", true).wanted(List.of(FULL)))
                .containsExactly(new Wanted(
                        "480123",
                        new CalendarEvent(
                                null,
                                null,
                                "Réseaux",
                                "B12",
                                "2026-10-06",
                                "09:05",
                                "2026-10-06",
                                "10:35",
                                "Europe/Paris",
                                false,
                                "Intervenant : MARTIN Claire\nNom complet du cours : B3 DEV\nLien Teams : " + LINK,
                                "15M",
                                0,
                                LINK)));
    }

    @Test
    void whatACourseLacksIsLeftOut() {
        assertThat(new Transform("1H", true).wanted(List.of(BARE)))
                .containsExactly(new Wanted(
                        null,
                        new CalendarEvent(
                                null,
                                null,
                                "Réseaux",
                                "Aucune",
                                "2026-10-06",
                                "23:05",
                                "2026-10-07",
                                "00:35",
                                "Europe/Paris",
                                false,
                                "",
                                "1H",
                                0,
                                null)));
    }

    @Test
    void aLinkCanBeLeftOut() {
        CalendarEvent event =
                new Transform("15M", false).wanted(List.of(FULL)).get(0).event();

        assertThat(event.link()).isNull();
        assertThat(event.details()).isEqualTo("Intervenant : MARTIN Claire\nNom complet du cours : B3 DEV");
    }

    @Test
    void timesAreToldOnParisClocks() {
        CalendarEvent event =
                new Transform("15M", true).wanted(List.of(BARE)).get(0).event();
        CalendarEvent elsewhere = new CalendarEvent(
                "1", "r", "n", "l", "2026-10-06", "21:05", "2026-10-06", "22:35", "UTC", false, "", "15M", 0, null);
        CalendarEvent unreadable = new CalendarEvent(
                "1", "r", "n", "l", "bientôt", "21:05", "plus tard", "22:35", "UTC", false, "", "15M", 0, null);

        assertThat(EventTimes.start(event)).isEqualTo("2026-10-06T23:05:00+02:00");
        assertThat(EventTimes.end(event)).isEqualTo("2026-10-07T00:35:00+02:00");
        assertThat(EventTimes.start(elsewhere)).isEqualTo("2026-10-06T23:05:00+02:00");
        assertThat(EventTimes.end(elsewhere)).isEqualTo("2026-10-07T00:35:00+02:00");
        assertThat(EventTimes.start(unreadable)).isNull();
        assertThat(EventTimes.end(unreadable)).isNull();
        assertThat(EventTimes.instant(Instant.parse("2026-12-01T10:00:00.9Z"))).isEqualTo("2026-12-01T11:00:00+01:00");
    }
}
