package fr.moncampus.ecal.moncampus;

import java.time.LocalDateTime;

/**
 * One session of the timetable, as a readable row of the answer says it; white space is already collapsed.
 *
 * @param number  {@code NoCours} as decimal digits; null when the row has none
 * @param name    {@code Commentaire}, else {@code Title}, else {@code Matiere}
 * @param room    null when there is none ({@code Aucune} included)
 * @param teacher null when there is none
 * @param group   null when there is none
 * @param teams   address of the main Teams meeting; null when there is none
 * @param start   wall clock in Paris, the time bug undone
 * @param end     wall clock in Paris, the time bug undone
 */
public record Course(
        String number,
        String name,
        String room,
        String teacher,
        String group,
        String teams,
        LocalDateTime start,
        LocalDateTime end) {}
