package fr.moncampus.ecal.timetable;

import java.time.LocalDateTime;

/**
 * One session of a timetable, whatever source it comes from; text is clean, and white space collapsed.
 *
 * @param key     what the source knows the session by, the same in every read as long as it can tell: a session that is moved, renamed or given
 *                another room should keep it. Several sessions may share one. Null when there is none: then the content is all there is
 * @param name    what people call it
 * @param room    null when there is none
 * @param teacher null when there is none
 * @param group   null when there is none
 * @param link    address of an online meeting; null when there is none
 * @param start   wall clock in Paris
 * @param end     wall clock in Paris; from one midnight to another they are whole days
 */
public record Course(
        String key,
        String name,
        String room,
        String teacher,
        String group,
        String link,
        LocalDateTime start,
        LocalDateTime end) {}
