package fr.moncampus.ecal.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text from outside, made safe to show: on a terminal, in a log, in a calendar. */
public final class Text {
    private static final Pattern TERMINAL_SEQUENCE =
            Pattern.compile("(?:\\x1B\\[|\\x9B)[0-?]*[ -/]*[@-~]|\\x1B\\][^\\x07\\x1B]*(?:\\x07|\\x1B\\\\)?");
    /**
     * Format characters (bidi overrides, zero widths, byte order marks) and halves of surrogate pairs; the joiner
     * between two emoji stays, since they would be two pictures without it.
     */
    private static final Pattern INVISIBLE =
            Pattern.compile("([\\p{So}\\p{Sk}\\uFE0F]\\u200D)(?=\\p{So})|[\\p{Cf}\\p{Cs}]");

    /** What a reader takes for one character. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

    private Text() {}

    /** One line without control characters, white space collapsed; null when nothing is left. */
    public static String clean(String raw) {
        if (raw == null) {
            return null;
        }
        if (isPlain(raw)) {
            return raw;
        }
        String visible = INVISIBLE
                .matcher(TERMINAL_SEQUENCE.matcher(raw).replaceAll(" "))
                .replaceAll("$1");
        String line = WHITE_SPACE.matcher(visible).replaceAll(" ").strip();
        return line.isEmpty() ? null : line;
    }

    /** Letters, digits and signs of Western languages, with single blanks between: nearly all there is, and clean already. */
    private static boolean isPlain(String text) {
        boolean blank = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean visible = c > ' ' && c < '\u007F' || c > '\u00A0' && c < '\u0300' && c != '\u00AD';
            if (!visible && (c != ' ' || blank)) {
                return false;
            }
            blank = c == ' ';
        }
        return !blank;
    }

    /** One clean line of at most that many characters; empty for null and for what holds nothing visible. */
    public static String line(String raw, int most) {
        String clean = clean(raw);
        return clean == null ? "" : cut(clean, most);
    }

    /** At most that many code points of a clean text, without cutting through what is one character to a reader. */
    public static String cut(String clean, int most) {
        if (clean.codePointCount(0, clean.length()) <= most) {
            return clean;
        }
        int limit = clean.offsetByCodePoints(0, most - 1);
        int end = 0;
        Matcher characters = CHARACTER.matcher(clean);
        while (characters.find() && characters.end() <= limit) {
            end = characters.end();
        }
        return clean.substring(0, end) + "…";
    }
}
