package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ownership and duplicates: who owns which events of the calendar. What is in none of the lists is somebody else's and
 * stays out of the plan.
 *
 * @param owned     one for each reference
 * @param copies    further events of a reference
 * @param legacy    what looks like the original tool's, by id
 * @param otherOwners owners that no known configuration has, and how many events each has
 */
record Ownership(List<Owned> owned, List<Owned> copies, List<CalendarEvent> legacy, Map<String, Integer> otherOwners) {

    static Ownership of(Situation situation, List<CalendarEvent> events, Map<String, Spelling> spellings) {
        List<Owned> ours = new ArrayList<>();
        List<CalendarEvent> legacy = new ArrayList<>();
        Map<String, Integer> otherOwners = new TreeMap<>();
        for (CalendarEvent event : events) {
            Reference reference = Reference.parse(event.reference());
            if (reference == null) {
                if (Legacy.wrote(event)) {
                    legacy.add(event);
                }
            } else if (reference.owner().equals(situation.owner())
                    || reference.owner().equals(situation.adopt())
                    || situation.predecessors().contains(reference.owner())) {
                String key = event.id() == null
                        ? null
                        : situation.memory().renumbered().get(event.id());
                ours.add(new Owned(
                        event,
                        reference.ownedBy(situation.owner()),
                        key == null ? reference.key() : key,
                        Spellings.content(event, spellings),
                        Span.of(event)));
            } else if (!situation.knownOwners().contains(reference.owner())) {
                otherOwners.merge(reference.owner(), 1, Integer::sum);
            }
        }
        legacy.sort(Comparator.comparing(CalendarEvent::id));
        return withCopiesAside(ours, legacy, otherOwners);
    }

    private static Ownership withCopiesAside(
            List<Owned> ours, List<CalendarEvent> legacy, Map<String, Integer> otherOwners) {
        List<Owned> single = new ArrayList<>();
        List<Owned> copies = new ArrayList<>();
        ours.sort(Owned.ORDER);
        for (Owned each : ours) {
            boolean first = single.isEmpty()
                    || !single.get(single.size() - 1).reference().equals(each.reference());
            (first ? single : copies).add(each);
        }
        return new Ownership(single, copies, legacy, otherOwners);
    }
}
