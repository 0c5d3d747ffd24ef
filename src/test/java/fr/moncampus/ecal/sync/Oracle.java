package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Plan.Held;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Reads events and references in its own way, so that it can contradict the plan. */
final class Oracle {
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private Oracle() {}

    static Stream<CalendarEvent> named(Plan plan) {
        Stream<Change> changes = Stream.of(
                        plan.updates().stream(),
                        plan.deletes().stream(),
                        plan.held().stream().map(Held::change))
                .flatMap(each -> each);
        return Stream.concat(
                changes.map(Change::before).filter(Objects::nonNull),
                plan.waiting().stream().map(Plan.Waiting::event));
    }

    static Stream<Change> heldCreates(Plan plan) {
        return plan.held().stream().map(Held::change).filter(change -> change.kind() == Change.Kind.CREATE);
    }

    static boolean mine(CalendarEvent event) {
        return event.reference() != null
                && event.reference().matches("mc-" + World.OWNER + "-(\\d{1,19}|c[0-9a-f]{8})(-\\d+)?");
    }

    static boolean adopted(World world, CalendarEvent event) {
        return world.adopt != null
                && event.reference() != null
                && event.reference().startsWith("mc-" + world.adopt + "-");
    }

    static Stream<CalendarEvent> ours(Collection<CalendarEvent> events) {
        return events.stream().filter(Oracle::mine);
    }

    static String key(CalendarEvent event) {
        return mine(event) ? event.reference().split("-")[2] : null;
    }

    static List<CalendarEvent> withReference(World world, String reference) {
        return world.calendar.values().stream()
                .filter(event -> reference.equals(event.reference()))
                .toList();
    }

    /** Whether another event, with a smaller id or of our own, bears the reference that this one has or gets. */
    static boolean copy(World world, CalendarEvent event) {
        if (adopted(world, event)) {
            return true;
        }
        return mine(event)
                && withReference(world, event.reference()).stream()
                        .anyMatch(other -> other.id().compareTo(event.id()) < 0);
    }

    static long standing(World world) {
        Set<String> references = new HashSet<>();
        List<CalendarEvent> kept = new ArrayList<>();
        world.calendar.values().stream()
                .filter(Oracle::mine)
                .forEach(event -> keepFirst(event, references, kept, event.reference()));
        world.calendar.values().stream()
                .filter(event -> adopted(world, event))
                .forEach(event ->
                        keepFirst(event, references, kept, event.reference().replace(world.adopt, World.OWNER)));
        return kept.stream().filter(event -> toCome(world, event)).count();
    }

    static void keepFirst(CalendarEvent event, Set<String> references, List<CalendarEvent> kept, String reference) {
        if (references.add(reference)) {
            kept.add(event);
        }
    }

    static boolean toCome(World world, CalendarEvent event) {
        return readable(event)
                && end(event).isAfter(world.now)
                && World.WINDOW.contains(start(event).atZone(PARIS).toLocalDate());
    }

    static List<CalendarEvent> toCome(World world, Collection<CalendarEvent> events) {
        return events.stream()
                .filter(event -> toCome(world, event))
                .map(event -> event.withId(null).withReference(null))
                .toList();
    }

    static List<CalendarEvent> distinct(List<Wanted> wanted) {
        return wanted.stream().distinct().map(Wanted::event).toList();
    }

    static boolean readable(CalendarEvent event) {
        return event.startTime().contains(":");
    }

    static Instant start(CalendarEvent event) {
        return instant(event, event.startDate() + "T" + event.startTime());
    }

    static Instant end(CalendarEvent event) {
        return instant(event, event.endDate() + "T" + event.endTime());
    }

    static Instant instant(CalendarEvent event, String wall) {
        return LocalDateTime.parse(wall)
                .atZone(event.timezone() == null ? PARIS : ZoneId.of(event.timezone()))
                .toInstant();
    }
}
