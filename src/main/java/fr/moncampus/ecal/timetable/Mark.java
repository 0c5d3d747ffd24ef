package fr.moncampus.ecal.timetable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands before the name of a course that does not take place, whoever says so: its source, or the plan. */
public final class Mark {
    public static final String CANCELLED = "ANNULÉ – ";
    public static final String POSTPONED = "REPORTÉ – ";

    /** A service may have written it in another way, or a person by hand. */
    private static final Pattern MARKED =
            Pattern.compile("(?iu)\\s*(annul|report)(?:é|e\u0301|e)\\s*[–—-]\\s*(.*)", Pattern.DOTALL);

    private Mark() {}

    /** The mark before a name; empty when there is none. */
    public static String of(String name) {
        Matcher marked = matcher(name);
        return !marked.matches() ? "" : marked.group(1).equalsIgnoreCase("annul") ? CANCELLED : POSTPONED;
    }

    /** The name without its mark. */
    public static String bare(String name) {
        Matcher marked = matcher(name);
        return marked.matches() ? marked.group(2) : name;
    }

    public static boolean isMarked(String name) {
        return matcher(name).matches();
    }

    private static Matcher matcher(String name) {
        return MARKED.matcher(name == null ? "" : name);
    }
}
