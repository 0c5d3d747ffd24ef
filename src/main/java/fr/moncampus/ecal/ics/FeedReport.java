package fr.moncampus.ecal.ics;

import fr.moncampus.ecal.timetable.Course;
import fr.moncampus.ecal.timetable.SourceException;
import fr.moncampus.ecal.timetable.Timetable;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What two reads of one feed, moments apart, tell about it: for somebody who wants to know whether it can be used, and what would be written.
 */
public final class FeedReport {
    private static final int SHOWN = 3;
    /** What every program changes at every fetch, and what is never looked at. */
    private static final List<String> FIELDS =
            List.of("UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "SUMMARY", "DESCRIPTION", "LOCATION");

    private final Feed first;
    private final Feed second;
    private final Timetable timetable;
    private final Timetable again;

    /**
     * @param body  as it was first answered
     * @param later as it was answered moments later
     * @throws SourceException when one of them is no complete feed
     */
    public FeedReport(URI address, byte[] body, byte[] later, String type) {
        first = FeedReader.read(body, type);
        second = FeedReader.read(later, type);
        timetable = FeedTimetable.of(first, address);
        again = FeedTimetable.of(second, address);
    }

    public Timetable timetable() {
        return timetable;
    }

    /** In French, one sentence a finding. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("dialecte : " + Dialect.of(first).label());
        lines.add(period());
        lines.add(timetable.courses().size() + " cours, " + first.entries().size() + " événements dans le flux"
                + (timetable.unreadable().isEmpty()
                        ? ""
                        : ", " + timetable.unreadable().size() + " illisibles"));
        timetable.unreadable().stream()
                .limit(SHOWN)
                .forEach(row -> lines.add("événement " + row.row() + " illisible : " + row.reason()));
        lines.add(keys());
        Set<String> passing = passing();
        lines.add(
                passing.isEmpty()
                        ? "rien n'a changé entre deux lectures"
                        : "change d'une lecture à l'autre, et n'est pas un changement : " + String.join(", ", passing));
        if (!timetable.courses().equals(again.courses())) {
            lines.add(
                    "les cours eux-mêmes ont changé entre les deux lectures : relancez pour savoir si c'est à chaque fois");
        }
        return lines;
    }

    private String period() {
        LocalDate from = timetable.covered().first();
        LocalDate to = timetable.covered().last();
        return from.isAfter(to)
                ? "période : aucune, rien ne serait supprimé"
                : "période couverte : du " + from + " au " + to + " ; rien n'est supprimé en dehors";
    }

    private String keys() {
        long without = timetable.courses().stream()
                .filter(course -> course.key() == null)
                .count();
        Set<String> before = keys(timetable);
        Set<String> after = keys(again);
        long lost = before.stream().filter(key -> !after.contains(key)).count();
        String stable = lost == 0
                ? "clés stables entre deux lectures"
                : "clés instables : " + lost + " sur " + before.size()
                        + " ont changé entre deux lectures ; les cours se reconnaîtront à leur contenu";
        return stable + (without == 0 ? "" : ", " + without + " cours sans clé") + shared(before.size());
    }

    private String shared(int keys) {
        return keys > 0 && keys < timetable.courses().size()
                ? " (" + keys + " clés pour " + timetable.courses().size()
                        + " cours : une clé par série, l'heure la plus proche décide)"
                : "";
    }

    private static Set<String> keys(Timetable timetable) {
        return timetable.courses().stream()
                .map(Course::key)
                .filter(key -> key != null)
                .collect(Collectors.toSet());
    }

    /** The fields that differ between the two reads in some event at the same place. */
    private Set<String> passing() {
        Map<Integer, Entry> later = new HashMap<>();
        second.entries().forEach(entry -> later.put(entry.number(), entry));
        Set<String> passing = new TreeSet<>();
        for (Entry entry : first.entries()) {
            Entry other = later.get(entry.number());
            FIELDS.stream()
                    .filter(field -> other != null && !entry.text(field).equals(other.text(field)))
                    .forEach(passing::add);
        }
        return passing;
    }

    /** The next courses, as they would be written. */
    public List<Course> examples(LocalDate today) {
        List<Course> byStart = timetable.courses().stream()
                .sorted(Comparator.comparing(Course::start))
                .toList();
        List<Course> next = byStart.stream()
                .filter(course -> !course.start().toLocalDate().isBefore(today))
                .limit(SHOWN)
                .toList();
        return next.isEmpty() ? byStart.stream().limit(SHOWN).toList() : next;
    }
}
