package fr.moncampus.ecal.sync;

import static fr.moncampus.ecal.sync.Oracle.PARIS;
import static fr.moncampus.ecal.sync.Oracle.adopted;
import static fr.moncampus.ecal.sync.Oracle.copy;
import static fr.moncampus.ecal.sync.Oracle.distinct;
import static fr.moncampus.ecal.sync.Oracle.end;
import static fr.moncampus.ecal.sync.Oracle.heldCreates;
import static fr.moncampus.ecal.sync.Oracle.key;
import static fr.moncampus.ecal.sync.Oracle.mine;
import static fr.moncampus.ecal.sync.Oracle.named;
import static fr.moncampus.ecal.sync.Oracle.ours;
import static fr.moncampus.ecal.sync.Oracle.standing;
import static fr.moncampus.ecal.sync.Oracle.start;
import static fr.moncampus.ecal.sync.Oracle.toCome;
import static fr.moncampus.ecal.sync.Oracle.withReference;
import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Plan.Held;
import fr.moncampus.ecal.sync.Plan.Reason;
import fr.moncampus.ecal.sync.Remembered.Absence;
import fr.moncampus.ecal.timetable.Timetable.Unreadable;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every timetable, calendar and memory. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class PlannerPropertiesTest {
    @Provide
    Arbitrary<World> worlds() {
        return Worlds.any();
    }

    @Provide
    Arbitrary<List<Wanted>> timetables() {
        return Worlds.timetables();
    }

    @Provide
    Arbitrary<List<Wanted>> plainTimetables() {
        return Worlds.plainTimetables();
    }

    @Provide
    Arbitrary<List<CalendarEvent>> calendars() {
        return Worlds.calendars();
    }

    @Property(tries = 600)
    void carryingOutPlansMakesTheCalendarEqualToTheTimetableAndThenNothingIsLeftToDo(
            @ForAll("timetables") List<Wanted> wanted, @ForAll("calendars") List<CalendarEvent> calendar) {
        World world = new World(wanted, calendar);
        world.wanted.add(World.course(99, 9));
        world.rules = World.UNLIMITED;

        world.settle();

        assertThat(toCome(world, ours(world.calendar.values()).toList()))
                .containsExactlyInAnyOrderElementsOf(toCome(world, distinct(world.wanted)));
        assertThat(ours(world.calendar.values()).map(CalendarEvent::reference))
                .as("no two to come bear one reference")
                .filteredOn(reference ->
                        toCome(world, withReference(world, reference)).size()
                                == withReference(world, reference).size())
                .doesNotHaveDuplicates();
        Plan second = world.run();
        assertThat(World.writes(second)).isZero();
        assertThat(second.waiting()).isEmpty();
        assertThat(second.unconfirmed()).isZero();
    }

    @Property(tries = 600)
    void whatIsNotOursIsInNoPlan(@ForAll("worlds") World world) {
        Plan plan = world.plan();

        assertThat(named(plan))
                .allMatch(event -> mine(event)
                        || adopted(world, event)
                        || event.reference().matches("\\d{1,8}")
                                && event.details().startsWith("Intervenant : "));
        assertThat(Stream.concat(plan.creates().stream(), plan.updates().stream())
                        .map(Change::after))
                .allMatch(Oracle::mine);
    }

    @Property(tries = 400)
    void theOrderOfTheInputLeavesNoTrace(@ForAll("worlds") World world, @ForAll long seed) {
        List<CalendarEvent> shuffled = new ArrayList<>(world.calendar.values());
        Collections.shuffle(shuffled, new Random(seed));
        Plan plan = world.plan();

        Collections.shuffle(world.wanted, new Random(seed + 1));

        assertThat(Planner.plan(world.situation(shuffled))).isEqualTo(plan);
    }

    @Property(tries = 300)
    void aChangedCourseIsExactlyOneUpdate(
            @ForAll("plainTimetables") List<Wanted> wanted,
            @ForAll("changes") CourseChange change,
            @ForAll Random random) {
        World world = new World(wanted, List.of());
        world.run();
        int changed = random.nextInt(wanted.size());
        Wanted before = wanted.get(changed);
        world.wanted.set(changed, new Wanted(before.key(), change.apply(before.event())));

        Plan plan = world.run();

        assertThat(plan.updates()).hasSize(1);
        assertThat(World.writes(plan)).isEqualTo(1);
        assertThat(plan.waiting()).isEmpty();
        assertThat(plan.held()).isEmpty();
        assertThat(plan.updates().get(0).after().reference()).isEqualTo(World.mine(before.key()));
        assertThat(World.writes(world.run())).isZero();
    }

    enum CourseChange {
        MOVED,
        RENAMED,
        ANOTHER_ROOM,
        LONGER;

        CalendarEvent apply(CalendarEvent event) {
            LocalDateTime start = LocalDateTime.parse(event.startDate() + "T" + event.startTime());
            return switch (this) {
                case MOVED ->
                    World.event(
                            event.name(), event.location(), start.plusDays(1).plusHours(1), 2);
                case RENAMED -> World.event("Gestion", event.location(), start, 2);
                case ANOTHER_ROOM -> World.event(event.name(), "C3", start, 2);
                case LONGER -> World.event(event.name(), event.location(), start, 4);
            };
        }
    }

    @Provide
    Arbitrary<CourseChange> changes() {
        return Arbitraries.of(CourseChange.class);
    }

    @Property(tries = 200)
    void aRenumberedTimetableWritesNothing(@ForAll("plainTimetables") List<Wanted> wanted) {
        World world = new World(wanted, List.of());
        world.run();
        world.wanted.replaceAll(each -> new Wanted("9" + each.key(), each.event()));

        Plan plan = world.run();

        assertThat(World.writes(plan)).isZero();
        assertThat(plan.waiting()).isEmpty();
    }

    @Property(tries = 200)
    void aRenumberedTimetableThatChangesLaterKeepsItsEvents(
            @ForAll("plainTimetables") List<Wanted> wanted,
            @ForAll("changes") CourseChange change,
            @ForAll @IntRange(min = 1, max = 3) int renumberings,
            @ForAll boolean back) {
        // a course that moves to where another one was may be taken for that one, when its number says nothing
        Assume.that(!back || change != CourseChange.MOVED);
        World world = new World(wanted, List.of());
        world.run();
        for (int i = 0; i < renumberings; i++) {
            world.wanted.replaceAll(each -> new Wanted("9" + each.key(), each.event()));
            world.run();
        }
        int digits = back ? renumberings : 0;
        world.wanted.replaceAll(each -> new Wanted(each.key().substring(digits), change.apply(each.event())));

        Plan plan = world.run();

        assertThat(plan.creates()).isEmpty();
        assertThat(plan.waiting()).isEmpty();
        assertThat(plan.deletes()).isEmpty();
        assertThat(plan.updates()).hasSize(distinct(wanted).size());
        assertThat(World.writes(world.run())).isZero();
    }

    @Property(tries = 400)
    void onlyEventsThatStandThereAreRememberedAsRenumbered(@ForAll("worlds") World world) {
        Plan plan = world.plan();

        Set<String> renumbered = plan.memory().renumbered().keySet();
        if (plan.memory().shrunkSince() == null) {
            assertThat(world.calendar.keySet()).containsAll(renumbered);
        } else {
            Set<String> known = new HashSet<>(world.calendar.keySet());
            known.addAll(world.memory.renumbered().keySet());
            assertThat(known).containsAll(renumbered);
        }
    }

    @Property(tries = 1500)
    void whatIsDeletedHasPassedEveryGuard(@ForAll("worlds") World world) {
        Plan plan = world.plan();
        Set<String> numbers = world.unreadable.stream().map(Unreadable::key).collect(Collectors.toSet());
        List<CalendarEvent> deleted =
                plan.deletes().stream().map(Change::before).toList();
        List<CalendarEvent> confirmed =
                deleted.stream().filter(event -> !copy(world, event)).toList();
        long heldConfirmed = plan.held().stream()
                .map(Held::reason)
                .filter(reason -> reason == Reason.TOO_MANY || reason == Reason.EMPTY_ANSWER)
                .count();
        int all = confirmed.size() + (int) heldConfirmed;
        boolean many = all > world.rules.maxDeletes() && all > world.rules.maxDeleteRatio() * standing(world);

        assertThat(deleted)
                .as("a read with a row of which nothing is known deletes nothing")
                .matches(list -> !numbers.contains(null) || list.isEmpty());
        assertThat(deleted).allSatisfy(event -> {
            assertThat(end(event)).isAfter(world.now);
            assertThat(World.WINDOW.contains(start(event).atZone(PARIS).toLocalDate()))
                    .isTrue();
            assertThat(numbers)
                    .doesNotContain(key(event), world.memory.renumbered().get(event.id()));
        });
        assertThat(confirmed).allSatisfy(event -> {
            Absence absence = world.memory.absences().get(event.id());
            assertThat(absence).isNotNull();
            assertThat(Duration.between(absence.since(), world.now)).isGreaterThanOrEqualTo(world.rules.deleteAfter());
            assertThat(world.wanted).anyMatch(wanted -> start(wanted.event()).isAfter(world.now));
            if (many) {
                Set<LocalDate> days = new HashSet<>(absence.days());
                days.add(World.TODAY);
                assertThat(Duration.between(absence.since(), world.now)).isGreaterThanOrEqualTo(Duration.ofHours(48));
                assertThat(absence.reads() + 1).isGreaterThanOrEqualTo(4);
                assertThat(days.size()).isGreaterThanOrEqualTo(2);
            }
        });
    }

    @Property(tries = 500)
    void aLostMemoryAddsNoDeletionAndNoCreateButOfRenumberedCourses(@ForAll("worlds") World world) {
        world.memory = world.memory.withRenumbered(Map.of());
        Plan remembering = world.plan();
        world.memory = Remembered.NOTHING;
        Plan forgetful = world.plan();

        assertThat(remembering.deletes()).containsAll(forgetful.deletes());
        assertThat(Stream.concat(remembering.creates().stream(), heldCreates(remembering)))
                .containsAll(forgetful.creates());
        assertThat(forgetful.deletes()).allMatch(change -> copy(world, change.before()));
    }

    @Property(tries = 300)
    void whileTheListingLagsNothingIsWrittenAgain(
            @ForAll("timetables") List<Wanted> wanted, @ForAll("calendars") List<CalendarEvent> calendar) {
        World world = new World(wanted, calendar);
        world.rules = World.UNLIMITED;
        List<CalendarEvent> stale = List.copyOf(world.calendar.values());
        Plan first = world.plan();
        world.carryOut(first);
        world.now = world.now.plus(Duration.ofMinutes(14));

        Plan second = Planner.plan(world.situation(stale));
        Plan shown = world.plan();

        assertThat(second.creates()).isEmpty();
        assertThat(second.updates()).isEmpty();
        assertThat(second.deletes()).isEmpty();
        assertThat(second.unconfirmed()).isEqualTo(World.writes(first));
        assertThat(shown.unconfirmed()).isZero();
        assertThat(World.writes(shown)).isZero();
    }

    @Property(tries = 300)
    void howEcalSpellsWhatWeWroteIsNotWrittenAgain(
            @ForAll("plainTimetables") List<Wanted> wanted, @ForAll boolean forget) {
        World world = new World(wanted, List.of());
        world.spelling = event -> World.at(
                event,
                LocalDateTime.parse(event.startDate() + "T" + event.startTime()),
                LocalDateTime.parse(event.endDate() + "T" + event.endTime()),
                null);
        world.run();
        if (forget) {
            world.memory = Remembered.NOTHING;
            world.run();
            world.run();
        }

        assertThat(World.writes(world.run())).isZero();
        assertThat(world.plan().unchanged()).isEqualTo(distinct(world.wanted).size());
    }

    @Property(tries = 400)
    void anUnreadableRowProtectsItsEvents(@ForAll("worlds") World world) {
        Assume.that(!world.unreadable.isEmpty());
        String number = world.unreadable.get(0).key();
        Plan plan = world.plan();
        if (number == null) {
            assertThat(plan.deletes()).isEmpty();
            assertThat(plan.waiting()).isEmpty();
            assertThat(plan.memory().absences()).isEqualTo(world.memory.absences());
        } else {
            Stream<CalendarEvent> gone = Stream.of(
                            plan.deletes().stream().map(Change::before),
                            plan.waiting().stream().map(Plan.Waiting::event),
                            plan.held().stream()
                                    .map(held -> held.change().before())
                                    .filter(Objects::nonNull))
                    .flatMap(each -> each);
            assertThat(gone).noneMatch(event -> number.equals(key(event)));
        }
    }

    @Property(tries = 400)
    void whatIsReleasedWasHeldAndTheChecksumDependsOnNoOrder(@ForAll("worlds") World world, @ForAll long seed) {
        Plan plan = world.plan();
        Plan released = plan.released();
        List<Held> shuffled = new ArrayList<>(plan.held());
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(released.held()).allMatch(held -> held.reason() == Reason.UNREADABLE_ROW);
        assertThat(World.writes(released) + released.held().size())
                .isEqualTo(plan.held().size());
        assertThat(new Plan(
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                shuffled,
                                0,
                                0,
                                0,
                                plan.otherOwners(),
                                List.of(),
                                plan.memory())
                        .checksum())
                .isEqualTo(plan.checksum())
                .matches("[0-9a-f]{12}");
    }
}
