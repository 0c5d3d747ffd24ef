package fr.moncampus.ecal.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judge of a year. */
class MonthsTest {
    private static final int YEAR = 12;
    /** So large that no figure's slack is more than two per cent of it. */
    private static final double MUCH = 10_000_000;

    @Test
    void whatStaysIsFlat() {
        assertThat(year(Figure.HEAP, 1, 1).growth()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatGrowsAfterItsBaseMonthIsNamedWithItsFigures(Figure figure) {
        assertThat(year(figure, figure.base + figure.window, 1.001 + figure.most)
                        .growth())
                .singleElement()
                .asString()
                .contains(figure.title, "10000000,0", "mois " + figure.base, "mois 12");
        assertThat(year(figure, figure.base, 1.5).growth()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aLittleIsForgiven(Figure figure) {
        assertThat(year(figure, 6, 1 + figure.most).growth()).isEmpty();
    }

    @Test
    void twoPerCentAreTheMostButWhereTheFigureSaysWhy() {
        assertThat(Figure.values()).filteredOn(figure -> figure.most != 0.02).containsExactly(Figure.PROCESSOR);
    }

    @ParameterizedTest
    @EnumSource
    void lessIsNoGrowth(Figure figure) {
        assertThat(year(figure, 6, 0.2).growth()).isEmpty();
    }

    /** Nobody passes by having been looked at too briefly. */
    @Test
    void aYearThatWasCutShortIsNotFlat() {
        Months months = new Months();
        months.add(figures(1000));
        assertThat(months.growth()).hasSize(Figure.values().length);
    }

    @Test
    void aMonthIsALineOfTheTable() {
        Months months = new Months();
        months.add(figures(1000));
        assertThat(Months.head()).startsWith("mois  tas (ko)  fils").endsWith("passage (ms)");
        assertThat(months.last())
                .startsWith("   1      1000  1000")
                .endsWith("1000,0          1000")
                .hasSameSizeAs(Months.head());
    }

    /** Everything is the same, but for one figure from one month on. */
    private static Months year(Figure figure, int from, double factor) {
        Months months = new Months();
        for (int month = 1; month <= YEAR; month++) {
            Map<Figure, Double> figures = figures(MUCH);
            if (month >= from) {
                figures.put(figure, MUCH * factor);
            }
            months.add(figures);
        }
        return months;
    }

    private static Map<Figure, Double> figures(double value) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            figures.put(figure, value);
        }
        return figures;
    }
}
