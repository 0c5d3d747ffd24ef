package fr.moncampus.ecal.report;

import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.sync.Outlook.Lesson;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What has changed about tomorrow, if that changes where somebody has to be, and when. */
public final class EveningText {
    private static final int MAX_LINES = 12;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.FRENCH);

    private EveningText() {}

    /**
     * @param before what was known of that day, in the order of the hours
     * @param now    what is known
     * @return null when the first hour, the rooms and the links are the same
     */
    public static String of(String label, LocalDate tomorrow, List<Lesson> before, List<Lesson> now) {
        List<String> lines = new ArrayList<>();
        String first = first(before);
        if (!Objects.equals(first, first(now))) {
            lines.add(beginning(first, now));
        }
        Map<String, Lesson> known = new HashMap<>();
        before.forEach(lesson -> known.put(lesson.reference(), lesson));
        for (Lesson lesson : now) {
            Lesson old = known.get(lesson.reference());
            if (old != null && !old.room().equals(lesson.room())) {
                lines.add(named(lesson) + " : salle " + room(lesson) + " au lieu de " + room(old));
            }
            if (old != null && !old.link().equals(lesson.link())) {
                lines.add(named(lesson) + (lesson.link().isEmpty() ? " : plus de lien" : " : nouveau lien"));
            }
        }
        if (lines.isEmpty()) {
            return null;
        }
        if (lines.size() > MAX_LINES) {
            int more = lines.size() - MAX_LINES;
            lines = new ArrayList<>(lines.subList(0, MAX_LINES));
            lines.add("… et " + more + (more == 1 ? " autre" : " autres"));
        }
        return label + " : demain, " + DAY.format(tomorrow) + "\n" + String.join("\n", lines);
    }

    private static String beginning(String before, List<Lesson> now) {
        if (now.isEmpty()) {
            return "Plus aucun cours (le premier était à " + before + ")";
        }
        Lesson first = now.get(0);
        return "Premier cours à " + first.start()
                + (before == null ? " (rien n'était prévu)" : " au lieu de " + before) + " : "
                + Text.line(first.name(), 80) + ", " + room(first);
    }

    private static String first(List<Lesson> lessons) {
        return lessons.isEmpty() ? null : lessons.get(0).start();
    }

    private static String named(Lesson lesson) {
        return lesson.start() + " " + Text.line(lesson.name(), 80);
    }

    private static String room(Lesson lesson) {
        return Text.line(lesson.room(), 60);
    }
}
