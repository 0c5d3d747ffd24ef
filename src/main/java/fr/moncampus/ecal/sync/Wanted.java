package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.ecal.CalendarEvent;

/**
 * An event that should exist.
 *
 * @param number {@code NoCours} as decimal digits; null when the row has none
 * @param event  what it shall say; id and reference are null, the plan gives them
 */
public record Wanted(String number, CalendarEvent event) {}
