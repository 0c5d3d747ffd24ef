package fr.moncampus.ecal.moncampus;

import java.util.regex.Pattern;

/** Text of the portal, made safe to show: on a terminal, in a log, in a calendar. */
final class Text {
    private static final Pattern TERMINAL_SEQUENCE = Pattern.compile("(?:\\x1B\\[|\\x9B)[0-?]*[ -/]*[@-~]|\\x1B\\][^\\x07\\x1B]*(?:\\x07|\\x1B\\\\)?");
    /** Format characters (bidi overrides, zero widths, byte order marks) and halves of surrogate pairs. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cs}]");
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

    private Text() {
    }

    /** One line without control characters, white space collapsed; null when nothing is left. */
    static String clean(String raw) {
        if (raw == null) {
            return null;
        }
        String visible = INVISIBLE.matcher(TERMINAL_SEQUENCE.matcher(raw).replaceAll(" ")).replaceAll("");
        String line = WHITE_SPACE.matcher(visible).replaceAll(" ").strip();
        return line.isEmpty() ? null : line;
    }

    /** At most that many characters (code points) of a clean text. */
    static String cut(String clean, int most) {
        return clean.codePointCount(0, clean.length()) <= most ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, most - 1)) + "…";
    }
}
