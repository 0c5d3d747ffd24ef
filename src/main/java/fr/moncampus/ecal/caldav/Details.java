package fr.moncampus.ecal.caldav;

import java.util.ArrayList;
import java.util.List;

/** The description of an event of ours, in which a person may have written as well. */
final class Details {
    private Details() {}

    /** Whether it has all lines of ours, in their order, whatever stands between them. */
    static boolean has(String description, String ours) {
        List<String> lines = lines(description);
        int at = 0;
        for (String line : lines(ours)) {
            while (at < lines.size() && !lines.get(at).equals(line)) {
                at++;
            }
            if (at++ == lines.size()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Our lines take the place of our old ones; all others are a person's and stay.
     *
     * @param old as we wrote them last; null when that is not known
     */
    static String replace(String description, String old, String wanted) {
        if (description == null || description.equals(old)) {
            return wanted;
        }
        List<String> lines = new ArrayList<>(lines(description));
        List<String> ours = lines(old == null ? wanted : old);
        int at = ours.stream()
                .mapToInt(lines::indexOf)
                .filter(found -> found >= 0)
                .min()
                .orElse(0);
        ours.forEach(lines::remove);
        lines.addAll(Math.min(at, lines.size()), lines(wanted));
        return String.join("\n", lines).strip();
    }

    private static List<String> lines(String text) {
        return text == null || text.isBlank()
                ? List.of()
                : text.lines().map(String::strip).toList();
    }
}
