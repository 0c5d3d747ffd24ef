package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.ecal.CalendarEvent;
import fr.moncampus.ecal.sync.Remembered.Settling;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settling: the calendar as it will be listed once recent writes show in it.
 *
 * @param unconfirmed how many of those writes the listing does not show yet
 */
record Overlay(List<CalendarEvent> events, int unconfirmed) {

    static Overlay of(Situation situation, Map<String, Spelling> spellings) {
        Builder builder = new Builder(situation.actual());
        situation.memory().settling().stream()
                .filter(write -> write.at().plus(situation.rules().settle()).isAfter(situation.now()))
                .forEach(builder::apply);
        return new Overlay(List.copyOf(builder.events.values()), builder.unconfirmed(spellings));
    }

    private static final class Builder {
        private final Map<String, CalendarEvent> listed = new HashMap<>();
        /** By id; an event whose id is not known yet is under its reference. */
        private final Map<String, CalendarEvent> events = new LinkedHashMap<>();

        private final Map<String, String> placeOf = new HashMap<>();
        private final Set<String> touched = new HashSet<>();

        Builder(List<CalendarEvent> listing) {
            for (CalendarEvent event : listing) {
                listed.put(event.id(), event);
                events.put(event.id(), event);
                if (event.reference() != null) {
                    placeOf.merge(
                            event.reference(), event.id(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
                }
            }
        }

        void apply(Settling write) {
            CalendarEvent event = write.event();
            if (write.kind() == Change.Kind.DELETE) {
                events.remove(event.id());
                events.remove(unlisted(event));
                touched.add(event.id());
                return;
            }
            String place = place(event);
            CalendarEvent there = events.get(place);
            events.put(place, there == null || there.id() == null ? event : event.withId(there.id()));
            placeOf.put(event.reference(), place);
            touched.add(place);
        }

        private String place(CalendarEvent event) {
            if (event.id() != null && events.containsKey(event.id())) {
                return event.id();
            }
            String known = placeOf.get(event.reference());
            if (known != null && events.containsKey(known)) {
                return known;
            }
            return event.id() != null ? event.id() : unlisted(event);
        }

        private static String unlisted(CalendarEvent event) {
            return "?" + event.reference();
        }

        int unconfirmed(Map<String, Spelling> spellings) {
            return (int) touched.stream()
                    .filter(place -> !shown(listed.get(place), events.get(place), spellings))
                    .count();
        }

        private static boolean shown(CalendarEvent listed, CalendarEvent expected, Map<String, Spelling> spellings) {
            if (listed == null || expected == null) {
                return listed == expected;
            }
            return expected.reference().equals(listed.reference())
                    && Spellings.content(listed, spellings).equals(Content.of(expected));
        }
    }
}
