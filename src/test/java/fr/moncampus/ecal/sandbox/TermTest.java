package fr.moncampus.ecal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TermTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-04");

    @Property(tries = 200)
    void aTermOfAnySizeHasNumbersOfItsOwnAndLiesAroundToday(
            @ForAll long seed,
            @ForAll @IntRange(min = 100, max = 2_000) int size,
            @ForAll @IntRange(max = 3_000) int day) {
        LocalDate today = LocalDate.parse("2024-01-01").plusDays(day);

        List<Session> term = Term.believable(today, seed, size);

        assertThat(term).hasSize(size);
        assertThat(term).extracting(Session::noCours).doesNotHaveDuplicates();
        assertThat(term).anyMatch(session -> session.start().toLocalDate().isBefore(today));
        assertThat(term).anyMatch(session -> session.start().toLocalDate().isAfter(today));
        assertThat(term).allMatch(session -> session.start().getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0);
        assertThat(term).allMatch(session -> session.start().isBefore(session.end()));
    }

    @Example
    void aTermOfUsualSizeHasNoOverlapsAndEveryOddityOfTheFacts() {
        List<Session> term = Term.believable(TODAY, 1);

        assertThat(term).hasSize(350);
        assertThat(term).extracting(Session::start).doesNotHaveDuplicates();
        assertThat(term).extracting(Session::salle).contains("Aucune", "SALLE_13(DISTANCIEL)", "T 003(THALIE)", null);
        assertThat(term)
                .extracting(Session::commentaire)
                .contains("", (String) null)
                .anyMatch(name -> name != null && name.contains("\r\n"));
        assertThat(term).extracting(Session::prof).containsNull();
        assertThat(term).extracting(session -> session.teams().size()).contains(0, 1, 2);
    }

    @Example
    void theSameSeedGivesTheSameTerm() {
        assertThat(Term.believable(TODAY, 3))
                .isEqualTo(Term.believable(TODAY, 3))
                .isNotEqualTo(Term.believable(TODAY, 4));
    }
}
