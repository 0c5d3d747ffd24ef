package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import java.time.Instant;
import java.util.List;

/**
 * One configuration's calendar as a run left it, with what that run meant to do and has not done.
 *
 * @param preview  true when it comes from a dry run: its changes are those of the whole plan
 * @param events   the configuration's own events, in the order of their start
 * @param changes  what is still to be done
 * @param standing how many own events of the window had not ended: what the mass-deletion guard compares with
 * @param checksum of what is held, as {@code approve} wants it; null when nothing of it can be released
 */
public record Snapshot(
        Instant at,
        boolean preview,
        List<CalendarEvent> events,
        List<Change> changes,
        List<Plan.Waiting> waiting,
        List<Plan.Held> held,
        int standing,
        String checksum) {}
