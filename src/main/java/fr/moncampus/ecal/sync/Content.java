package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.timetable.Mark;
import java.time.LocalDateTime;
import java.util.regex.Pattern;

/**
 * What silence compares of an event, normalised: two events say the same when their contents are equal.
 * The zone is part of it, so equal contents have wall clocks of one zone. Links are not compared: ECAL rewrites them.
 *
 * @param start wall clock as ISO 8601, or the text as it came when it cannot be read
 */
record Content(
        String name,
        String location,
        String start,
        String end,
        String zone,
        boolean allDay,
        String details,
        String alert,
        int draft) {
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\h]+");
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    private static final Pattern INDENT = Pattern.compile("\\h+");
    private static final Pattern EDGE = Pattern.compile(" ?\n ?");

    static Content of(CalendarEvent event) {
        return new Content(
                line(event.name()),
                line(event.location()),
                time(ParisTime.start(event), event.startDate(), event.startTime()),
                time(ParisTime.end(event), event.endDate(), event.endTime()),
                line(event.timezone()),
                event.allDay(),
                lines(event.details()),
                line(event.alert()),
                event.draft());
    }

    /** Start and name tell nearly all apart; a plan asks for it several times an event. */
    @Override
    public int hashCode() {
        return 31 * start.hashCode() + name.hashCode();
    }

    /** Of the same course when it was not cancelled. */
    Content unmarked() {
        return Mark.isMarked(name)
                ? new Content(Mark.bare(name), location, start, end, zone, allDay, details, alert, draft)
                : this;
    }

    /** How many characters are others: of two things that were sent, the nearer one to what is listed is what that spells. */
    int distance(Content other) {
        return distance(name, other.name)
                + distance(location, other.location)
                + distance(start, other.start)
                + distance(end, other.end)
                + distance(details, other.details)
                + distance(alert, other.alert);
    }

    /** But for the same beginning and the same end. */
    private static int distance(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int same = 0;
        while (same < shorter && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        int end = 0;
        while (end < shorter - same && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        return Math.max(one.length(), other.length()) - same - end;
    }

    static String line(String text) {
        if (text == null || isTidy(text, false)) {
            return text == null ? "" : text;
        }
        return WHITE_SPACE.matcher(text).replaceAll(" ").strip();
    }

    private static String lines(String text) {
        if (text == null || isTidy(text, true)) {
            return text == null ? "" : text;
        }
        String oneBreak = LINE_BREAK.matcher(text).replaceAll("\n");
        String oneSpace = INDENT.matcher(oneBreak).replaceAll(" ");
        return EDGE.matcher(oneSpace).replaceAll("\n").strip();
    }

    /**
     * True for nearly all text, so that nothing has to be replaced: its only white space is single blanks and, where
     * allowed, single line breaks, each between words.
     */
    private static boolean isTidy(String text, boolean breaks) {
        char before = '\n';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = c > ' ' && c < '\u007F' || c > '\u00A0' && c < '\u1680';
            boolean between = before != ' ' && before != '\n' && (c == ' ' || breaks && c == '\n');
            if (!word && !between) {
                return false;
            }
            before = c;
        }
        return before != ' ' && before != '\n' || text.isEmpty();
    }

    private static String time(LocalDateTime wall, String date, String time) {
        return wall != null ? wall.toString() : line(date) + "?" + line(time);
    }
}
