package fr.moncampus.ecal.endurance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of all months so far, as a table, and what is wrong with them. */
final class Months {
    private final List<Map<Figure, Double>> months = new ArrayList<>();

    void add(Map<Figure, Double> figures) {
        months.add(new EnumMap<>(figures));
    }

    static String head() {
        return row("mois", figure -> figure.title);
    }

    String last() {
        Map<Figure, Double> month = months.get(months.size() - 1);
        return row(
                String.valueOf(months.size()),
                figure ->
                        String.format(Locale.FRENCH, figure == Figure.PROCESSOR ? "%.1f" : "%.0f", month.get(figure)));
    }

    private static String row(String first, Function<Figure, String> cell) {
        return Stream.of(Figure.values())
                .map(figure -> String.format("%" + figure.title.length() + "s", cell.apply(figure)))
                .collect(Collectors.joining("  ", String.format("%4s  ", first), ""));
    }

    private double least(Figure figure, int from) {
        return months.subList(from, from + figure.window).stream()
                .mapToDouble(month -> month.get(figure))
                .min()
                .orElseThrow();
    }

    /** What is not flat from its base month to the last one. */
    List<String> growth() {
        List<String> growth = new ArrayList<>();
        for (Figure figure : Figure.values()) {
            if (months.size() < figure.base + figure.window) {
                growth.add(figure.title + " : trop peu de mois pour en juger (" + months.size() + ")");
                continue;
            }
            double before = least(figure, figure.base - 1);
            double after = least(figure, months.size() - figure.window);
            if (figure.grew(before, after)) {
                growth.add(String.format(
                        Locale.FRENCH,
                        "%s : %.1f au mois %d, %.1f au mois %d (plus de %.0f %%)",
                        figure.title,
                        before,
                        figure.base,
                        after,
                        months.size(),
                        figure.most * 100));
            }
        }
        return growth;
    }
}
