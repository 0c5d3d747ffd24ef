package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;

/**
 * One write that brings the calendar nearer to the timetable.
 *
 * @param before the event as the listing shows it; null for a create
 * @param after  the whole event as it should be, with its reference and (for an update) its id; null for a delete
 */
public record Change(Kind kind, CalendarEvent before, CalendarEvent after) {
    public enum Kind {
        CREATE,
        UPDATE,
        DELETE
    }

    public static Change create(CalendarEvent after) {
        return new Change(Kind.CREATE, null, after);
    }

    public static Change update(CalendarEvent before, CalendarEvent after) {
        return new Change(Kind.UPDATE, before, after);
    }

    public static Change delete(CalendarEvent before) {
        return new Change(Kind.DELETE, before, null);
    }

    /**
     * This update with what the listing shows as what was there before, even where the plan believes a recent write: a listing that is still late
     * afterwards shows it once more, perhaps changed by hand, and that is no spelling of ours.
     *
     * @param listed null when the listing has skipped it
     */
    Change over(CalendarEvent listed) {
        return listed == null || Content.of(listed).equals(Content.of(after)) ? this : update(listed, after);
    }

    /** The event to show to people: as it should be, or the one that is deleted. */
    public CalendarEvent event() {
        return after != null ? after : before;
    }
}
