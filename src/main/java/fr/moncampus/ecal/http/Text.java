package fr.moncampus.ecal.http;

import java.util.regex.Pattern;

/** Text from outside, made safe to show: on a terminal, in a log, in a calendar. */
public final class Text {
    private static final Pattern TERMINAL_SEQUENCE =
            Pattern.compile("(?:\\x1B\\[|\\x9B)[0-?]*[ -/]*[@-~]|\\x1B\\][^\\x07\\x1B]*(?:\\x07|\\x1B\\\\)?");
    /** Format characters (bidi overrides, zero widths, byte order marks) and halves of surrogate pairs. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cs}]");

    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

    private Text() {}

    /** One line without control characters, white space collapsed; null when nothing is left. */
    public static String clean(String raw) {
        if (raw == null) {
            return null;
        }
        String visible = INVISIBLE
                .matcher(TERMINAL_SEQUENCE.matcher(raw).replaceAll(" "))
                .replaceAll("");
        String line = WHITE_SPACE.matcher(visible).replaceAll(" ").strip();
        return line.isEmpty() ? null : line;
    }

    /** One clean line of at most that many characters; empty for null and for what holds nothing visible. */
    public static String line(String raw, int most) {
        String clean = clean(raw);
        return clean == null ? "" : cut(clean, most);
    }

    /** At most that many characters (code points) of a clean text. */
    public static String cut(String clean, int most) {
        return clean.codePointCount(0, clean.length()) <= most
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, most - 1)) + "…";
    }
}
