package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
 * @param standing    how many owned events of the window had not ended: what the mass-deletion guard compares with
 * @param otherOwners owner hashes of other {@code mc-} events in this calendar, and how many each has
 * @param rules       what the rules about courses do, each of them
 * @param memory      what a run that counts has to remember for the next one
 */
public record Plan(
        List<Change> creates,
        List<Change> updates,
        List<Change> deletes,
        List<Waiting> waiting,
        List<Held> held,
        int unchanged,
        int unconfirmed,
        int standing,
        Map<String, Integer> otherOwners,
        List<RuleEffect> rules,
        Remembered memory) {

    /** The plan that {@code approve} carries out: what is held and may be released, and nothing that it did not show. */
    public Plan released() {
        Map<Change.Kind, List<Change>> free = held.stream()
                .filter(each -> each.reason().releasable())
                .map(Held::change)
                .collect(Collectors.groupingBy(Change::kind));
        List<Held> stillHeld =
                held.stream().filter(each -> !each.reason().releasable()).toList();
        Set<String> gone = free.getOrDefault(Change.Kind.DELETE, List.of()).stream()
                .map(change -> change.before().id())
                .collect(Collectors.toSet());
        Set<String> seen =
                memory.seen().stream().filter(id -> !gone.contains(id)).collect(Collectors.toUnmodifiableSet());
        return new Plan(
                free.getOrDefault(Change.Kind.CREATE, List.of()),
                free.getOrDefault(Change.Kind.UPDATE, List.of()),
                free.getOrDefault(Change.Kind.DELETE, List.of()),
                waiting,
                stillHeld,
                unchanged,
                unconfirmed,
                standing,
                otherOwners,
                rules,
                memory.withSeen(seen));
    }

    /**
     * What a further listing of the same run teaches. It says nothing of the timetable: absences are left as they were, and what this would
     * delete is not deleted, so that it is missed should the next listing lack it. One that is not believed teaches how ECAL spells, and no more.
     */
    public Remembered learned(Remembered before) {
        Remembered learned = before.withSpellings(memory.spellings());
        if (memory.shrunkSince() != null) {
            return learned;
        }
        Set<String> seen = new HashSet<>(memory.seen());
        deletes.forEach(delete -> seen.add(delete.before().id()));
        return learned.withSeen(seen);
    }

    /** 12 hexadecimal digits that change with anything that is held. */
    public String checksum() {
        String lines = held.stream()
                .map(each -> String.join(
                        "|",
                        each.reason().code(),
                        each.change().kind().name(),
                        words(each.change().event())))
                .sorted()
                .collect(Collectors.joining("\n"));
        return Reference.digest(lines).substring(0, 12);
    }

    private static String words(CalendarEvent event) {
        return event.id() + "|" + event.reference() + "|" + Content.of(event);
    }

    /** @param since when the first complete read lacked it */
    public record Waiting(CalendarEvent event, Instant since) {}

    /**
     * @param rule  in a few words, as the file has it
     * @param hides how many courses of the timetable it hides
     * @param names how many that are shown it gives another name
     * @param all   how many courses there are
     */
    public record RuleEffect(String rule, int hides, int names, int all) {}

    public record Held(Change change, Reason reason) {}

    public enum Reason {
        TOO_MANY("too-many", true),
        EMPTY_ANSWER("empty-answer", true),
        RULES_CHANGED("rules-changed", true),
        UNREADABLE_ROW("unreadable-row", false),
        CALENDAR_SHRUNK("calendar-shrunk", true),
        LEGACY_LEFTOVER("legacy-leftover", true);

        private final String code;
        private final boolean releasable;

        Reason(String code, boolean releasable) {
            this.code = code;
            this.releasable = releasable;
        }

        /** The word that JSON output and documents use. */
        public String code() {
            return code;
        }

        /** Whether {@code approve} may carry it out; an unreadable row has to be corrected at the school. */
        public boolean releasable() {
            return releasable;
        }
    }
}
