package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A wanted event, ready to be matched.
 *
 * @param hidden a rule hides its course, so that it should not exist
 */
record Row(String key, CalendarEvent event, Content content, Span span, boolean hidden) {
    /** Total: no two rows of one plan compare as equal, so the plan does not depend on the order of the input. */
    static final Comparator<Row> ORDER = Comparator.comparing(Row::span, Span.ORDER)
            .thenComparing(Row::key)
            .thenComparing(row -> row.content.toString())
            .thenComparing(Row::hidden);

    private record Identity(String key, Content content, boolean hidden) {}

    /** Identical rows at the source are one event; they may still differ in what is not compared. */
    static List<Row> of(Collection<Wanted> wanted) {
        Map<Identity, Row> rows = new LinkedHashMap<>();
        for (Wanted each : wanted) {
            Row row = of(each);
            rows.merge(new Identity(row.key, row.content, row.hidden), row, Row::first);
        }
        return rows.values().stream().sorted(ORDER).toList();
    }

    private static Row of(Wanted wanted) {
        Content content = Content.of(wanted.event());
        // of a course without a key, what the school calls it: a rule makes no other course of it
        Content school = Content.of(wanted.event().withName(wanted.name()));
        return new Row(
                Reference.key(wanted.key(), school),
                wanted.event(),
                content,
                Span.of(wanted.event()),
                wanted.hiddenBy() != null);
    }

    private static Row first(Row one, Row other) {
        return one.event.toString().compareTo(other.event.toString()) <= 0 ? one : other;
    }

    /** The event as it should be at ECAL. */
    CalendarEvent as(String id, String reference) {
        return event.withId(id).withReference(reference);
    }
}
