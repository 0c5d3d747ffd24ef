package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.time.LocalDateTime;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is spelt as nearly everything is takes a short way to the same end. */
class ContentTest {
    @Property
    void textThatIsTidyAlreadyReadsAsAfterTidyingUp(@ForAll("texts") String text) {
        CalendarEvent event = event(text, "2026-03-27", "08:00", text);
        CalendarEvent untidy = event(text + "\t", "2026-03-27", "08:00", text + "\t");

        assertThat(Content.of(event)).isEqualTo(Content.of(untidy));
    }

    @Property
    void aDateThatIsSpeltAsUsualReadsAsByTheParser(@ForAll("dates") String date, @ForAll("times") String time) {
        LocalDateTime usual = ParisTime.start(event("a", date, time, "b"));
        LocalDateTime parsed = ParisTime.start(event("a", " " + date, time, "b"));

        assertThat(usual).isEqualTo(parsed);
    }

    @Example
    void daysThatNotEveryMonthHas() {
        assertThat(ParisTime.start(event("a", "2028-02-29", "08:00:30", "b"))).isEqualTo("2028-02-29T08:00:30");
        assertThat(ParisTime.start(event("a", "2026-02-29", "08:00", "b"))).isNull();
        assertThat(ParisTime.start(event("a", "2026-03-27", "24:00", "b"))).isNull();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('a', 'é', ' ', ' ', '\n', '\r', '\t', '\u00A0', '\u0085', '\u2028', '\u2003', '\u007F')
                .ofMaxLength(6);
    }

    @Provide
    Arbitrary<String> dates() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("0123-").ofLength(10),
                Arbitraries.integers()
                        .between(0, 40)
                        .flatMap(day -> Arbitraries.integers()
                                .between(0, 13)
                                .map(month -> "2026-%02d-%02d".formatted(month, day))));
    }

    @Provide
    Arbitrary<String> times() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("0129:").ofMaxLength(8),
                Arbitraries.integers().between(0, 25).map("%02d:30"::formatted),
                Arbitraries.integers().between(50, 61).map("08:30:%02d"::formatted));
    }

    private static CalendarEvent event(String name, String date, String time, String details) {
        return new CalendarEvent(
                "1", "r", name, "B1", date, time, date, time, "Europe/Paris", false, details, "15M", 0, null);
    }
}
