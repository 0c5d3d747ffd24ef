package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
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

    @Example
    void howFarTwoAreApartIsHowManyCharactersAreOthersBetweenTheSameBeginningAndEnd() {
        CalendarEvent droit = event("Droit", "2026-03-27", "08:00", "Salle B110");
        assertThat(distance(droit, droit)).isZero();
        assertThat(distance(droit, droit.withName("Droit civil"))).isEqualTo(6);
        assertThat(distance(droit, droit.withName("Doit"))).isEqualTo(1);
        assertThat(distance(droit, droit.withName("Droiit")))
                .as("the i counts once")
                .isEqualTo(1);
        assertThat(distance(droit, droit.withName("Drat"))).isEqualTo(2);
        assertThat(distance(droit, droit.withName(""))).isEqualTo(5);
    }

    @Property
    void itIsTheSameFromEitherSideAndTheSumOfWhatDiffers(@ForAll("texts") String one, @ForAll("texts") String other) {
        CalendarEvent first = event(one, "2026-03-27", "08:00", one);
        CalendarEvent second = event(other, "2026-03-27", "08:00", other);
        CalendarEvent between = event(other, "2026-03-27", "08:00", one);

        assertThat(distance(first, second)).isEqualTo(distance(second, first));
        assertThat(distance(first, second)).isEqualTo(distance(first, between) + distance(between, second));
        assertThat(distance(first, second) == 0).isEqualTo(Content.of(first).equals(Content.of(second)));
    }

    @Example
    void everyFieldOfWordsCounts() {
        CalendarEvent event = event("Droit", "2026-03-27", "08:00", "b");
        assertThat(distance(event, event("Droit", "2026-03-28", "08:00", "b"))).isPositive();
        assertThat(distance(event, copy(event, "B111", "b", "15M"))).isPositive();
        assertThat(distance(event, copy(event, event.location(), "c", event.alert())))
                .isEqualTo(1);
        assertThat(distance(event, copy(event, event.location(), "b", "1H"))).isPositive();
        assertThat(distance(copy(event, "B110", "b", "15M"), copy(event, "B111", "c", "35M")))
                .isEqualTo(3);
    }

    private static CalendarEvent copy(CalendarEvent event, String location, String details, String alert) {
        return Fixtures.copy(
                event, event.name(), location, event.startTime(), event.timezone(), false, details, alert, 0);
    }

    private static int distance(CalendarEvent one, CalendarEvent other) {
        return Content.of(one).distance(Content.of(other));
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
