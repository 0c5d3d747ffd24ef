package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Remembered.Settling;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

        /** Where events of a reference are or were, the one that stays first. */
        private final Map<String, Set<String>> places = new HashMap<>();

        private final Set<String> touched = new HashSet<>();

        Builder(List<CalendarEvent> listing) {
            for (CalendarEvent event : listing) {
                listed.put(event.id(), event);
                events.put(event.id(), event);
                if (event.reference() != null) {
                    placesOf(event).add(event.id());
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
            placesOf(event).add(place);
            touched.add(place);
        }

        private Set<String> placesOf(CalendarEvent event) {
            return places.computeIfAbsent(event.reference(), reference -> new TreeSet<>());
        }

        private String place(CalendarEvent event) {
            if (event.id() != null && events.containsKey(event.id())) {
                return event.id();
            }
            return placesOf(event).stream()
                    .filter(events::containsKey)
                    .findFirst()
                    .orElseGet(() -> event.id() != null ? event.id() : unlisted(event));
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
