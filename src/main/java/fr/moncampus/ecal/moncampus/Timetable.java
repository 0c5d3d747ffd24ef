package fr.moncampus.ecal.moncampus;

import java.util.List;

/** A complete answer of the portal: the rows that could be read, and those that could not. */
public record Timetable(List<Course> courses, List<Unreadable> unreadable) {

    /**
     * A row that is no course.
     *
     * @param row    its place in the answer, from 1
     * @param number its {@code NoCours} as decimal digits; null when that cannot be read either
     * @param reason what is wrong with it, in French
     */
    public record Unreadable(int row, String number, String reason) {}
}
