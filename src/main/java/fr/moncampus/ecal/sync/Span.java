package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Window;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;

/** When an event takes place; both ends are null when one of them cannot be read. */
record Span(Instant start, Instant end) {
    static final Comparator<Span> ORDER = Comparator.comparing(
                    Span::start, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Span::end, Comparator.nullsLast(Comparator.naturalOrder()));
    private static final Span UNREADABLE = new Span(null, null);

    static Span of(CalendarEvent event) {
        LocalDateTime start = ParisTime.start(event);
        LocalDateTime end = ParisTime.end(event);
        if (start == null || end == null) {
            return UNREADABLE;
        }
        ZoneId zone = ParisTime.zone(event);
        return new Span(start.atZone(zone).toInstant(), end.atZone(zone).toInstant());
    }

    boolean readable() {
        return start != null;
    }

    boolean startsIn(Window window) {
        return readable() && window.contains(start.atZone(ParisTime.PARIS).toLocalDate());
    }

    /** Whether scope lets an event at that time be deleted: what may have ended is never deleted. */
    boolean deletable(Window window, Instant now) {
        return startsIn(window) && end.isAfter(now);
    }
}
