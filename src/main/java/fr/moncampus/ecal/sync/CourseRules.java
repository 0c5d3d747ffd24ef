package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.config.CoursePattern;
import fr.moncampus.ecal.config.Selection;
import fr.moncampus.ecal.config.Selection.Renaming;
import fr.moncampus.ecal.timetable.Course;
import fr.moncampus.ecal.timetable.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Selection: which courses a person wants to see, and what their events are called. A mark of the source stays in front. */
final class CourseRules {
    private static final Pattern PART = Pattern.compile("\\{(\\w+)}");
    /** What joined a part that a course lacks. */
    private static final String JOINT = "[\\h·•|/,;:–—-]";

    private final Selection selection;

    /**
     * @param hiddenBy the rule that hides the course, in a few words; null when it is shown
     * @param applied  those that gave it its name
     */
    record Outcome(String name, String hiddenBy, List<String> applied) {}

    CourseRules(Selection selection) {
        this.selection = selection;
    }

    Outcome of(Course course) {
        String mark = Mark.of(course.name());
        String school = Mark.bare(course.name());
        List<String> applied = new ArrayList<>();
        Optional<Renaming> renaming = selection.rename().stream()
                .filter(each -> each.course().is(school))
                .findFirst();
        renaming.ifPresent(each -> applied.add(each.label()));
        String name = renaming.map(Renaming::name).orElse(school);
        if (selection.title() != null) {
            applied.add(selection.titleLabel());
            name = titled(name, course);
        }
        boolean same = applied.isEmpty();
        return new Outcome(same ? course.name() : mark + name, hiddenBy(school, course), List.copyOf(applied));
    }

    private String hiddenBy(String name, Course course) {
        if (!selection.only().isEmpty()
                && selection.only().stream().noneMatch(pattern -> isIn(pattern, name, course))) {
            return selection.onlyLabel();
        }
        return selection.hide().stream()
                .filter(pattern -> isIn(pattern, name, course))
                .map(Selection::hideLabel)
                .findFirst()
                .orElse(null);
    }

    private static boolean isIn(CoursePattern pattern, String name, Course course) {
        return Stream.of(name, course.group(), course.teacher()).anyMatch(pattern::isIn);
    }

    /** A part that the course lacks goes with what joins it to the others; a title that would be empty is the name. */
    private String titled(String name, Course course) {
        boolean[] lacking = {false};
        String title = PART.matcher(selection.title()).replaceAll(part -> {
            String text = part(part.group(1), name, course);
            lacking[0] |= text == null;
            return text == null ? "\0" : Matcher.quoteReplacement(text);
        });
        if (lacking[0]) {
            title = title.replaceAll("[(\\[]\\h*\0\\h*[)\\]]", "\0")
                    .replaceAll("^" + JOINT + "*(?:\0" + JOINT + "*)+|(?:" + JOINT + "*\0)+" + JOINT + "*$", "")
                    .replaceAll("(?:" + JOINT + "*\0)+", "");
        }
        return title.isBlank() ? name : title.strip();
    }

    private static String part(String part, String name, Course course) {
        return switch (part) {
            case "cours" -> name;
            case "salle" -> course.room();
            case "enseignant" -> course.teacher();
            default -> course.group();
        };
    }
}
