package fr.moncampus.ecal.caldav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An event of ours, from the plan to the text and back, with what a person does to the text in between. */
class CalendarObjectTest {
    private static final Instant NOW = Instant.parse("2026-10-05T06:46:00Z");
    private static final String REFERENCE = "mc-0a1b2c3d-480123";
    private static final String HREF = "/dav/a.ics";

    private static CalendarObject object(String text) throws Component.UnreadableException {
        return CalendarObject.of(HREF, "\"1\"", text);
    }

    private static CalendarEvent with(CalendarEvent event, String name, String details) {
        return new CalendarEvent(
                HREF,
                event.reference(),
                name,
                event.location(),
                event.startDate(),
                event.startTime(),
                event.endDate(),
                event.endTime(),
                event.timezone(),
                event.allDay(),
                details,
                event.alert(),
                0,
                null);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("abcéœ漢 ,;:\\\"'^n\n<>&=%")
                .withChars('\u00A0', '…')
                .ofMaxLength(200)
                .map(text -> text.replace("é", "é🎓").replace("^", "^" + " ".repeat(90)));
    }

    /** Whatever signs it has, however long its lines: they are folded at 75 octets (RFC 5545, 3.1), in the middle of white space too. */
    @Property
    void whatIsWrittenIsReadAsItWas(@ForAll("texts") String name, @ForAll("texts") String details) throws Exception {
        CalendarEvent event = with(Fixtures.event(REFERENCE), name, details);
        String text = CalendarObject.text(event, NOW);

        assertThat(object(text).event()).isEqualTo(event);
        assertThat(text.lines())
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
    }

    /** A person writes lines of a description wherever; ours change beneath, and theirs are all there in their order. */
    @Property
    void linesOfAPersonOutliveEveryChangeOfOurs(
            @ForAll("texts") String first, @ForAll("texts") String second, @ForAll int at) throws Exception {
        CalendarEvent event = Fixtures.event(REFERENCE);
        List<String> lines = new ArrayList<>(List.of("Intervenant : MARTIN Claire", "Nom complet : B3"));
        CalendarEvent before = with(event, event.name(), String.join("\n", lines));
        Component calendar = Component.read(CalendarObject.text(before, NOW));
        int place = Math.floorMod(at, 3);
        lines.add(place, "P1 " + first.replace("\n", " "));
        lines.add(Math.min(lines.size(), place + 2), "P2 " + second.replace("\n", " "));
        calendar.components("VEVENT").get(0).setText("DESCRIPTION", String.join("\n", lines));

        CalendarObject noted = object(calendar.write());
        assertThat(noted.event()).as("a note is no change").isEqualTo(before);
        CalendarEvent after = with(event, "Autre", "Intervenant : PETIT Paul");
        String patched = noted.patched(after, NOW);
        String description = Component.read(patched).components("VEVENT").get(0).text("DESCRIPTION");
        assertThat(object(patched).event()).isEqualTo(after);
        assertThat(description.lines().map(String::strip).toList())
                .containsSubsequence(
                        ("P1 " + first.replace("\n", " ")).strip(), ("P2 " + second.replace("\n", " ")).strip())
                .contains("Intervenant : PETIT Paul")
                .doesNotContain("Intervenant : MARTIN Claire", "Nom complet : B3");
    }

    @Test
    void wholeDaysEndOnTheirLastDay() throws Exception {
        CalendarEvent days = new CalendarEvent(
                HREF,
                REFERENCE,
                "Stage",
                "Aucune",
                "2026-10-24",
                null,
                "2026-10-30",
                null,
                "Europe/Paris",
                true,
                "",
                "1D",
                0,
                null);
        String text = CalendarObject.text(days, NOW);

        assertThat(text)
                .contains("DTSTART;VALUE=DATE:20261024", "DTEND;VALUE=DATE:20261031", "TRIGGER:-P1D")
                .doesNotContain("VTIMEZONE");
        assertThat(object(text).event()).isEqualTo(days);
    }

    /** As other clients write the same moment when somebody has edited an event there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DTSTART:20260914T070000Z",
                "DTSTART;TZID=Europe/Berlin:20260914T090000",
                "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Paris:20260914T090000",
                "DTSTART:20260914T090000"
            })
    void theSameMomentIsNoChange(String start) throws Exception {
        String text = CalendarObject.text(Fixtures.event(REFERENCE), NOW).replaceFirst("(?m)^DTSTART;.*(?=\r)", start);

        assertThat(object(text).event()).isEqualTo(Fixtures.event(REFERENCE).withId(HREF));
    }

    /** Nothing is guessed: the next run writes the time anew. */
    @ParameterizedTest
    @CsvSource({"DTSTART;TZID=Romance Standard Time:20260914T090000", "DTSTART:demain"})
    void aTimeThatCannotBeReadIsNone(String start) throws Exception {
        String text = CalendarObject.text(Fixtures.event(REFERENCE), NOW).replaceFirst("(?m)^DTSTART;.*(?=\r)", start);
        CalendarObject object = object(text);

        assertThat(object.event().startTime()).isNull();
        assertThat(object(object.patched(Fixtures.event(REFERENCE), NOW))
                        .event()
                        .startTime())
                .isEqualTo("09:00");
    }

    /** A client that knows nothing of our properties, and one day of a series that a person has moved. */
    @Test
    void theUidAloneTellsWhichEventItIs() throws Exception {
        String text = CalendarObject.text(Fixtures.event(REFERENCE), NOW)
                .replaceAll("\r\n ", "")
                .replaceAll("(?m)^X-MONCAMPUS-.*\r\n", "")
                .replace(
                        "END:VCALENDAR",
                        "BEGIN:VEVENT\r\nUID:" + REFERENCE + "@moncampus-ecal\r\nRECURRENCE-ID:20260921T070000Z\r\n"
                                + "DTSTART:20260921T080000Z\r\nSUMMARY:déplacé\r\nEND:VEVENT\r\nEND:VCALENDAR");
        CalendarObject object = object(text);

        assertThat(object.event().reference()).isEqualTo(REFERENCE);
        assertThat(object.event().name()).isEqualTo("Bases de données");
        assertThat(object.patched(Fixtures.event(REFERENCE).withName("Autre"), NOW))
                .contains("SUMMARY:déplacé", "SUMMARY:Autre", "RECURRENCE-ID:20260921T070000Z");
    }

    @Test
    void anEventOfOursThatIsBrokenIsAFailureAndOthersAreNotLookedAt() throws Exception {
        String ours = CalendarObject.text(Fixtures.event(REFERENCE), NOW);

        assertThatThrownBy(() -> object(ours.substring(0, ours.length() - 30)))
                .isInstanceOf(Component.UnreadableException.class);
        assertThatThrownBy(() -> object(ours.replace("SUMMARY:", "SUMMARY")))
                .isInstanceOf(Component.UnreadableException.class);
        assertThat(object("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x")).isNull();
        assertThat(object("n'importe quoi")).isNull();
    }
}
