package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.util.Comparator;
import java.util.Set;

/**
 * An event of the calendar that is ours, or becomes ours by adoption.
 *
 * @param event     as listed, with recent writes applied; its id is null while it is unknown
 * @param reference the reference it should have: its own, or after an adoption the same under our owner
 * @param key       of the course that it stands for: that of its reference, until the school renumbers the course
 * @param content   what it says, with ECAL's spelling undone
 */
record Owned(CalendarEvent event, Reference reference, String key, Content content, Span span) {
    /** Of one reference, our own before an adopted one, then the smallest id: the first one stays. */
    static final Comparator<Owned> ORDER = Comparator.comparing((Owned owned) -> owned.reference.toString())
            .thenComparing(Owned::adopted)
            .thenComparing(owned -> owned.event.id(), Comparator.nullsFirst(Comparator.naturalOrder()));

    String firstKey() {
        return reference.key();
    }

    /** Whether a course of one of these keys may be what it stands for. */
    boolean isAmong(Set<String> keys) {
        return keys.contains(key) || keys.contains(firstKey());
    }

    boolean adopted() {
        return !reference.toString().equals(event.reference());
    }
}
