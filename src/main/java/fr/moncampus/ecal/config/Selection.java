package fr.moncampus.ecal.config;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody wants to see of a timetable, and under which names.
 *
 * @param only   when there are any, courses that none of them is in are hidden: in the name, the group or the teacher
 * @param hide   courses that one of them is in are hidden
 * @param rename the first that is the whole name gives the course another one
 * @param title  what the event is called, with a course's parts in braces; null for its name
 */
public record Selection(List<CoursePattern> only, List<CoursePattern> hide, List<Renaming> rename, String title) {
    public static final Selection NONE = new Selection(List.of(), List.of(), List.of(), null);

    public record Renaming(CoursePattern course, String name) {
        /** As the file has it. */
        public String label() {
            return "rename: " + course.text() + " → " + name;
        }
    }

    /** Null when there is none. */
    public String onlyLabel() {
        return only.isEmpty()
                ? null
                : "only: " + only.stream().map(CoursePattern::text).collect(Collectors.joining(", "));
    }

    public static String hideLabel(CoursePattern pattern) {
        return "hide: " + pattern.text();
    }

    /** Null when there is none. */
    public String titleLabel() {
        return title == null ? null : "title: " + title;
    }

    /** Each rule in a few words, in the order in which they apply. */
    public List<String> labels() {
        return Stream.of(
                        Stream.ofNullable(onlyLabel()),
                        hide.stream().map(Selection::hideLabel),
                        rename.stream().map(Renaming::label),
                        Stream.ofNullable(titleLabel()))
                .flatMap(each -> each)
                .distinct()
                .toList();
    }
}
