package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** A calendar as the original tool leaves it: no zone, random digits as reference, doubles, courses that moved or went. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class MigrationPropertiesTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** How the listing shows the zoneless times of the original. */
    enum Shown {
        AS_PARIS,
        AS_UTC,
        AS_UTC_IN_PARIS;

        LocalDateTime of(LocalDateTime wall) {
            return switch (this) {
                case AS_PARIS -> wall;
                case AS_UTC ->
                    wall.atZone(PARIS).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
                case AS_UTC_IN_PARIS ->
                    wall.atOffset(ZoneOffset.UTC).atZoneSameInstant(PARIS).toLocalDateTime();
            };
        }
    }

    @Provide
    Arbitrary<List<Wanted>> timetables() {
        return Worlds.plainTimetables();
    }

    @Provide
    Arbitrary<Shown> shown() {
        return Arbitraries.of(Shown.class);
    }

    @Property(tries = 600)
    void theOriginalsCalendarEndsAsTheTimetableAndThenTheToolIsSilent(
            @ForAll("timetables") List<Wanted> wanted, @ForAll("shown") Shown shown, @ForAll Random random) {
        World world = new World(wanted, List.of());
        world.rules = World.UNLIMITED;
        for (int i = 0; i < wanted.size(); i++) {
            CalendarEvent event = wanted.get(i).event();
            put(world, 10 * i, event, shown);
            if (random.nextInt(3) == 0) {
                put(world, 10 * i + 1, event, shown);
            }
            if (random.nextInt(3) == 0) {
                put(
                        world,
                        10 * i + 2,
                        World.event(event.name(), "Z9", wall(event).plusHours(5), 1),
                        shown);
            }
        }
        int legacy = world.calendar.size();

        Plan first = world.run();
        assertThat(first.held()).isEmpty();
        assertThat(first.deletes()).isEmpty();
        if (shown == Shown.AS_PARIS) {
            assertThat(first.creates()).isEmpty();
            assertThat(first.updates()).hasSameSizeAs(wanted);
        }
        assertThat(world.calendar.size()).isEqualTo(legacy + first.creates().size());
        world.settle();

        assertThat(world.calendar.values()).allMatch(event -> event.reference().startsWith("mc-"));
        assertThat(world.calendar.values().stream()
                        .map(event -> event.withId(null).withReference(null)))
                .containsExactlyInAnyOrderElementsOf(
                        wanted.stream().map(Wanted::event).toList());
        Plan last = world.run();
        assertThat(World.writes(last)).isZero();
        assertThat(last.waiting()).isEmpty();
    }

    private static LocalDateTime wall(CalendarEvent event) {
        return LocalDateTime.parse(event.startDate() + "T" + event.startTime());
    }

    private static void put(World world, int id, CalendarEvent event, Shown shown) {
        LocalDateTime end = LocalDateTime.parse(event.endDate() + "T" + event.endTime());
        world.put(id, Integer.toString(10_000 + id), World.at(event, shown.of(wall(event)), shown.of(end), null));
    }
}
