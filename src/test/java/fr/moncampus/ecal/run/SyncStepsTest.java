package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.DayRule;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.HeldLock;
import fr.moncampus.ecal.memory.Journal;
import fr.moncampus.ecal.memory.Tenures;
import fr.moncampus.ecal.memory.WrittenRepository;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Remembered;
import fr.moncampus.ecal.timetable.Course;
import fr.moncampus.ecal.timetable.Timetable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is decided in a run during which the clock goes on. */
class SyncStepsTest {
    private static final LocalDateTime TOMORROW = LocalDateTime.parse("2026-10-06T09:00");
    private static final LocalDateTime IN_EIGHT_DAYS = LocalDateTime.parse("2026-10-13T09:00");

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock("2026-10-05T21:59:00Z");
    private final RunSteps runs = new RunSteps(Duration.ZERO, run -> {}, run -> {});
    private Database database;
    private Workspace workspace;
    private SyncSteps steps;

    @BeforeEach
    void open() {
        database = Database.open(folder);
        Configuration configuration = oneWeekFrom(Fixtures.configuration("alice"));
        workspace = Workspace.of(
                configuration, database, database, new HostLimits(null, clock, System::nanoTime), folder, clock);
        steps = new SyncSteps(Set.of(configuration.owner()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aDayThatMidnightBringsIntoTheWindowIsNotMissedByATimetableThatWasNotAskedForIt() throws Exception {
        CalendarEvent later = listed("mc-" + workspace.configuration().owner() + "-8", IN_EIGHT_DAYS);

        Plan plan = plan("PT2M", later);

        assertThat(plan.waiting()).isEmpty();
        assertThat(plan.memory().absences()).isEmpty();
    }

    @Test
    void norIsADayThatASetClockBrings() throws Exception {
        CalendarEvent later = listed("mc-" + workspace.configuration().owner() + "-8", IN_EIGHT_DAYS);

        assertThat(plan("P5D", later).waiting()).isEmpty();
    }

    @Test
    void whatTheTimetableWasAskedForAndLacksIsMissed() throws Exception {
        CalendarEvent tomorrow = listed("mc-" + workspace.configuration().owner() + "-8", TOMORROW.plusHours(4));

        assertThat(plan("PT2M", tomorrow).waiting())
                .extracting(waiting -> waiting.event().id())
                .containsExactly(tomorrow.id());
    }

    @Test
    void aPreviewRemembersNothingAndHasNothingToCarryOut() throws Exception {
        Run run = begin(Purpose.PLAN);
        steps.transform(workspace, run, timetable());
        assertThat(steps.plan(workspace, run, List.of(listed(reference(8), TOMORROW.plusHours(4)))))
                .isEmpty();

        assertThat(run.plan().creates()).hasSize(1);
        assertThat(run.plan().memory().absences()).hasSize(1);
        assertThat(workspace.memory().read(clock.instant())).isEqualTo(Remembered.NOTHING);
    }

    /** Somebody took the step out that tells the days: those of now do. */
    @Test
    void aRouteWithoutItsFirstStepPlansForTheDaysOfNow() throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(Purpose.PLAN);
        runs.begin(exchange, workspace);
        Run run = exchange.getProperty(Run.PROPERTY, Run.class);
        steps.transform(workspace, run, timetable());
        steps.plan(workspace, run, List.of(listed(reference(8), IN_EIGHT_DAYS)));

        assertThat(run.plan().creates()).hasSize(1);
        assertThat(run.plan().waiting()).as("beyond the window").isEmpty();
    }

    @Test
    void whatIsToBeDoneIsUpdatesThenCreatesThenDeletesEachWithItsReason() throws Exception {
        Run first = begin(Purpose.SYNC);
        steps.transform(workspace, first, timetable());
        CalendarEvent gone = listed(reference(8), TOMORROW.plusHours(4));
        CalendarEvent moved = listed(reference(9), TOMORROW.plusHours(6)).withId(Fixtures.id(9));
        steps.plan(workspace, first, List.of(gone, moved));
        end(first);
        clock.forward("PT31M");

        Run run = begin(Purpose.SYNC);
        steps.transform(
                workspace,
                run,
                new Timetable(
                        List.of(
                                course("7", TOMORROW),
                                new Course(
                                        "9",
                                        "Anglais",
                                        null,
                                        "C204",
                                        null,
                                        null,
                                        TOMORROW.plusHours(6),
                                        TOMORROW.plusHours(8))),
                        List.of()));
        List<Write> writes = steps.plan(workspace, run, List.of(gone, moved));

        assertThat(writes).extracting(Write::method).containsExactly("PUT", "POST", "DELETE");
        assertThat(writes).extracting(Write::why).doesNotContainNull().doesNotContain("");
        assertThat(run.calendar()).containsExactly(gone, moved);
        assertThat(writes.stream().map(steps::key)).doesNotHaveDuplicates();
        end(run);
    }

    @Test
    void anApprovalOfSomethingElseDoesNothingAndSaysSo() throws Exception {
        Run run = begin(new Purpose(false, "0123abcd", null));
        steps.transform(workspace, run, timetable());

        assertThatThrownBy(() -> steps.plan(workspace, run, List.of()))
                .isInstanceOfSatisfying(RunException.class, refused -> {
                    assertThat(refused.error().kind()).isEqualTo(RunError.Kind.APPROVAL);
                    assertThat(refused.error().message()).contains("0123abcd", "rien n'a été fait");
                });
        assertThat(run.plan().creates()).as("what is shown").hasSize(1);
        end(run);
    }

    @Test
    void whatIsApprovedIsCarriedOutAndNothingElse() throws Exception {
        Run shown = begin(Purpose.PLAN);
        steps.transform(workspace, shown, timetable());
        steps.plan(workspace, shown, List.of());
        Run run = begin(new Purpose(false, shown.plan().checksum(), null));
        steps.transform(workspace, run, timetable());

        assertThat(steps.plan(workspace, run, List.of())).as("nothing was held").isEmpty();
        end(run);
    }

    @Test
    void whatWasHeldIsCarriedOutOnceItIsApprovedAndTheJournalSaysSo() throws Exception {
        List<CalendarEvent> many = IntStream.range(10, 40)
                .mapToObj(i -> listed(reference(i), TOMORROW.plusMinutes(i)).withId(Fixtures.id(i)))
                .toList();
        for (int i = 0; i < 3; i++) {
            Run run = begin(Purpose.SYNC);
            steps.transform(workspace, run, timetable());
            assertThat(steps.plan(workspace, run, many)).hasSize(1);
            end(run);
            clock.forward("PT31M");
        }
        Run shown = begin(Purpose.PLAN);
        steps.transform(workspace, shown, timetable());
        steps.plan(workspace, shown, many);
        assertThat(shown.plan().held()).hasSize(30);

        Run run = begin(new Purpose(false, shown.plan().checksum(), null));
        steps.transform(workspace, run, timetable());
        List<Write> writes = steps.plan(workspace, run, many);
        run.finishEarly();
        assertThat(Thread.interrupted()).as("what is to be done is done").isFalse();
        end(run);

        assertThat(writes).hasSize(30).extracting(Write::why).containsOnly("retenu, puis libéré par approve");
    }

    /** A killed process may have held what is counted as absent. */
    @Test
    void afterARunThatNeverComparedNothingIsKnownToBeAbsentTwice() throws Exception {
        CalendarEvent gone = listed(reference(8), TOMORROW.plusHours(4));
        Run first = begin(Purpose.SYNC);
        steps.transform(workspace, first, timetable());
        steps.plan(workspace, first, List.of(gone));
        end(first);
        for (int i = 0; i < 2; i++) {
            clock.forward("PT31M");
            Run killed = begin(Purpose.SYNC);
            steps.transform(workspace, killed, timetable());
            end(killed);
        }

        Run run = begin(Purpose.SYNC);
        steps.transform(workspace, run, timetable());
        steps.plan(workspace, run, List.of(gone));
        end(run);

        assertThat(run.plan().deletes()).isEmpty();
        assertThat(run.plan().waiting()).hasSize(1);
    }

    @Test
    void whatItHadUnderAnotherSourceIsStillItsOwnUnlessItIsAnotherConfigurations() throws Exception {
        String person = workspace.configuration().person();
        new Tenures(database, "alice", "deadbeef", "ics", person).begin();
        CalendarEvent before = listed("mc-deadbeef-3", TOMORROW);

        Run run = begin(Purpose.PLAN);
        steps.transform(workspace, run, timetable());
        steps.plan(workspace, run, List.of(before));
        assertThat(run.plan().creates()).isEmpty();

        steps = new SyncSteps(Set.of(workspace.configuration().owner(), "deadbeef"));
        Run other = begin(Purpose.SYNC);
        steps.transform(workspace, other, timetable());
        Tenures next = new Tenures(database, "alice", "00000000", "ics", person);
        assertThat(next.predecessors()).doesNotContain(workspace.configuration().owner());
        steps.plan(workspace, other, List.of(before));
        end(other);
        assertThat(other.plan().creates()).hasSize(1);
        assertThat(next.predecessors()).contains(workspace.configuration().owner());
    }

    @Test
    void aReferenceThatIsTakenIsFollowedByOneThatNobodyUses() throws Exception {
        Run run = begin(Purpose.SYNC);
        steps.transform(workspace, run, twice());
        List<Write> writes = steps.plan(workspace, run, List.of());
        assertThat(writes)
                .extracting(write -> write.after().reference())
                .containsExactlyInAnyOrder(reference(7), reference(7) + "-2");
        Set<String> references = new HashSet<>();
        for (Write write : writes) {
            references.add(write.after().reference());
            for (int i = 0; i < 3; i++) {
                assertThat(references.add(afterAConflict(write))).isTrue();
            }
        }
        assertThat(references).hasSize(8);
        end(run);
    }

    /** A listing shows the event of the other course and the look that follows skips it: under its reference a create would be written over it. */
    @Test
    void norDoesAnEventThatALookSkips() throws Exception {
        Run run = begin(Purpose.SYNC);
        steps.transform(workspace, run, twice());
        CalendarEvent other = listed(reference(7) + "-2", TOMORROW);
        List<Write> writes =
                steps.plan(workspace, run, List.of(other, listed(null, TOMORROW).withId(Fixtures.id(9))));

        assertThat(writes).extracting(Write::method).containsExactly("PUT", "POST");
        assertThat(afterAConflict(writes.get(1))).isEqualTo(reference(7) + "-3");
        end(run);
    }

    @Test
    void norDoesAnEventThatNoListingShowsYet() throws Exception {
        Run first = begin(Purpose.SYNC);
        steps.transform(workspace, first, twice());
        carryOut(first, steps.plan(workspace, first, List.of()).get(1));
        end(first);

        Run run = begin(Purpose.SYNC);
        steps.transform(workspace, run, twice());
        List<Write> writes = steps.plan(workspace, run, List.of());

        assertThat(writes).extracting(write -> write.after().reference()).containsExactly(reference(7));
        assertThat(afterAConflict(writes.get(0))).isEqualTo(reference(7) + "-3");
        end(run);
    }

    /** @return the reference under which it is tried next */
    private static String afterAConflict(Write create) throws CalendarException {
        create.sending();
        create.exists();
        create.found(List.of());
        return create.after().reference();
    }

    @Test
    void aChangeThatARouteHasNotCarriedOutIsNoSuccess() throws Exception {
        Run run = begin(Purpose.SYNC);
        Write write = new Write(null, Fixtures.event(reference(7)), false, reference -> reference);
        assertThatThrownBy(() -> steps.written(run, write))
                .isInstanceOf(CalendarException.class)
                .hasMessageContaining("une étape de la cible");
        assertThat(run.done()).isEmpty();

        write.accepted(Fixtures.id(7));
        steps.written(run, write);
        assertThat(run.done()).containsExactly(write);
        end(run);
    }

    @Test
    void theEndOfTheChangesIsTheEndOfTheRunWhenTheyWereGivenUp() throws Exception {
        Run run = begin(Purpose.SYNC);
        for (int i = 0; i < 3; i++) {
            run.failed("mc-" + i, new CalendarException(403, "non"));
        }
        run.finishing();
        assertThatThrownBy(() -> steps.stopIfFatal(run)).isInstanceOf(CalendarException.class);
        run.finishEarly();
        assertThat(Thread.interrupted()).as("it reads again").isTrue();
        end(run);

        Run good = begin(Purpose.SYNC);
        steps.stopIfFatal(good);
        end(good);
        assertThat(good.result().error()).isNull();
    }

    @Test
    void whatWasWrittenAndIsNotListedIsCountedAndWhatIsListedOtherwiseIsLearned() throws Exception {
        Run run = begin(Purpose.SYNC);
        steps.transform(workspace, run, timetable());
        Write write = steps.plan(workspace, run, List.of()).get(0);
        carryOut(run, write);
        steps.sending(run);
        assertThat(run.isAnythingSent()).isTrue();

        steps.verify(workspace, run, List.of());
        run.carriedOut();
        assertThat(run.end(0).unconfirmed()).isEqualTo(1);
        CalendarEvent spelt = write.after().withName("DROIT");
        steps.verify(workspace, run, List.of(spelt));
        assertThat(run.end(0).unconfirmed()).isZero();
        assertThat(run.calendar()).containsExactly(spelt);
        assertThat(workspace.memory().read(clock.instant()).spellings()).hasSize(1);
        end(run);
    }

    @Test
    void withoutItsLockARunRemembersNothing() throws Exception {
        Run run = begin(Purpose.SYNC);
        run.unlock();
        IllegalStateException lost = new IllegalStateException("lost");
        run.locked(new HeldLock() {
            @Override
            public void check() {
                throw lost;
            }

            @Override
            public void close() {
                // it is lost
            }
        });
        assertThatThrownBy(() -> steps.transform(workspace, run, timetable())).isSameAs(lost);
        assertThatThrownBy(() -> steps.plan(workspace, run, List.of())).isSameAs(lost);
        assertThatThrownBy(() -> steps.verify(workspace, run, List.of())).isSameAs(lost);
        assertThatThrownBy(() -> steps.sending(run)).isSameAs(lost);
        assertThat(workspace.memory().read(clock.instant())).isEqualTo(Remembered.NOTHING);
        assertThat(run.isAnythingSent()).isFalse();
        end(run);
    }

    private Run begin(Purpose purpose) throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(purpose);
        runs.begin(exchange, workspace);
        Run run = exchange.getProperty(Run.PROPERTY, Run.class);
        runs.lock(workspace, run);
        return run;
    }

    private void end(Run run) {
        run.finishing();
        runs.report(workspace, run);
    }

    private void carryOut(Run run, Write write) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(WrittenRepository.WRITE, write);
        exchange.setProperty(Journal.RUN_ID, run.id());
        workspace.written().add(exchange, steps.key(write));
        write.accepted(Fixtures.id(7));
        workspace.written().confirm(exchange, steps.key(write));
    }

    private String reference(int number) {
        return "mc-" + workspace.configuration().owner() + "-" + number;
    }

    private static Timetable timetable() {
        return new Timetable(List.of(course("7", TOMORROW)), List.of());
    }

    /** Two courses of one number. */
    private static Timetable twice() {
        return new Timetable(List.of(course("7", TOMORROW), course("7", TOMORROW.plusHours(3))), List.of());
    }

    private static Course course(String key, LocalDateTime start) {
        return new Course(key, "Droit", null, null, null, null, start, start.plusHours(2));
    }

    /** With a timetable of one course, read so long before the calendar. */
    private Plan plan(String meanwhile, CalendarEvent listed) throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        runs.begin(exchange, workspace);
        Run run = exchange.getProperty(Run.PROPERTY, Run.class);
        try {
            runs.lock(workspace, run);
            Course course = new Course("7", "Droit", null, null, null, null, TOMORROW, TOMORROW.plusHours(2));
            steps.transform(workspace, run, new Timetable(List.of(course), List.of()));
            clock.forward(meanwhile);
            steps.plan(workspace, run, List.of(listed));
            return run.plan();
        } finally {
            runs.report(workspace, run);
        }
    }

    private static CalendarEvent listed(String reference, LocalDateTime start) {
        return new CalendarEvent(
                Fixtures.id(8),
                reference,
                "Anglais",
                "Aucune",
                start.toLocalDate().toString(),
                start.toLocalTime().toString(),
                start.toLocalDate().toString(),
                start.plusHours(2).toLocalTime().toString(),
                "Europe/Paris",
                false,
                "",
                "15M",
                0,
                null);
    }

    private static Configuration oneWeekFrom(Configuration configuration) {
        return new Configuration(
                configuration.name(),
                configuration.file(),
                configuration.label(),
                configuration.ends(),
                new Configuration.Days(new DayRule.Relative(Period.ZERO), new DayRule.Relative(Period.ofDays(7))),
                configuration.events(),
                configuration.schedule(),
                configuration.rules(),
                configuration.errorFile(),
                configuration.notifyUrl());
    }
}
