package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Selection;
import fr.moncampus.ecal.timetable.Course;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Turns courses into the events that should exist, worded as the original tool did. */
public final class Transform {
    /** ECAL requires a location. */
    private static final String NO_ROOM = "Aucune";

    private static final String PARIS = "Europe/Paris";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private final String alert;
    private final boolean teamsLink;
    private final CourseRules rules;

    /** Of all courses, under their names. */
    public Transform(String alert, boolean teamsLink) {
        this(alert, teamsLink, Selection.NONE);
    }

    /** @param teamsLink false leaves Teams links out: they can contain the login */
    public Transform(String alert, boolean teamsLink, Selection selection) {
        this.alert = alert;
        this.teamsLink = teamsLink;
        this.rules = new CourseRules(selection);
    }

    public List<Wanted> wanted(List<Course> courses) {
        return courses.stream().map(this::wanted).toList();
    }

    private Wanted wanted(Course course) {
        CourseRules.Outcome outcome = rules.of(course);
        return new Wanted(
                course.key(), event(course, outcome.name()), course.name(), outcome.hiddenBy(), outcome.applied());
    }

    private CalendarEvent event(Course course, String name) {
        String link = teamsLink ? course.link() : null;
        boolean wholeDays = isMidnight(course.start())
                && isMidnight(course.end())
                && course.end().isAfter(course.start());
        LocalDate last = course.end().toLocalDate().minusDays(wholeDays ? 1 : 0);
        return new CalendarEvent(
                null,
                null,
                name,
                course.room() == null ? NO_ROOM : course.room(),
                course.start().toLocalDate().toString(),
                wholeDays ? null : TIME.format(course.start()),
                last.toString(),
                wholeDays ? null : TIME.format(course.end()),
                PARIS,
                wholeDays,
                details(course, link),
                alert,
                0,
                link);
    }

    private static boolean isMidnight(LocalDateTime time) {
        return time.toLocalTime().equals(LocalTime.MIDNIGHT);
    }

    private static String details(Course course, String link) {
        List<String> lines = new ArrayList<>();
        if (course.teacher() != null) {
            lines.add("Intervenant : " + course.teacher());
        }
        if (course.group() != null) {
            lines.add("Nom complet du cours : " + course.group());
        }
        if (link != null) {
            lines.add("Lien Teams : " + link);
        }
        return String.join("\n", lines);
    }
}
