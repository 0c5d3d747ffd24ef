package fr.moncampus.ecal.http;

/** Text from outside, made harmless for a terminal, a log line and the error file. */
public final class Printable {
    private Printable() {
    }

    /**
     * One line without control, format and bidirectional characters, white space collapsed, cut with an ellipsis.
     *
     * @param text null gives the empty text
     */
    public static String line(String text, int maxLength) {
        if (text == null) {
            return "";
        }
        StringBuilder line = new StringBuilder(Math.min(text.length(), maxLength) + 1);
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (isBlank(character)) {
                space = !line.isEmpty();
            } else {
                if (line.length() >= maxLength) {
                    return line.append('…').toString();
                }
                if (space) {
                    line.append(' ');
                }
                space = false;
                line.appendCodePoint(character);
            }
        }
        return line.toString();
    }

    private static boolean isBlank(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
