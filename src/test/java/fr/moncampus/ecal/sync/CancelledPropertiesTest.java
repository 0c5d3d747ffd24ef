package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.sync.Plan.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** {@code cancelled: mark}: what leaves the timetable says so for seven days, and then goes. */
class CancelledPropertiesTest {
    private static final String MARK = "ANNULÉ – ";

    @Provide
    Arbitrary<World> worlds() {
        return Worlds.any();
    }

    @Provide
    Arbitrary<List<Wanted>> timetables() {
        return Worlds.plainTimetables();
    }

    @Property
    void toEveryGuardAMarkIsADeletion(@ForAll("worlds") World world) {
        Plan removing = world.plan();
        mark(world, world.rules);
        Plan marking = world.plan();

        assertThat(Stream.concat(marks(marking).map(Change::before), befores(marking.deletes()))
                        .map(CalendarEvent::id)
                        .collect(Collectors.toSet()))
                .as("the same events, marked or gone")
                .isEqualTo(befores(removing.deletes()).map(CalendarEvent::id).collect(Collectors.toSet()));
        assertThat(held(marking)).isEqualTo(held(removing));
        assertThat(marking.waiting()).isEqualTo(removing.waiting());
        assertThat(marking.creates()).isEqualTo(removing.creates());
        assertThat(marks(marking).map(Change::before))
                .as("nothing that has ended, and nothing of others")
                .allSatisfy(event -> assertThat(Reference.isOf(World.OWNER, event.reference()))
                        .isTrue());
    }

    @Property
    void aCancelledCourseSaysSoForSevenDaysAndGoes(
            @ForAll("timetables") List<Wanted> timetable, @ForAll Random random, @ForAll @IntRange(max = 6) int days) {
        World world = synced(timetable);
        List<Wanted> cancelled = cancelSome(world, random);
        Map<String, CalendarEvent> before = new TreeMap<>(world.calendar);

        world.settle();

        Set<String> marked = marked(world);
        assertThat(marked).hasSize(Row.of(cancelled).size());
        marked.forEach(
                id -> assertThat(world.calendar.get(id).withName(before.get(id).name()))
                        .as("its name alone has changed")
                        .isEqualTo(before.get(id)));
        Map<String, CalendarEvent> after = new TreeMap<>(world.calendar);

        world.now = World.NOW.plus(Duration.ofDays(days)).plus(Duration.ofHours(3));
        assertThat(World.writes(world.run())).as("nothing to say").isZero();
        assertThat(world.run().waiting()).isEmpty();
        assertThat(world.calendar).isEqualTo(after);

        world.now = World.NOW.plus(Duration.ofDays(7)).plus(Duration.ofHours(3));
        Plan last = world.run();
        assertThat(last.updates()).isEmpty();
        assertThat(last.creates()).isEmpty();
        assertThat(marked(world))
                .as("only what has taken its time unmarked by anybody is left")
                .allSatisfy(id -> assertThat(Span.of(after.get(id)).end()).isBeforeOrEqualTo(world.now));
        world.run();
        assertThat(world.memory.marked().keySet())
                .as("a write may have failed, so the next run forgets")
                .isEqualTo(marked(world));
    }

    @Property
    void aCourseThatComesBackHasItsNameAgain(
            @ForAll("timetables") List<Wanted> timetable,
            @ForAll Random random,
            @ForAll boolean renumbered,
            @ForAll boolean memoryLost) {
        World world = synced(timetable);
        Map<String, CalendarEvent> before = new TreeMap<>(world.calendar);
        cancelSome(world, random);
        world.settle();
        if (memoryLost) {
            world.memory = Remembered.NOTHING;
        }

        world.wanted = new ArrayList<>(timetable);
        if (renumbered) {
            world.wanted.replaceAll(each -> new Wanted("9" + each.key(), each.event()));
        }
        Plan back = world.run();

        assertThat(back.creates()).isEmpty();
        assertThat(back.deletes()).isEmpty();
        assertThat(contents(world)).containsExactlyInAnyOrderElementsOf(contents(before));
        world.run();
        assertThat(world.memory.marked()).isEmpty();
    }

    @Property
    void aLostMemoryMarksNothingTwiceAndKeepsNothingForEver(
            @ForAll("timetables") List<Wanted> timetable, @ForAll Random random, @ForAll @IntRange(max = 6) int days) {
        World world = synced(timetable);
        cancelSome(world, random);
        world.settle();
        Map<String, CalendarEvent> after = new TreeMap<>(world.calendar);

        world.now = world.now.plus(Duration.ofDays(days));
        world.memory = Remembered.NOTHING;
        world.settle();
        assertThat(world.calendar).isEqualTo(after);

        world.now = world.now.plus(Duration.ofDays(7));
        world.settle();
        assertThat(marked(world))
                .allSatisfy(id -> assertThat(Span.of(after.get(id)).end()).isBeforeOrEqualTo(world.now));
    }

    @Property
    void whoWantsThemRemovedAfterAllHasThemRemoved(
            @ForAll("timetables") List<Wanted> timetable, @ForAll Random random) {
        World world = synced(timetable);
        cancelSome(world, random);
        world.settle();

        world.rules = World.UNLIMITED;
        world.settle();

        assertThat(marked(world)).isEmpty();
        assertThat(world.memory.marked()).isEmpty();
    }

    @Example
    void theMarkOfASourceStaysAsLongAsTheSourceShowsIt() {
        World world = new World();
        mark(world, Rules.DEFAULT);
        CalendarEvent plain = World.event("Maths", "B110", World.at(9, 10), 2);
        world.wanted.add(new Wanted("1", plain.withName(MARK + "Maths")));
        for (int i = 2; i < 5; i++) {
            world.wanted.add(World.course(i, 9));
        }
        world.run();
        Instant seen = World.NOW.plus(Duration.ofMinutes(1));
        world.now = seen;
        world.run();
        assertThat(world.memory.marked()).containsValue(seen).hasSize(1);

        world.now = World.NOW.plus(Duration.ofDays(8));
        assertThat(World.writes(world.run())).isZero();

        world.wanted.remove(0);
        world.settle();
        assertThat(marked(world)).as("it has said so for more than seven days").isEmpty();
    }

    @Example
    void anEmptyPortalMarksNothingUntilSomebodyApproves() {
        World world = new World();
        for (int i = 1; i <= 20; i++) {
            world.wanted.add(World.course(i, i % 9 + 1));
        }
        mark(world, Rules.DEFAULT);
        world.run();
        world.wanted = new ArrayList<>(world.wanted.subList(0, 4));

        world.settle();
        Plan plan = world.plan();

        assertThat(marked(world)).isEmpty();
        assertThat(plan.held()).hasSize(16).allSatisfy(held -> {
            assertThat(held.reason()).isEqualTo(Plan.Reason.TOO_MANY);
            assertThat(held.change().kind()).isEqualTo(Change.Kind.UPDATE);
        });
        world.carryOut(plan.released());
        assertThat(marked(world)).hasSize(16);
        world.forgetWrites();
        assertThat(World.writes(world.run())).isZero();
        assertThat(world.plan().held()).isEmpty();
    }

    private static void mark(World world, Rules rules) {
        world.rules = new Rules(
                rules.deleteAfter(), rules.maxDeletes(), rules.maxDeleteRatio(), rules.settle(), Rules.Cancelled.MARK);
    }

    private static World synced(List<Wanted> timetable) {
        World world = new World(timetable, List.of());
        mark(world, World.UNLIMITED);
        world.run();
        return world;
    }

    /** All but one at most, since a school that shows nothing to come is another story. */
    private static List<Wanted> cancelSome(World world, Random random) {
        List<Wanted> cancelled = new ArrayList<>();
        List<Wanted> left = new ArrayList<>();
        world.wanted.forEach(each -> (random.nextBoolean() ? cancelled : left).add(each));
        left.add(new Wanted("1000", World.event("Soutenance", "B110", World.at(10, 20), 2)));
        world.wanted = left;
        return cancelled;
    }

    private static Stream<Change> marks(Plan plan) {
        return plan.updates().stream()
                .filter(change ->
                        change.after().name().equals(MARK + change.before().name()));
    }

    private static Stream<CalendarEvent> befores(List<Change> changes) {
        return changes.stream().map(Change::before);
    }

    private static Set<String> held(Plan plan) {
        return plan.held().stream().map(each -> each.reason() + " " + id(each)).collect(Collectors.toSet());
    }

    private static String id(Held held) {
        return held.change().before() == null
                ? held.change().after().reference()
                : held.change().before().id();
    }

    private static Set<String> marked(World world) {
        return world.calendar.values().stream()
                .filter(event -> event.name().startsWith(MARK))
                .map(CalendarEvent::id)
                .collect(Collectors.toSet());
    }

    private static List<Content> contents(World world) {
        return contents(world.calendar).stream()
                .filter(content -> !content.name().equals("Soutenance"))
                .toList();
    }

    private static List<Content> contents(Map<String, CalendarEvent> calendar) {
        return calendar.values().stream().map(Content::of).toList();
    }
}
