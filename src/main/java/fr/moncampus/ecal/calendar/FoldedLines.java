package fr.moncampus.ecal.calendar;

/**
 * Lines as iCalendar asks for them: of 75 octets at most (RFC 5545, 3.1), no sign torn apart. The library that writes them counts
 * characters, of which some have four octets, and folds no run of white space, however long.
 */
public final class FoldedLines {
    private static final int MAX_OCTETS = 75;

    private FoldedLines() {}

    /** @param text its lines not folded yet, with any line breaks; those of the result are CRLF, as iCalendar's are */
    public static String of(String text) {
        StringBuilder folded = new StringBuilder(text.length() + text.length() / 16);
        text.lines().forEach(line -> append(folded, line));
        return folded.toString();
    }

    private static void append(StringBuilder folded, String line) {
        int octets = 0;
        for (int sign : line.codePoints().toArray()) {
            int size = octets(sign);
            if (octets + size > MAX_OCTETS) {
                folded.append("\r\n ");
                octets = 1;
            }
            folded.appendCodePoint(sign);
            octets += size;
        }
        folded.append("\r\n");
    }

    /** In UTF-8. */
    private static int octets(int sign) {
        if (sign < 0x80) {
            return 1;
        }
        if (sign < 0x800) {
            return 2;
        }
        return sign < 0x10000 ? 3 : 4;
    }
}
