package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Plan.Held;
import fr.moncampus.ecal.sync.Plan.Reason;
import fr.moncampus.ecal.sync.Plan.Waiting;
import fr.moncampus.ecal.timetable.Timetable.Unreadable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Computes the changes that bring the calendar in step with the timetable: a pure function of the {@link Situation}.
 * The plan does not depend on the order of its input. Time and memory grow with the input as sorting does.
 */
public final class Planner {
    private static final Comparator<CalendarEvent> BY_START = Comparator.comparing(Span::of, Span.ORDER)
            .thenComparing(CalendarEvent::reference, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(CalendarEvent::id, Comparator.nullsLast(Comparator.naturalOrder()));

    private final Situation situation;
    private final Remembered memory;
    private final FreeReferences references;
    private final Cancelled cancelled;
    private final Selected selected;
    private final List<Row> rows;
    private final List<Row> hidden;
    private final List<Change> creates = new ArrayList<>();
    private final List<Change> updates = new ArrayList<>();
    private int unchanged;

    private Planner(Situation situation) {
        this.situation = situation;
        memory = Spellings.learn(situation.memory(), situation.actual());
        references = new FreeReferences(situation);
        cancelled = new Cancelled(situation);
        selected = new Selected(situation);
        List<Row> all = Row.of(situation.wanted());
        rows = all.stream().filter(row -> !row.hidden()).toList();
        hidden = all.stream().filter(Row::hidden).toList();
    }

    public static Plan plan(Situation situation) {
        return new Planner(situation).plan();
    }

    private Plan plan() {
        Overlay calendar = Overlay.of(situation, memory.spellings());
        Ownership ownership = Ownership.of(situation, calendar.events(), memory.spellings());
        ownership.owned().forEach(owned -> references.reserve(owned.reference()));
        Set<String> shield = situation.unreadable().stream()
                .map(Unreadable::key)
                .filter(Reference::isKey)
                .map(Reference::key)
                .collect(Collectors.toSet());
        Matching matching = new Matching(rows, ownership.owned(), shield);
        Legacy legacy = Legacy.of(matching.missing(), ownership.legacy(), rows);

        matching.pairs().forEach(pair -> keepOrUpdate(pair.owned(), pair.row()));
        matching.absent().stream()
                .filter(owned -> owned.adopted() && (isAsked(owned) || isDeletable(owned.event())))
                .forEach(this::rename);
        legacy.adoptions().forEach(this::adopt);
        legacy.missing().stream()
                .filter(row -> row.span().startsIn(situation.window()))
                .forEach(this::create);

        Deletions deletions = deletions(ownership, matching, legacy, shield);
        selected.decide(standing(ownership), updates, deletions.held());
        return assemble(ownership, matching, shield, deletions, calendar.unconfirmed());
    }

    /** A change to an event whose id is not known yet waits: the overlay counts it as unconfirmed. */
    private void keepOrUpdate(Owned owned, Row row) {
        if (owned.content().equals(row.content()) && !owned.adopted()) {
            unchanged++;
        } else if (owned.event().id() != null && selected.renames(owned, row)) {
            selected.rename(owned, row);
        } else if (owned.event().id() != null) {
            updates.add(Change.update(
                    owned.event(), row.as(owned.event().id(), owned.reference().toString())));
        }
    }

    /** Of a predecessor, what is over or outside of the days stays as it is: a change of school writes nothing about last term. */
    private boolean isAsked(Owned owned) {
        return Reference.isOf(situation.adopt(), owned.event().reference());
    }

    /** An adopted event that the timetable lacks becomes ours first; its absence is confirmed in the runs that follow. */
    private void rename(Owned owned) {
        updates.add(Change.update(
                owned.event(), owned.event().withReference(owned.reference().toString())));
    }

    private void adopt(Legacy.Adoption adoption) {
        Row row = adoption.row();
        updates.add(Change.update(adoption.event(), row.as(adoption.event().id(), references.take(row.key()))));
    }

    private void create(Row row) {
        creates.add(Change.create(row.as(null, references.take(row.key()))));
    }

    private Deletions deletions(Ownership ownership, Matching matching, Legacy legacy, Set<String> shield) {
        Deletions deletions = new Deletions(situation);
        deletions.copies(deletions(ownership.copies().stream()
                .filter(copy -> !copy.isAmong(shield))
                .map(Owned::event)));
        List<Owned> absent = matching.absent().stream()
                .filter(owned -> !owned.isAmong(shield) && !owned.adopted() && isDeletable(owned.event()))
                .toList();
        Set<Owned> hiding = new Matching(hidden, absent, shield)
                .pairs().stream().map(Matching.Pair::owned).collect(Collectors.toSet());
        deletions.marked(absent.stream()
                .filter(owned -> !hiding.contains(owned) && cancelled.stays(owned))
                .map(Owned::event)
                .toList());
        deletions.hidden(hiding.stream()
                .sorted(Owned.ORDER)
                .map(owned -> Change.delete(owned.event()))
                .toList());
        deletions.absent(absent.stream()
                .filter(owned -> !hiding.contains(owned) && !cancelled.stays(owned))
                .map(cancelled::change)
                .toList());
        if (situation.unreadable().isEmpty()) {
            deletions.absent(deletions(legacy.stale().stream()));
            deletions.hold(deletions(legacy.foreign().stream()), Reason.LEGACY_LEFTOVER);
        } else {
            // which event of the original tool an unreadable row stands for cannot be known
            deletions.keep(deletions(Stream.concat(legacy.stale().stream(), legacy.foreign().stream())));
        }
        boolean shown = isToCome(rows);
        deletions.decide(standing(ownership), shown || isToCome(hidden), shown);
        deletions.marks().forEach(cancelled::marking);
        updates.addAll(deletions.marks());
        return deletions;
    }

    /** A create without an answer is believed, but may never have happened: nothing is deleted on the strength of it. */
    private int standing(Ownership ownership) {
        return (int) ownership.owned().stream()
                .filter(owned -> owned.event().id() != null && !cancelled.stays(owned))
                .filter(owned -> owned.span().deletable(situation.covered(), situation.now()))
                .count();
    }

    private boolean isToCome(List<Row> some) {
        return some.stream()
                .anyMatch(row -> row.span().readable() && row.span().start().isAfter(situation.now()));
    }

    private boolean isDeletable(CalendarEvent event) {
        return event.id() != null && Span.of(event).deletable(situation.covered(), situation.now());
    }

    private List<Change> deletions(Stream<CalendarEvent> events) {
        return events.filter(this::isDeletable).map(Change::delete).toList();
    }

    private Plan assemble(
            Ownership ownership, Matching matching, Set<String> shield, Deletions deletions, int unconfirmed) {
        Set<String> deleted =
                deletions.deletes().stream().map(change -> change.before().id()).collect(Collectors.toSet());
        Shrinkage shrinkage = Shrinkage.of(situation, deleted);
        List<Held> held = new ArrayList<>(deletions.held());
        if (shrinkage.suspect()) {
            creates.forEach(create -> held.add(new Held(create, Reason.CALENDAR_SHRUNK)));
            creates.clear();
        }
        Remembered next = new Remembered(
                deletions.absences(),
                memory.spellings(),
                memory.settling(),
                shrinkage.seen(),
                shrinkage.since(),
                renumbered(matching, shield, shrinkage.suspect()),
                cancelled.since(ownership.owned(), shrinkage.suspect()),
                selected.next());
        return new Plan(
                byStart(creates, Change::event),
                byStart(asListed(updates), Change::event),
                byStart(deletions.deletes(), Change::event),
                byStart(deletions.waiting(), Waiting::event),
                byStart(held, each -> each.change().event()),
                unchanged,
                unconfirmed,
                standing(ownership),
                ownership.otherOwners(),
                selected.effects(),
                next);
    }

    /** Of every event in the calendar; events that a shrunken listing lacks may still be there too. */
    private Map<String, String> renumbered(Matching matching, Set<String> shield, boolean suspect) {
        Map<String, String> keys = new HashMap<>(suspect ? memory.renumbered() : Map.of());
        Map<Content, String> doubtful = doubtful(matching);
        matching.absent().forEach(owned -> {
            String key = owned.event().id() == null || owned.isAmong(shield) ? null : doubtful.remove(owned.content());
            note(keys, owned, key == null ? owned.key() : key);
        });
        matching.pairs().forEach(pair -> note(keys, pair.owned(), pair.row().key()));
        return keys;
    }

    /**
     * Courses that a create stands for which may never have happened. Until that is known the event that says the same counts as absent; if the
     * create did not happen, that event is the course's.
     */
    private static Map<Content, String> doubtful(Matching matching) {
        Map<Content, String> keys = new HashMap<>();
        matching.pairs().stream()
                .filter(pair -> pair.owned().event().id() == null)
                .forEach(pair -> keys.put(pair.owned().content(), pair.row().key()));
        return keys;
    }

    private static void note(Map<String, String> keys, Owned owned, String key) {
        keys.remove(owned.event().id());
        if (owned.event().id() != null && !key.equals(owned.firstKey())) {
            keys.put(owned.event().id(), key);
        }
    }

    private List<Change> asListed(List<Change> changes) {
        Map<String, CalendarEvent> listed = new HashMap<>();
        situation.actual().forEach(event -> listed.put(event.id(), event));
        return changes.stream()
                .map(change -> change.over(listed.get(change.before().id())))
                .toList();
    }

    private static <T> List<T> byStart(List<T> list, Function<T, CalendarEvent> event) {
        return list.stream().sorted(Comparator.comparing(event, BY_START)).toList();
    }
}
