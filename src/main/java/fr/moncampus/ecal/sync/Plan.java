package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.ecal.CalendarEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a run has to do. Plain data: made by {@link Planner}, printed or carried out by others.
 *
 * @param creates     in the order of their start
 * @param updates     in the order of their start
 * @param deletes     confirmed deletions and copies
 * @param waiting     events that the timetable lacks and whose deletion is not confirmed yet
 * @param held        changes that a guard keeps back
 * @param unchanged   how many wanted events need nothing
 * @param unconfirmed how many recent writes the listing does not show yet
 * @param strangers   owner hashes of other {@code mc-} events in this calendar, and how many each has
 * @param memory      what a run that counts has to remember for the next one
 */
public record Plan(List<Change> creates, List<Change> updates, List<Change> deletes, List<Waiting> waiting, List<Held> held,
                   int unchanged, int unconfirmed, Map<String, Integer> strangers, Remembered memory) {

    /** @param since when the first complete read lacked it */
    public record Waiting(CalendarEvent event, Instant since) {
    }

    public record Held(Change change, Reason reason) {
    }

    public enum Reason {
        TOO_MANY("too-many"), EMPTY_ANSWER("empty-answer"), UNREADABLE_ROW("unreadable-row"),
        CALENDAR_SHRUNK("calendar-shrunk"), LEGACY_LEFTOVER("legacy-leftover");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** The word that JSON output and documents use. */
        public String code() {
            return code;
        }
    }
}
