package fr.moncampus.ecal.safety;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.config.Selection;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.moncampus.Reading;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.EventTimes;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Planner;
import fr.moncampus.ecal.sync.Remembered;
import fr.moncampus.ecal.sync.Situation;
import fr.moncampus.ecal.sync.Transform;
import fr.moncampus.ecal.sync.Wanted;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every minute of both days on which the clocks change and of each year's end, for ten years, on machines of several time zones. */
class WallTimeTest {
    private static final Window ALL_DAYS = new Window(LocalDate.of(2025, 1, 1), LocalDate.of(2035, 12, 31));
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
    private static final Duration LENGTH = Duration.ofMinutes(95);
    private final TimeZone machine = TimeZone.getDefault();

    @AfterEach
    void restore() {
        TimeZone.setDefault(machine);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UTC", "Europe/Paris", "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "Africa/Casablanca"
            })
    void everyWallTimeIsTransformedRightAndNeverRewritten(String zone) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        Map<String, LocalDateTime> walls = walls();
        List<Wanted> wanted =
                new Transform("15M", true).wanted(Reading.of(timetable(walls)).courses());

        assertThat(wanted).hasSameSizeAs(walls.keySet());
        for (Wanted each : wanted) {
            LocalDateTime start = walls.get(each.key());
            assertThat(wall(each.event().startDate(), each.event().startTime())).isEqualTo(start);
            assertThat(wall(each.event().endDate(), each.event().endTime())).isEqualTo(start.plus(LENGTH));
            assertThat(each.event().timezone()).isEqualTo("Europe/Paris");
            assertThat(OffsetDateTime.parse(EventTimes.start(each.event())).toInstant())
                    .isEqualTo(start.atZone(PARIS).toInstant());
        }

        Plan first = plan(wanted, List.of());
        assertThat(first.creates()).hasSameSizeAs(wanted);
        List<CalendarEvent> calendar = new ArrayList<>();
        for (Change change : first.creates()) {
            calendar.add(change.after().withId("%024x".formatted(calendar.size() + 1)));
        }
        Plan second = plan(wanted, calendar);
        assertThat(second.unchanged()).isEqualTo(wanted.size());
        assertThat(Stream.of(second.creates(), second.updates(), second.deletes(), second.waiting(), second.held()))
                .allMatch(List::isEmpty);
    }

    private static Plan plan(List<Wanted> wanted, List<CalendarEvent> calendar) {
        return Planner.plan(new Situation(
                "0a1b2c3d",
                Set.of("0a1b2c3d"),
                wanted,
                List.of(),
                calendar,
                Remembered.NOTHING,
                Rules.DEFAULT,
                ALL_DAYS,
                ALL_DAYS,
                NOW,
                null,
                Set.of(),
                Selection.NONE));
    }

    /** By the number of their course. */
    private static Map<String, LocalDateTime> walls() {
        Map<String, LocalDateTime> walls = new LinkedHashMap<>();
        for (int year = 2025; year < 2035; year++) {
            for (LocalDate day : List.of(
                    lastSunday(year, Month.MARCH), lastSunday(year, Month.OCTOBER), LocalDate.of(year, 12, 31))) {
                for (int minute = 0; minute < 24 * 60; minute++) {
                    walls.put(
                            String.valueOf(walls.size() + 1), day.atStartOfDay().plusMinutes(minute));
                }
            }
        }
        return walls;
    }

    private static LocalDate lastSunday(int year, Month month) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY));
    }

    /** As the portal spells it: the wall clock taken for UTC and shown in Paris. */
    private static String timetable(Map<String, LocalDateTime> walls) {
        StringBuilder rows = new StringBuilder();
        walls.forEach((number, start) -> rows.append(rows.isEmpty() ? "" : ",")
                .append("{\"NoCours\":")
                .append(number)
                .append(",\"Commentaire\":\"Cours ")
                .append(number)
                .append("\",\"Start\":\"")
                .append(bug(start))
                .append("\",\"End\":\"")
                .append(bug(start.plus(LENGTH)))
                .append("\"}"));
        return "{\"Data\":[" + rows + "],\"Total\":" + walls.size() + ",\"AggregateResults\":null,\"Errors\":null}";
    }

    private static String bug(LocalDateTime wall) {
        return wall.atOffset(ZoneOffset.UTC)
                .atZoneSameInstant(PARIS)
                .toOffsetDateTime()
                .toString();
    }

    private static LocalDateTime wall(String date, String time) {
        return LocalDateTime.parse(date + "T" + time);
    }
}
