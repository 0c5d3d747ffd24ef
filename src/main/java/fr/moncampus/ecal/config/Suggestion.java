package fr.moncampus.ecal.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
final class Suggestion {
    private static final int MAX_LENGTH = 60;

    private Suggestion() {}

    /** The known word that differs from this one by case, by separators or by a few letters. */
    static Optional<String> closest(String word, Collection<String> known) {
        if (word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String written = bare(word);
        return known.stream()
                .filter(candidate -> distance(written, bare(candidate)) <= tolerance(candidate))
                .min(Comparator.comparingInt(candidate -> distance(written, bare(candidate))));
    }

    /** The end of a sentence that proposes the closest word; empty when there is none. */
    static String didYouMean(String word, Collection<String> known) {
        return closest(word, known)
                .map(close -> "vouliez-vous écrire « " + close + " » ?")
                .orElse("");
    }

    /** Short words are close to many others, so fewer differences are allowed. */
    private static int tolerance(String known) {
        if (known.length() < 9) {
            return 1;
        }
        return known.length() < 14 ? 2 : 3;
    }

    private static String bare(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
