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

    @Test
    void whatStaysIsFlat() {
        assertThat(year(Figure.HEAP, 1, 1).growth()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatGrowsAfterItsBaseMonthIsNamedWithItsFigures(Figure figure) {
        assertThat(year(figure, figure.base + 1, 1.021).growth())
                .singleElement()
                .asString()
                .contains(figure.title, "1000,0", "1021,0", "mois " + figure.base, "mois 12");
        assertThat(year(figure, figure.base, 1.5).growth()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void twoPerCentAreForgiven(Figure figure) {
        assertThat(year(figure, 6, 1.02).growth()).isEmpty();
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
        assertThat(Months.head()).startsWith("| mois | tas (ko) |").endsWith("---: |");
        assertThat(months.last()).startsWith("| 1 | 1000 |").endsWith(" 1000,0 |");
        assertThat(months.last().chars().filter(sign -> sign == '|').count()).isEqualTo(Figure.values().length + 2L);
    }

    /** Everything is 1000, but for one figure from one month on. */
    private static Months year(Figure figure, int from, double factor) {
        Months months = new Months();
        for (int month = 1; month <= YEAR; month++) {
            Map<Figure, Double> figures = figures(1000);
            if (month >= from) {
                figures.put(figure, 1000 * factor);
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
