package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.config.Selection;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.timetable.Timetable;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * All that the plan of one run depends on.
 *
 * @param owner       the 8 hexadecimal digits of our own references
 * @param knownOwners those of every configuration, so that only those of no configuration count as other owners
 * @param wanted      one a readable row, in any order, identical ones included
 * @param unreadable  the rows of the same answer that are no course
 * @param actual      the whole calendar, foreign and past events included, in any order; every event has an id
 * @param window      the days in which events are created
 * @param covered     those of them that the timetable speaks of: only there something may be missing, and be deleted
 * @param adopt       owner whose events in this calendar become ours; null in an ordinary run
 * @param predecessors owners under which this configuration wrote before, for another source or calendar: their events are its own
 * @param selection   which of the wanted courses are shown, and under which names
 */
public record Situation(
        String owner,
        Set<String> knownOwners,
        List<Wanted> wanted,
        List<Timetable.Unreadable> unreadable,
        List<CalendarEvent> actual,
        Remembered memory,
        Rules rules,
        Window window,
        Window covered,
        Instant now,
        String adopt,
        Set<String> predecessors,
        Selection selection) {}
