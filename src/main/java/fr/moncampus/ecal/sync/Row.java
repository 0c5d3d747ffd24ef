package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A wanted event, ready to be matched. */
record Row(String key, CalendarEvent event, Content content, Span span) {
    /** Total: no two rows of one plan compare as equal, so the plan does not depend on the order of the input. */
    static final Comparator<Row> ORDER = Comparator.comparing(Row::span, Span.ORDER)
            .thenComparing(Row::key)
            .thenComparing(row -> row.content.toString());

    private record Identity(String key, Content content) {}

    /** Identical rows at the source are one event; they may still differ in what is not compared. */
    static List<Row> of(Collection<Wanted> wanted) {
        Map<Identity, Row> rows = new LinkedHashMap<>();
        for (Wanted each : wanted) {
            Row row = of(each);
            rows.merge(new Identity(row.key, row.content), row, Row::first);
        }
        return rows.values().stream().sorted(ORDER).toList();
    }

    private static Row of(Wanted wanted) {
        Content content = Content.of(wanted.event());
        return new Row(Reference.key(wanted.key(), content), wanted.event(), content, Span.of(wanted.event()));
    }

    private static Row first(Row one, Row other) {
        return one.event.toString().compareTo(other.event.toString()) <= 0 ? one : other;
    }

    /** The event as it should be at ECAL. */
    CalendarEvent as(String id, String reference) {
        return event.withId(id).withReference(reference);
    }
}
