package fr.moncampus.ecal.run;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.EventTimes;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Reference;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a run that made a plan leaves behind: the calendar after its writes, and the part of the plan that was not carried out. */
final class Snapshots {
    private static final Comparator<Timed> BY_START = Comparator.comparing(
                    Timed::start, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(timed -> String.valueOf(timed.event().id()));

    /** @param start null when it cannot be read; told once, since sorting asks for it again and again */
    private record Timed(CalendarEvent event, Instant start) {}

    private Snapshots() {}

    static Snapshot of(Run run, String owner, Instant now) {
        Plan plan = run.plan();
        List<Write> done = run.done();
        List<CalendarEvent> events = after(done, run.calendar(), owner).stream()
                .map(event -> new Timed(event, EventTimes.begins(event)))
                .sorted(BY_START)
                .map(Timed::event)
                .toList();
        boolean releasable = plan.held().stream().anyMatch(held -> held.reason().releasable());
        return new Snapshot(
                now,
                run.purpose().dryRun(),
                events,
                undone(plan, done),
                plan.waiting(),
                plan.held(),
                plan.standing(),
                releasable ? plan.checksum() : null);
    }

    /** The listing may be older than the writes, or lag behind them. Events of others are not ours to show. */
    private static List<CalendarEvent> after(List<Write> done, List<CalendarEvent> listing, String owner) {
        Map<String, CalendarEvent> events = new LinkedHashMap<>();
        Set<String> references = new HashSet<>();
        for (CalendarEvent event : listing) {
            if (Reference.isOf(owner, event.reference())) {
                events.put(event.id(), event);
                references.add(event.reference());
            }
        }
        for (Write write : done) {
            CalendarEvent after = write.after();
            if (write.before() != null) {
                events.remove(write.before().id());
            }
            if (after != null && (after.id() != null || references.add(after.reference()))) {
                events.put(after.id() == null ? after.reference() : after.id(), after);
            }
        }
        return List.copyOf(events.values());
    }

    private static List<Change> undone(Plan plan, List<Write> done) {
        Set<String> carriedOut = new HashSet<>();
        done.forEach(write -> {
            carriedOut.add(write.before() == null ? null : write.before().id());
            carriedOut.add(words(write.event()));
        });
        return Stream.of(plan.creates(), plan.updates(), plan.deletes())
                .flatMap(List::stream)
                .filter(change -> !carriedOut.contains(
                        change.before() == null
                                ? words(change.after())
                                : change.before().id()))
                .toList();
    }

    /** A create may have ended under another reference than it was planned with. */
    private static String words(CalendarEvent event) {
        return String.join("|", event.name(), event.startDate(), event.startTime(), event.endTime(), event.location());
    }
}
