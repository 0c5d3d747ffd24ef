package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.util.List;

/**
 * An event that should exist.
 *
 * @param key      what the source knows the course by; null when there is nothing
 * @param event    its content; id and reference are null, the plan sets them
 * @param name     as the school has it
 * @param hiddenBy the rule that hides the course, so that its event should not exist; null when it is shown
 * @param applied  the rules that gave it its name
 */
public record Wanted(String key, CalendarEvent event, String name, String hiddenBy, List<String> applied) {
    /** As the school has it. */
    public Wanted(String key, CalendarEvent event) {
        this(key, event, event.name(), null, List.of());
    }
}
