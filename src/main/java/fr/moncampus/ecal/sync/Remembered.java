package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What earlier runs of one configuration left in memory for the plan. An empty memory is valid: losing it delays
 * changes and does no harm.
 *
 * @param absences    by ECAL's id: events that complete reads in a row did not hold
 * @param spellings   by reference: how ECAL spells what we wrote
 * @param settling    writes that are not older than {@code settle}, oldest first
 * @param seen        ids of the owned events of the last listing that was not shrunken
 * @param shrunkSince when the first shrunken listing in a row was read; null when the last one was not
 * @param renumbered  by ECAL's id: the key of the course that an event stands for, when the school has given that course another number
 *                    than the one in the event's reference
 * @param marked      by ECAL's id: since when an event says that its course is cancelled
 * @param selection   what tells the rules apart that the calendar was last brought in step with; empty for none
 */
public record Remembered(
        Map<String, Absence> absences,
        Map<String, Spelling> spellings,
        List<Settling> settling,
        Set<String> seen,
        Instant shrunkSince,
        Map<String, String> renumbered,
        Map<String, Instant> marked,
        String selection) {
    public static final Remembered NOTHING = new Remembered(Map.of(), Map.of(), List.of(), Set.of(), null);

    /** Nothing was renumbered. */
    public Remembered(
            Map<String, Absence> absences,
            Map<String, Spelling> spellings,
            List<Settling> settling,
            Set<String> seen,
            Instant shrunkSince) {
        this(absences, spellings, settling, seen, shrunkSince, Map.of(), Map.of(), "");
    }

    public Remembered withSpellings(Map<String, Spelling> others) {
        return new Remembered(absences, others, settling, seen, shrunkSince, renumbered, marked, selection);
    }

    public Remembered withSettling(List<Settling> others) {
        return new Remembered(absences, spellings, others, seen, shrunkSince, renumbered, marked, selection);
    }

    public Remembered withSeen(Set<String> others) {
        return new Remembered(absences, spellings, settling, others, shrunkSince, renumbered, marked, selection);
    }

    public Remembered withRenumbered(Map<String, String> others) {
        return new Remembered(absences, spellings, settling, seen, shrunkSince, others, marked, selection);
    }

    public Remembered withAbsences(Map<String, Absence> others) {
        return new Remembered(others, spellings, settling, seen, shrunkSince, renumbered, marked, selection);
    }

    /** No listing has shrunk, or it is forgotten. */
    public Remembered withoutShrinkage() {
        return new Remembered(absences, spellings, settling, seen, null, renumbered, marked, selection);
    }

    /**
     * An event that the timetable lacks.
     *
     * @param since when the first of the consecutive complete reads lacked it
     * @param reads how many complete reads lacked it
     * @param days  on which days (Paris)
     */
    public record Absence(Instant since, int reads, Set<LocalDate> days) {}

    /**
     * What happened to an event that we wrote.
     *
     * @param sent   the event as we last sent it with success
     * @param before what the listing showed when we first sent it; null when it was created, or written twice in vain ({@link Spellings#written})
     * @param seen   how ECAL spells {@code sent}; null as long as no listing has shown it; what {@code before} says while it is a guess
     *               ({@link Spellings#writtenAfterDoubt})
     * @param unlisted what we sent before that, if no listing has shown it yet: a late one may, in a spelling that nobody knows. Null for nothing
     */
    public record Spelling(CalendarEvent sent, CalendarEvent before, CalendarEvent seen, CalendarEvent unlisted) {
        public Spelling(CalendarEvent sent, CalendarEvent before, CalendarEvent seen) {
            this(sent, before, seen, null);
        }
    }

    /**
     * An entry of the idempotent repository that is still valid.
     *
     * @param event the event as written, or as it was deleted; its id is null when the answer to a POST did not say
     */
    public record Settling(Change.Kind kind, CalendarEvent event, Instant at) {}
}
