package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.JumpingClock;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.config.Selection;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.moncampus.LoginHistory;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Planner;
import fr.moncampus.ecal.sync.Remembered;
import fr.moncampus.ecal.sync.Remembered.Absence;
import fr.moncampus.ecal.sync.Situation;
import fr.moncampus.ecal.sync.Wanted;
import fr.moncampus.ecal.time.WatchedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** The wall clock jumps both ways, by minutes to years, between any two steps of one process. */
class WrongClockTest {
    private static final Window ALL_DAYS = new Window(LocalDate.of(1900, 1, 1), LocalDate.of(2999, 1, 1));
    private static final Instant NOW = Instant.parse("2026-09-14T06:00:00Z");
    private static final String OWNER = "0a1b2c3d";
    private static final Duration SETTLE = Rules.DEFAULT.settle();
    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
    private Path folder;
    private JumpingClock time;
    private WatchedClock clock;
    private Database database;
    private History history;
    private Journal journal;
    private PlanMemory memory;
    private WrittenRepository written;

    /** @param minutes that really pass, then the clock jumps */
    record Step(int minutes, Duration jump) {}

    @BeforeTry
    void open() throws IOException {
        folder = Files.createTempDirectory("wrong-clock");
        time = new JumpingClock(NOW);
        begin();
    }

    /** A process. */
    private void begin() {
        clock = time.watched();
        database = database(folder);
        clock.onJump(new ClockShift(database));
        history = new History(database, "alice");
        journal = new Journal(database, "alice", clock);
        memory = new PlanMemory(database, OWNER, SETTLE);
        written = new WrittenRepository(database, OWNER, SETTLE, journal, clock);
    }

    private void restart() {
        database.close();
        begin();
    }

    @AfterTry
    void close() throws IOException {
        database.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Property(tries = 100)
    void theLastRunIsTheOneThatEndedLast(@ForAll("steps") List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            pass(steps.get(i));
            boolean success = i % 2 == 0;
            run(Integer.toString(i), success);
            assertThat(history.last(1)).extracting(History.Entry::id).containsExactly(Integer.toString(i));
            assertThat(history.lastSuccess().id()).isEqualTo(Integer.toString(i - i % 2));
        }
    }

    @Property(tries = 60)
    void journalAndHistoryKeepTheRealLastNinetyDaysAndNotMuchMore(@ForAll("days") List<Step> steps) {
        List<Duration> at = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            pass(steps.get(i));
            write(create("mc-" + OWNER + "-" + i));
            run("run" + i, true);
            at.add(time.passed());
            long young = at.stream().filter(each -> age(each).toDays() < 90).count();
            long notOld = at.stream().filter(each -> age(each).toDays() <= 95).count();
            assertThat((long) journal.entries(9999).size()).isBetween(young, notOld);
            assertThat((long) history.last(9999).size()).isBetween(young, notOld + 2);
        }
    }

    @Example
    void oneRunAHundredDaysAheadDeletesNothing() {
        write(create("mc-" + OWNER + "-1"));
        run("before", true);
        for (int i = 0; i < 3; i++) {
            restart();
            time.jump(Duration.ofDays(100));
            run("ahead" + i, true);
            time.jump(Duration.ofDays(-100));
            restart();
            run("right" + i, false);
        }
        assertThat(journal.entries(9)).hasSize(1);
        assertThat(history.last(9)).hasSize(7);
        assertThat(history.lastSuccess(clock.instant()).id()).isEqualTo("before");
    }

    @Property(tries = 100)
    void anEntrySettlesInRealTime(@ForAll("steps") List<Step> steps) {
        write(create("mc-" + OWNER + "-1"));
        Duration began = time.passed();
        for (Step step : steps) {
            pass(step);
            assertItSettlesInRealTime(time.passed().minus(began));
        }
    }

    private void assertItSettlesInRealTime(Duration age) {
        Remembered remembered = memory.read(clock.instant());
        if (age.plus(WatchedClock.TOLERANCE).compareTo(SETTLE) < 0) {
            assertThat(remembered.settling()).hasSize(1);
        } else if (age.minus(WatchedClock.TOLERANCE).compareTo(SETTLE) > 0) {
            assertThat(remembered.settling()).isEmpty();
        }
    }

    /** The process that began meanwhile took it to be as young as it was. */
    @Property(tries = 100)
    void anEntrySettlesInRealTimeThoughAnotherProcessHasBegun(
            @ForAll @IntRange(min = 1, max = 14) int minutes, @ForAll("steps") List<Step> steps) {
        write(create("mc-" + OWNER + "-1"));
        time.pass(Duration.ofMinutes(minutes));
        restart();
        for (Step step : steps) {
            pass(step);
            assertItSettlesInRealTime(time.passed());
        }
    }

    @Property(tries = 100)
    void anEntryOutlivesItsTimeByOneRunWhateverTheClockSaidBeforeARestart(@ForAll("steps") List<Step> steps) {
        write(create("mc-" + OWNER + "-1"));
        Duration began = time.passed();
        int tooLong = 0;
        for (Step step : steps) {
            pass(step);
            restart();
            Instant now = clock.instant();
            Remembered remembered = memory.read(now);
            boolean over = time.passed().minus(began).compareTo(SETTLE.plus(WatchedClock.TOLERANCE)) > 0;
            tooLong += over && isAhead(remembered, now) ? 1 : 0;
            memory.write(remembered, remembered, now);
        }
        assertThat(tooLong).isLessThanOrEqualTo(1);
    }

    /** Else what has been changed by hand since would be taken for what was written. */
    @Example
    void whatHasSettledIsNotBelievedAgainWhenTheClockGoesBack() {
        write(create("mc-" + OWNER + "-1"));
        time.jump(Duration.ofDays(700));
        restart();
        assertThat(memory.read(clock.instant()).settling()).isEmpty();
        memory.write(Remembered.NOTHING, Remembered.NOTHING, clock.instant());
        time.jump(Duration.ofDays(-700));
        restart();
        assertThat(memory.read(clock.instant()).settling()).isEmpty();
    }

    /** It fails after a jump in mid-run, and what it was to replace is as old as it is. */
    @Example
    void whatAFailedWriteLeavesIsAsOldAsItIs() {
        write(create("mc-" + OWNER + "-1"));
        time.pass(Duration.ofMinutes(5));
        Write second = new Write(
                Fixtures.event("mc-" + OWNER + "-1").withId(Fixtures.id(1)),
                later(Fixtures.event("mc-" + OWNER + "-1").withId(Fixtures.id(1))),
                false,
                next -> next);
        Exchange next = exchange(second);
        assertThat(written.add(next, WrittenRepository.key(second))).isTrue();
        time.jump(Duration.ofHours(3));
        clock.instant();

        written.remove(next, WrittenRepository.key(second));

        Instant now = clock.instant();
        assertThat(memory.read(now).settling())
                .extracting(entry -> Duration.between(entry.at(), now))
                .containsExactly(Duration.ofMinutes(5));
    }

    @Property(tries = 100)
    void noDeletionIsConfirmedBeforeItsTimeNorMuchLater(@ForAll("steps") List<Step> steps) {
        Duration since = null;
        Duration deleteAfter = Rules.DEFAULT.deleteAfter();
        for (Step step : steps) {
            pass(step);
            Plan plan = plan();
            if (since == null) {
                since = time.passed();
                assertThat(plan.deletes()).isEmpty();
            } else if (!plan.deletes().isEmpty()) {
                assertThat(time.passed().minus(since).plus(WatchedClock.TOLERANCE))
                        .isGreaterThanOrEqualTo(deleteAfter);
                since = null;
                memory.write(memory.read(clock.instant()), Remembered.NOTHING, clock.instant());
            } else {
                assertThat(time.passed().minus(since).minus(WatchedClock.TOLERANCE))
                        .isLessThanOrEqualTo(deleteAfter);
            }
        }
    }

    @Example
    void anAbsenceFromAheadOfNowBeginsNow() {
        memory.write(
                Remembered.NOTHING,
                new Remembered(
                        Map.of(
                                Fixtures.id(1),
                                new Absence(NOW.plus(Duration.ofDays(29)), 3, Set.of(LocalDate.of(2026, 10, 13)))),
                        Map.of(),
                        List.of(),
                        Set.of(),
                        null),
                NOW);
        assertThat(plan().deletes()).isEmpty();
        time.pass(Duration.ofMinutes(31));
        assertThat(plan().deletes()).hasSize(1);
    }

    /** Nobody knows how old it is, so it is as young as it can be. */
    @Example
    void whatLiesAheadDoesNotGrowOldWhenTheClockIsSetForwardOverIt() {
        Instant ahead = NOW.plus(Duration.ofDays(1));
        memory.write(
                Remembered.NOTHING,
                new Remembered(
                        Map.of(Fixtures.id(1), new Absence(ahead, 3, Set.of(LocalDate.of(2026, 9, 15)))),
                        Map.of(),
                        List.of(),
                        Set.of(),
                        null),
                NOW);
        LoginStore store = new LoginStore(database);
        store.update("alice", nothing -> new LoginHistory("hash", ahead, List.of(), null));

        time.jump(Duration.ofDays(3));

        assertThat(plan().deletes()).isEmpty();
        store.update("alice", login -> {
            assertThat(Duration.between(login.refusedAt(), clock.instant()).abs())
                    .isLessThanOrEqualTo(WatchedClock.TOLERANCE);
            return login;
        });
        time.pass(Duration.ofMinutes(31));
        assertThat(plan().deletes()).hasSize(1);
    }

    @Property(tries = 100)
    void aRefusalIsAsOldAsItIs(@ForAll("steps") List<Step> steps) {
        LoginStore store = new LoginStore(database);
        Instant refused = clock.instant();
        store.update("alice", nothing -> new LoginHistory("hash", refused, List.of(), null));
        for (Step step : steps) {
            pass(step);
            Instant now = clock.instant();
            store.update("alice", login -> {
                Duration age = Duration.between(login.refusedAt(), now);
                assertThat(age.minus(time.passed()).abs()).isLessThanOrEqualTo(WatchedClock.TOLERANCE);
                return login;
            });
        }
    }

    @Example
    void twoProcessesMoveWhatIsRememberedOnce() {
        write(create("mc-" + OWNER + "-1"));
        WatchedClock others = time.watched();
        try (Database other = database(folder)) {
            others.onJump(new ClockShift(other));
            time.pass(Duration.ofMinutes(5));
            time.jump(Duration.ofHours(3));
            clock.instant();
            others.instant();
        }
        assertThat(Duration.between(
                        memory.read(clock.instant()).settling().get(0).at(), clock.instant()))
                .isEqualTo(Duration.ofMinutes(5));
    }

    /** It sees both jumps as one, of which the other process has done the first. */
    @Example
    void aProcessThatDidNotLookMeanwhileMovesWhatIsLeftToMove() {
        try (Database other = database(folder)) {
            WatchedClock others = time.watched();
            others.onJump(new ClockShift(other));
            time.jump(Duration.ofHours(7));
            write(create("mc-" + OWNER + "-1"));
            time.pass(Duration.ofMinutes(5));
            time.jump(Duration.ofMinutes(45));
            for (WatchedClock each : List.of(others, clock)) {
                Instant now = each.instant();
                assertThat(Duration.between(memory.read(now).settling().get(0).at(), now))
                        .isEqualTo(Duration.ofMinutes(5));
            }
        }
    }

    private void pass(Step step) {
        time.pass(Duration.ofMinutes(step.minutes()));
        time.jump(step.jump());
    }

    private Duration age(Duration at) {
        return time.passed().minus(at);
    }

    private static boolean isAhead(Remembered remembered, Instant now) {
        return remembered.settling().stream().anyMatch(entry -> entry.at().isAfter(now.plus(WatchedClock.TOLERANCE)));
    }

    private void run(String id, boolean success) {
        Instant now = clock.instant();
        history.add(new History.Entry(id, now, now, success, RunResult.refused("a"), List.of()));
        journal.purge();
    }

    private static Write create(String reference) {
        return new Write(null, Fixtures.event(reference), false, next -> next);
    }

    private void write(Write write) {
        assertThat(written.add(exchange(write), WrittenRepository.key(write))).isTrue();
    }

    private static Exchange exchange(Write write) {
        Exchange exchange = new DefaultExchange(CAMEL);
        exchange.setProperty(WrittenRepository.WRITE, write);
        exchange.setProperty(Journal.RUN_ID, "run");
        return exchange;
    }

    /** One course is gone, another is there; the window is far wider than any jump. */
    private Plan plan() {
        CalendarEvent gone = later(Fixtures.event("mc-" + OWNER + "-1").withId(Fixtures.id(1)));
        CalendarEvent there = later(Fixtures.event("mc-" + OWNER + "-2").withId(Fixtures.id(2)));
        Instant now = clock.instant();
        Remembered remembered = memory.read(now);
        Plan plan = Planner.plan(new Situation(
                OWNER,
                Set.of(OWNER),
                List.of(new Wanted("2", later(Fixtures.event(null)))),
                List.of(),
                List.of(gone, there),
                remembered,
                Rules.DEFAULT,
                ALL_DAYS,
                ALL_DAYS,
                now,
                null,
                Set.of(),
                Selection.NONE));
        memory.write(remembered, plan.memory(), now);
        return plan;
    }

    private static CalendarEvent later(CalendarEvent event) {
        return new CalendarEvent(
                event.id(),
                event.reference(),
                event.name(),
                event.location(),
                "2990-01-01",
                event.startTime(),
                "2990-01-01",
                event.endTime(),
                event.timezone(),
                event.allDay(),
                event.details(),
                event.alert(),
                event.draft(),
                event.link());
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.integers().between(1, 40), jumps())
                .as(Step::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(25);
    }

    /** Half a day to a day pass. */
    @Provide
    Arbitrary<List<Step>> days() {
        return Combinators.combine(Arbitraries.integers().between(720, 1440), jumps())
                .as(Step::new)
                .list()
                .ofMinSize(100)
                .ofMaxSize(220);
    }

    private static Arbitrary<Duration> jumps() {
        return Arbitraries.oneOf(
                Arbitraries.just(Duration.ZERO),
                Arbitraries.integers().between(-50, 50).map(Duration::ofMinutes),
                Arbitraries.integers().between(-400, 400).map(Duration::ofDays),
                Arbitraries.integers().between(-8, 8).map(years -> Duration.ofDays(365L * years)));
    }

    /** Of the engine that is tried. */
    Database database(Path folder) {
        return Database.open(folder);
    }
}
