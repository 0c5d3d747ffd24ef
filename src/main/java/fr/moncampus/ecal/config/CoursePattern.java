package fr.moncampus.ecal.config;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Words that somebody looks for in what a school writes: accents, capitals and punctuation make no difference, and {@code *} stands for anything.
 *
 * @param text as it was written
 */
public record CoursePattern(String text) {
    /** Whether they stand anywhere in a text, as whole words. */
    public boolean isIn(String field) {
        return field != null && matches("* " + plain(text, true) + " *", " " + plain(field, false) + " ");
    }

    /** Whether they are the whole text. */
    public boolean is(String field) {
        return field != null && matches(plain(text, true), plain(field, false));
    }

    /** The words of a text, without what makes no difference. */
    public static String plain(String text) {
        return plain(text, false);
    }

    /** False when nothing of it is a letter, a digit or a star. */
    boolean saysSomething() {
        return !plain(text, true).isEmpty();
    }

    private static String plain(String text, boolean stars) {
        String letters = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replace("œ", "oe")
                .replace("æ", "ae")
                .replace("ß", "ss");
        return letters.replaceAll(stars ? "[^\\p{L}\\p{N}*]+" : "[^\\p{L}\\p{N}]+", " ")
                .strip();
    }

    /** Goes back to the last star only, so that no pattern makes it slow. */
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int from = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                from = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
