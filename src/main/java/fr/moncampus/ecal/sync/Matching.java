package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.config.CoursePattern;
import fr.moncampus.ecal.timetable.Mark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Identity: which event is which course, found in passes, each over what the ones before left over. */
final class Matching {
    /** An event that stands for a wanted one, changed or not. */
    record Pair(Row row, Owned owned) {}

    private record Same(String key, Content content) {}

    /** Where somebody is at a time: nobody has two courses at once, as a rule. */
    private record Slot(String name, String start, String end, String zone) {
        static Slot of(Content content) {
            return new Slot("", content.start(), content.end(), content.zone());
        }

        static Slot named(Content content) {
            return new Slot(
                    CoursePattern.plain(Mark.bare(content.name())), content.start(), content.end(), content.zone());
        }
    }

    private final List<Pair> pairs = new ArrayList<>();
    private final Set<Object> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Row> rows;
    private final List<Owned> owned;

    /**
     * @param rows   in their total order
     * @param owned  in their total order
     * @param shield keys of unreadable rows: another number must not take their events
     */
    Matching(List<Row> rows, List<Owned> owned, Set<String> shield) {
        this.rows = rows;
        this.owned = owned;
        equal(
                row -> new Same(row.key(), row.content()),
                event -> new Same(event.key(), event.content()),
                event -> true);
        // the school has gone back to the original number: the event that already has it stays as it is
        equal(
                row -> new Same(row.key(), row.content()),
                event -> new Same(event.firstKey(), event.content()),
                event -> true);
        nearest(Owned::key);
        equal(Row::content, Owned::content, event -> !event.isAmong(shield));
        // cancelled, and back under another number
        equal(Row::content, event -> event.content().unmarked(), event -> !event.isAmong(shield));
        nearest(Owned::firstKey);
        // of another source: its keys are others, and it may spell names and rooms in its own way
        Predicate<Owned> adopted = event -> event.adopted() && !event.isAmong(shield);
        equal(row -> Slot.named(row.content()), event -> Slot.named(event.content()), adopted);
        equal(row -> Slot.of(row.content()), event -> Slot.of(event.content()), adopted);
    }

    List<Pair> pairs() {
        return pairs;
    }

    /** Rows without an event. */
    List<Row> missing() {
        return rows.stream().filter(this::free).toList();
    }

    /** Events without a row. */
    List<Owned> absent() {
        return owned.stream().filter(this::free).toList();
    }

    private <K> void equal(Function<Row, K> ofRow, Function<Owned, K> ofEvent, Predicate<Owned> eligible) {
        Map<K, Deque<Owned>> events = new HashMap<>();
        owned.stream()
                .filter(this::free)
                .filter(eligible)
                .forEach(event -> events.computeIfAbsent(ofEvent.apply(event), k -> new ArrayDeque<>())
                        .add(event));
        rows.stream().filter(this::free).forEach(row -> {
            Deque<Owned> candidates = events.get(ofRow.apply(row));
            if (candidates != null && !candidates.isEmpty()) {
                pair(row, candidates.poll());
            }
        });
    }

    private void nearest(Function<Owned, String> keyOf) {
        Map<String, List<Owned>> events = new HashMap<>();
        owned.stream()
                .filter(this::free)
                .forEach(event -> events.computeIfAbsent(keyOf.apply(event), k -> new ArrayList<>())
                        .add(event));
        Map<String, List<Row>> ofKey = new HashMap<>();
        rows.stream()
                .filter(this::free)
                .filter(row -> events.containsKey(row.key()))
                .forEach(row ->
                        ofKey.computeIfAbsent(row.key(), k -> new ArrayList<>()).add(row));
        ofKey.forEach((key, candidates) -> NearestPairs.find(candidates, events.get(key), this::pair));
    }

    private void pair(Row row, Owned event) {
        taken.add(row);
        taken.add(event);
        pairs.add(new Pair(row, event));
    }

    private boolean free(Object each) {
        return !taken.contains(each);
    }
}
