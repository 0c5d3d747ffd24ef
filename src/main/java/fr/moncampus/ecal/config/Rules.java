package fr.moncampus.ecal.config;

import java.time.Duration;

/**
 * The limits of the rules of the plan.
 *
 * @param deleteAfter    how far apart two reads must be that both lack an event before it is deleted
 * @param maxDeletes     up to that many deletions a run are never held
 * @param maxDeleteRatio up to that share of the owned events to come, deletions are never held
 * @param settle         for how long a write that the listing does not show yet is believed
 * @param cancelled      what becomes of the event of a course that has left the timetable
 */
public record Rules(Duration deleteAfter, int maxDeletes, double maxDeleteRatio, Duration settle, Cancelled cancelled) {
    public enum Cancelled {
        REMOVE,
        /** Its name says for a while that it is cancelled; then it goes. */
        MARK
    }

    public static final Rules DEFAULT = new Rules(Duration.ofMinutes(30), 10, 0.3, Duration.ofMinutes(15));

    /** Cancelled courses are removed. */
    public Rules(Duration deleteAfter, int maxDeletes, double maxDeleteRatio, Duration settle) {
        this(deleteAfter, maxDeletes, maxDeleteRatio, settle, Cancelled.REMOVE);
    }
}
