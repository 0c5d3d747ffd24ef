package fr.moncampus.ecal.timetable;

import java.time.LocalDate;
import java.util.List;

/**
 * A complete answer of a source: the sessions that could be read, and those that could not.
 *
 * @param covered the days that the answer speaks of; null when these are all that were asked for
 * @param kind    what the source has found, for people, in French; null when there is nothing to be said
 */
public record Timetable(List<Course> courses, List<Unreadable> unreadable, Days covered, String kind) {

    /** Of all the days that were asked for. */
    public Timetable(List<Course> courses, List<Unreadable> unreadable) {
        this(courses, unreadable, null, null);
    }

    /** Both inclusive. What lies outside was not looked at, so that nothing there is missing. */
    public record Days(LocalDate first, LocalDate last) {}

    /**
     * A session that is no course.
     *
     * @param row    its place in the answer, from 1
     * @param key    as a course of it would have; null when that cannot be read either, or does not tell surely which event it is
     * @param reason what is wrong with it, in French
     */
    public record Unreadable(int row, String key, String reason) {}
}
