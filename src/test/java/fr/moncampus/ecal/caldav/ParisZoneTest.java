package fr.moncampus.ecal.caldav;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What other programs read of our zone is what Java knows of it. */
class ParisZoneTest {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx");

    @Test
    void itsRulesAreThoseOfParisFrom2000To2040() throws Exception {
        Component zone = Component.read(
                        "BEGIN:VCALENDAR\r\n" + ParisZone.component().write() + "END:VCALENDAR\r\n")
                .components("VTIMEZONE")
                .get(0);
        assertThat(zone.text("TZID")).isEqualTo("Europe/Paris");

        List<ZoneOffsetTransition> described = IntStream.rangeClosed(2000, 2040)
                .boxed()
                .flatMap(year -> zone.components().stream().map(half -> transition(half, year)))
                .sorted()
                .toList();
        List<ZoneOffsetTransition> known = described.stream()
                .map(each -> ParisZone.PARIS
                        .getRules()
                        .nextTransition(each.getInstant().minusSeconds(1)))
                .toList();
        assertThat(described).hasSize(82).isEqualTo(known);
    }

    /** As RFC 5545 says to read it. */
    private static ZoneOffsetTransition transition(Component half, int year) {
        assertThat(half.value("RRULE")).matches("FREQ=YEARLY;BYMONTH=\\d+;BYDAY=-1SU");
        int month = Integer.parseInt(half.value("RRULE").replaceAll("\\D*(\\d+).*", "$1"));
        LocalDateTime first = LocalDateTime.parse(half.value("DTSTART"), TIME);
        assertThat(first).isBefore(LocalDateTime.of(2000, 1, 1, 0, 0));
        return ZoneOffsetTransition.of(
                LocalDate.of(year, month, 1)
                        .with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY))
                        .atTime(first.toLocalTime()),
                ZoneOffset.from(OFFSET.parse(half.value("TZOFFSETFROM"))),
                ZoneOffset.from(OFFSET.parse(half.value("TZOFFSETTO"))));
    }
}
