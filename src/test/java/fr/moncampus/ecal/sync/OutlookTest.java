package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Outlook.Lesson;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import fr.moncampus.ecal.timetable.Mark;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What takes place on the days to come, as it is compared in the evening. */
class OutlookTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 10, 5);
    private static final CalendarEvent LATER =
            event("mc-1", "Droit", TODAY.plusDays(1), "14:00", "Intervenant : X\nLien Teams : https://teams.example/1");
    private static final CalendarEvent EARLIER = event("mc-2", "Maths", TODAY.plusDays(1), "08:00", "");

    @Test
    void theLessonsOfADayComeInTheOrderInWhichTheyBegin() {
        CalendarEvent atOnce = event("mc-0", "Maths", TODAY.plusDays(1), "08:00", "");
        CalendarEvent before = event("mc-3", "Anglais", TODAY.plusDays(1), "08:00", "");
        Outlook outlook = of(List.of(LATER, EARLIER, atOnce, before));

        assertThat(outlook.on(TODAY.plusDays(1)))
                .containsExactly(
                        new Lesson("mc-3", "Anglais", "08:00", "B110", ""),
                        new Lesson("mc-0", "Maths", "08:00", "B110", ""),
                        new Lesson("mc-2", "Maths", "08:00", "B110", ""),
                        new Lesson("mc-1", "Droit", "14:00", "B110", "https://teams.example/1"));
        assertThat(outlook.on(TODAY)).isEmpty();
        assertThat(outlook.days()).containsOnlyKeys("2026-10-06");
    }

    @Test
    void itReachesFromTodayForThreeWeeks() {
        List<CalendarEvent> all = List.of(
                on(TODAY.minusDays(1)),
                on(TODAY),
                on(TODAY.plusDays(Outlook.MAX_DAYS - 1L)),
                on(TODAY.plusDays(Outlook.MAX_DAYS)));

        assertThat(of(all).days()).containsOnlyKeys("2026-10-05", "2026-10-25");
    }

    @Test
    void whatIsCancelledOrLastsAllDayOrHasNoTimeIsNoLesson() {
        CalendarEvent cancelled = LATER.withName(Mark.CANCELLED + "Droit");
        CalendarEvent allDay = Fixtures.copy(LATER, "Fête", "B110", "", "Europe/Paris", true, "", null, 0);
        CalendarEvent timeless = Fixtures.copy(LATER, "Droit", "B110", "bientôt", "Europe/Paris", false, "", null, 0);

        assertThat(of(List.of(cancelled, allDay, timeless)).days()).isEmpty();
    }

    @Test
    void hoursAreThoseOfParis() {
        CalendarEvent london = Fixtures.copy(EARLIER, "Maths", "B110", "23:30", "Europe/London", false, "", null, 0);

        assertThat(of(List.of(london)).on(TODAY.plusDays(2)))
                .extracting(Lesson::start)
                .containsExactly("00:30");
    }

    @Test
    void theCalendarsSpellingIsNoChange() {
        CalendarEvent spelt = EARLIER.withName("MATHS");
        Remembered memory = Remembered.NOTHING.withSpellings(Map.of("mc-2", new Spelling(EARLIER, null, spelt)));

        assertThat(Outlook.of(List.of(spelt), memory, TODAY))
                .isEqualTo(Outlook.of(List.of(EARLIER), Remembered.NOTHING, TODAY));
    }

    private static Outlook of(List<CalendarEvent> own) {
        return Outlook.of(own, Remembered.NOTHING, TODAY);
    }

    private static CalendarEvent on(LocalDate day) {
        return event("mc-" + day, "Droit", day, "09:00", "");
    }

    private static CalendarEvent event(String reference, String name, LocalDate day, String start, String details) {
        return new CalendarEvent(
                Fixtures.id(1),
                reference,
                name,
                "B110",
                day.toString(),
                start,
                day.toString(),
                "23:45",
                "Europe/Paris",
                false,
                details,
                null,
                0,
                null);
    }
}
