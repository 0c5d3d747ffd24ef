package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;

/**
 * An event that should exist.
 *
 * @param key   what the source knows the course by; null when there is nothing
 * @param event its content; id and reference are null, the plan sets them
 */
public record Wanted(String key, CalendarEvent event) {}
