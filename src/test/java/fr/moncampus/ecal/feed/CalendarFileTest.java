package fr.moncampus.ecal.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.memory.FeedTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class CalendarFileTest {
    private static CalendarEvent event(String id, String name, String details, String start, String end) {
        return new CalendarEvent(
                id,
                "r-" + id,
                name,
                "B110",
                start.substring(0, 10),
                start.substring(11),
                end.substring(0, 10),
                end.substring(11),
                "Europe/Paris",
                false,
                details,
                "15M",
                0,
                "https://teams.example/l?a=1&b=2");
    }

    private static FeedTable.Row row(CalendarEvent event) {
        return new FeedTable.Row(event, Instant.parse("2026-09-14T06:00:00Z"));
    }

    private static String text(List<FeedTable.Row> rows) {
        return new String(CalendarFile.of("Cours", rows), StandardCharsets.UTF_8);
    }

    private static List<String> lines(List<FeedTable.Row> rows) {
        String text = text(rows);
        assertThat(text.split("\r\n"))
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
        return List.of(text.replace("\r\n ", "").split("\r\n"));
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            boolean escape = value.charAt(i) == '\\';
            char sign = value.charAt(escape ? ++i : i);
            plain.append(escape && sign == 'n' ? '\n' : sign);
        }
        return plain.toString();
    }

    /** Whatever a school writes, it comes out as it was, and ends no line, event or file. */
    @Property(tries = 300)
    void anyTextIsOneLineAndSaysWhatItSaid(@ForAll @StringLength(max = 200) String name, @ForAll String details) {
        String readable = name.replaceAll("[\\p{Cs}]", "x") + "é";
        List<String> lines = lines(List.of(row(event(
                "1",
                readable,
                details.replaceAll("[\\p{Cs}]", "x") + "END:VEVENT",
                "2026-09-14T09:00",
                "2026-09-14T10:30"))));

        String expected = readable.replaceAll("\r\n?", "\n").replaceAll("[\\x00-\\x08\\x0B-\\x1F\\x7F]", "");
        assertThat(lines.stream().filter(line -> line.startsWith("SUMMARY:")).toList())
                .singleElement()
                .satisfies(line -> assertThat(unescaped(line.substring(8))).isEqualTo(expected));
        assertThat(lines)
                .hasSameSizeAs(lines(List.of(row(event("1", "a", "b", "2026-09-14T09:00", "2026-09-14T10:30")))));
    }

    @Property(tries = 50)
    void theOrderInWhichTheyAreListedChangesNoByte(@ForAll Random random) {
        List<FeedTable.Row> rows = new ArrayList<>(IntStream.range(0, 20)
                .mapToObj(i -> row(event("e" + i, "n", "d", "2026-09-1" + i % 3 + "T09:00", "2026-09-14T10:30")))
                .toList());
        String before = text(rows);
        Collections.shuffle(rows, random);

        assertThat(text(rows)).isEqualTo(before);
    }

    @Example
    void timesAreUtcOnBothSidesOfTheClockChangeAndThroughIt() {
        assertThat(lines(List.of(row(event("1", "n", "d", "2026-10-24T23:30", "2026-10-25T04:00")))))
                .contains("DTSTART:20261024T213000Z", "DTEND:20261025T030000Z")
                .contains("LAST-MODIFIED:20260914T060000Z", "URL:https://teams.example/l?a=1&b=2", "TRIGGER:-PT15M");
        assertThat(lines(List.of(row(event("1", "n", "d", "2026-10-26T09:00", "2026-10-26T09:00")))))
                .as("an event that lasts no time has no end")
                .contains("DTSTART:20261026T080000Z")
                .noneMatch(line -> line.startsWith("DTEND"));
    }

    @Example
    void anEventThatCannotBeReadIsRefusedBeforeItTakesTheCalendarAlong() {
        assertThatThrownBy(() -> CalendarFile.tryOut(event("1", "n", "d", "2026-10-26T09:00", "2026-10-26T9h")))
                .isInstanceOf(RuntimeException.class);
    }

    @Example
    void aCalendarOfManyYearsShowsThoseThatStartLast() {
        List<FeedTable.Row> rows = IntStream.range(0, CalendarFile.MAX_EVENTS + 5)
                .mapToObj(
                        i -> row(event("e" + i, "n", "d", "%04d-09-14T09:00".formatted(2000 + i), "2026-09-14T10:30")))
                .toList();

        assertThat(lines(rows).stream().filter("BEGIN:VEVENT"::equals)).hasSize(CalendarFile.MAX_EVENTS);
        assertThat(text(rows)).doesNotContain("UID:e4@").contains("UID:e5@", "UID:e" + (rows.size() - 1) + "@");
    }
}
