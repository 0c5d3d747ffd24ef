package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.ecal.CalendarEvent;

/**
 * An event that should exist.
 *
 * @param number {@code NoCours} as decimal digits; null when the row has none
 * @param event  its content; id and reference are null, the plan sets them
 */
public record Wanted(String number, CalendarEvent event) {}
