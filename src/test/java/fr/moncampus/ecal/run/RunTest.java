package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.HeldLock;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.moncampus.PortalException;
import fr.moncampus.ecal.report.EventText;
import fr.moncampus.ecal.report.PlanText;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.timetable.Timetable;
import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.WithNull;

/** What a run counts, when it gives up, and how it is told. */
class RunTest {
    private final Run run = new Run("alice", "0a1b2c3d", Purpose.SYNC, Instant.parse("2026-10-05T06:00:00Z"));
    private final Write write = new Write(null, Fixtures.event("mc-0a1b2c3d-1"), false, reference -> reference);

    @Example
    void threeRefusedWritesInARowEndIt() {
        refuse(403);
        refuse(403);
        run.written(write);
        refuse(403);
        refuse(403);
        assertThat(run.isGoingOn()).isTrue();

        refuse(403);
        assertThat(run.isGoingOn()).isFalse();
        assertThatThrownBy(run::stopIfFatal)
                .isInstanceOf(CalendarException.class)
                .hasMessageContaining("403");
    }

    @Example
    void manyFailuresInARowEndItUnlessTheyAreTheEventsOwn() {
        for (int i = 0; i < 100; i++) {
            refuse(400);
        }
        assertThat(run.isGoingOn()).isTrue();
        for (int i = 0; i < 12; i++) {
            refuse(503);
        }
        assertThatThrownBy(run::stopIfFatal).hasMessageContaining("de suite");
        assertThat(run.end(0).failed()).isEqualTo(112);
    }

    @Example
    void whoLeavesFailsNothing() throws CalendarException {
        run.finishEarly();
        run.stopIfFatal();

        assertThat(run.isGoingOn()).isFalse();
        assertThat(run.isComplete()).isFalse();
        assertThat(run.end(3).exitCode()).isZero();
    }

    @Example
    void whoLeavesWithChangesUndoneIsNoSuccess() {
        run.planned(new Plan(
                List.of(Change.create(Fixtures.event("mc-0a1b2c3d-1"))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                0,
                0,
                Map.of(),
                List.of(),
                null));
        run.finishEarly();

        assertThat(run.end(3).error()).isEqualTo(RunError.INTERRUPTED);
    }

    @Example
    void whoLeavesWithEverythingDoneHasSucceeded() {
        run.planned(plan(Change.create(write.after()), Change.create(write.after())));
        run.written(created());
        refuse(400);
        run.finishEarly();

        assertThat(run.end(3).error()).isNull();
        assertThat(run.result().config()).isEqualTo(run.config());
    }

    @Example
    void aMemoryThatCannotNoteAWriteEndsTheRunAtOnce() {
        MemoryException full = memoryTrouble();
        run.failed("mc-1", full);

        assertThat(run.isGoingOn()).isFalse();
        assertThatThrownBy(run::stopIfFatal).isSameAs(full);
    }

    @Example
    void aSuccessBetweenTwoFailuresBeginsTheirCountAnew() {
        for (int i = 0; i < 11; i++) {
            refuse(503);
        }
        run.written(write);
        for (int i = 0; i < 11; i++) {
            refuse(503);
        }
        assertThat(run.isGoingOn()).isTrue();
        refuse(503);
        assertThat(run.isGoingOn()).isFalse();
    }

    @Example
    void otherTroubleBetweenTwoRefusalsBeginsTheirCountAnewAndTheFirstReasonStays() throws CalendarException {
        refuse(403);
        refuse(403);
        refuse(500);
        refuse(403);
        refuse(403);
        run.stopIfFatal();

        refuse(403);
        for (int i = 0; i < 20; i++) {
            refuse(500);
        }
        assertThatThrownBy(run::stopIfFatal).hasMessageContaining("refuse 3 écritures");
    }

    @Example
    void aRunThatDidNotGetToItsEndIsNoSuccess() {
        run.stoppedEarly();
        assertThat(run.end(0).error()).isEqualTo(RunError.STOPPED_EARLY);

        Run whole = run(Purpose.SYNC);
        whole.carriedOut();
        whole.stoppedEarly();
        assertThat(whole.isBroken()).isFalse();

        Run preview = run(Purpose.PLAN);
        preview.planned(plan());
        preview.stoppedEarly();
        assertThat(preview.isBroken()).isFalse();

        Run told = run(Purpose.PLAN);
        told.broken(RunError.INTERRUPTED);
        told.stoppedEarly();
        assertThat(told.end(0).error()).as("its own reason stays").isEqualTo(RunError.INTERRUPTED);
    }

    @Example
    void whatItsLineCountsIsWhatThePlanHeldBackAndWhatWasDone() {
        run.planned(new Plan(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Plan.Waiting(THERE, Instant.EPOCH)),
                List.of(new Plan.Held(Change.delete(THERE), Plan.Reason.values()[0])),
                5,
                6,
                7,
                Map.of(),
                List.of(),
                null));
        run.written(created());
        run.written(updated());
        run.written(updated());
        for (int i = 0; i < 3; i++) {
            run.written(deleted());
        }
        assertThat(run.end(9))
                .extracting(
                        RunResult::created,
                        RunResult::updated,
                        RunResult::deleted,
                        RunResult::waiting,
                        RunResult::held,
                        RunResult::unchanged,
                        RunResult::unconfirmed,
                        RunResult::requests)
                .containsExactly(1, 2, 3, 1, 1, 5, 6, 9L);
        run.verified(2);
        assertThat(run.end(9).unconfirmed()).isEqualTo(2);
        assertThat(run.result().millis()).isBetween(0L, 60_000L);
        assertThat(run.done()).hasSize(6);
        assertThat(run.getChanges()).isEqualTo(6);
    }

    @Example
    void whatHadItsTurnIsWhatWasTriedAndNoRowOfTheTimetable() {
        assertThat(run.planned()).as("nothing is planned yet").isZero();
        assertThat(run.calendar()).as("nor listed").isNull();
        run.found(List.of(), new Timetable(List.of(), List.of(new Timetable.Unreadable(3, null, "illisible"))));
        assertThat(run.unreadable()).hasSize(1);
        run.planned(new Plan(
                List.of(Change.create(write.after())),
                List.of(Change.update(THERE, THERE.withName("Algorithmique"))),
                List.of(Change.delete(THERE)),
                List.of(),
                List.of(),
                0,
                0,
                0,
                Map.of(),
                List.of(),
                null));
        assertThat(run.planned()).isEqualTo(3);
        assertThat(run.handled()).isZero();
        run.written(write);
        refuse(400);
        assertThat(run.handled()).isEqualTo(2);
        assertThat(run.end(0).failed()).as("the row as well").isEqualTo(2);

        Run preview = run(Purpose.PLAN);
        preview.planned(plan(Change.create(write.after())));
        assertThat(preview.planned()).as("a preview carries nothing out").isZero();
    }

    @Example
    void whoReadsIsInterruptedByTheEndOfTheProcessAndWhoWritesIsNot() {
        assertThat(run.isBrokenOff()).isFalse();
        run.reading();
        assertThat(run.isBrokenOff()).isFalse();
        run.finishEarly();
        assertThat(run.isBrokenOff()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        run.finishing();
        assertThat(Thread.interrupted())
                .as("what it writes from now on gets through")
                .isFalse();

        Run writing = run(Purpose.SYNC);
        writing.reading();
        writing.finishing();
        writing.finishEarly();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(writing.isBrokenOff()).isFalse();
        assertThat(writing.isGoingOn()).isFalse();
    }

    @Example
    void aLockIsLookedAtBeforeWhatNeedsItAndGivenBackOnce() {
        AtomicInteger closed = new AtomicInteger();
        MemoryException lost = memoryTrouble();
        run.checkLock();
        run.unlock();
        run.locked(new HeldLock() {
            @Override
            public void check() {
                throw lost;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        });
        assertThatThrownBy(run::checkLock).isSameAs(lost);
        run.unlock();
        run.unlock();
        run.checkLock();
        assertThat(closed).hasValue(1);
    }

    @Example
    void aTimetableSpeaksOfNoMoreDaysThanItCovers() {
        Window asked = new Window(LocalDate.parse("2026-09-01"), LocalDate.parse("2026-12-31"));
        assertThat(run.within(asked)).isEqualTo(asked);
        run.found(List.of(), covering("2026-10-01", "2026-10-31"));
        assertThat(run.within(asked))
                .isEqualTo(new Window(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-31")));
        run.found(List.of(), covering("2026-01-01", "2027-10-31"));
        assertThat(run.within(asked)).isEqualTo(asked);
        assertThat(run.kind()).isEqualTo("an example");
        assertThat(run.covered().last()).isEqualTo(LocalDate.parse("2027-10-31"));
    }

    @Example
    void itsLineInTheLogIsItsResultOrItsFailure() {
        assertThat(run.getSummary()).isEmpty();
        run.end(2);
        assertThat(run.getSummary()).startsWith("alice : 0 inchangé (2 requêtes");
        run.broken(new RunError(RunError.Kind.ECAL, "ECAL refuse."));
        run.end(2);
        assertThat(run.getSummary()).isEqualTo("alice : échec — ECAL refuse.");
    }

    @Example
    void whoWaitsForARunKnowsWhenItIsOver() throws InterruptedException {
        assertThat(run.awaitOver()).isFalse();
        run.over();
        assertThat(run.awaitOver()).isTrue();
    }

    @Example
    void aMessageListsTwentyChangesInTheOrderOfTheEventsAndCountsTheOthers() throws CalendarException {
        for (int i = 25; i >= 1; i--) {
            CalendarEvent event = Fixtures.event("mc-0a1b2c3d-" + i);
            Write each = new Write(
                    null,
                    new CalendarEvent(
                            null,
                            event.reference(),
                            "Cours " + i,
                            event.location(),
                            "2026-09-%02d".formatted(i),
                            event.startTime(),
                            "2026-09-%02d".formatted(i),
                            event.endTime(),
                            event.timezone(),
                            false,
                            "",
                            "15M",
                            0,
                            null),
                    false,
                    reference -> reference);
            each.accepted(Fixtures.id(i));
            run.written(each);
        }
        run.written(deleted());
        run.written(unconfirmed());

        assertThat(run.changeLines()).hasSize(26);
        assertThat(run.getChanges()).as("what is not confirmed is none yet").isEqualTo(26);
        assertThat(run.getChangeList().lines())
                .hasSize(21)
                .startsWith(
                        "+ Cours 1, mar. 01/09/2026 09:00-12:00, salle B110",
                        "+ Cours 2, mer. 02/09/2026 09:00-12:00, salle B110")
                .endsWith("… et 6 autres");
        assertThat(run.changeLines()).anyMatch(line -> line.startsWith("- Bases de données"));

        Run twenty = run(Purpose.SYNC);
        for (int i = 0; i < 20; i++) {
            twenty.written(created());
        }
        assertThat(twenty.getChangeList().lines()).hasSize(20);

        Run few = run(Purpose.SYNC);
        few.written(created());
        assertThat(few.getChangeList()).isEqualTo("+ Bases de données, lun. 14/09/2026 09:00-12:00, salle B110");
        assertThat(run(Purpose.SYNC).getChangeList()).isEmpty();
    }

    @Example
    void whatFailedIsKnownByItsSubject() {
        run.failure("run");
        refuse(400);
        assertThat(run.failures()).containsExactlyInAnyOrder("run", "mc-400");
        assertThat(run.isLoginRefused()).isFalse();
        run.loginRefused();
        assertThat(run.isLoginRefused()).isTrue();
        assertThat(run.isAnythingSent()).isFalse();
        run.sending();
        assertThat(run.isAnythingSent()).isTrue();
        assertThat(run.isComplete()).isTrue();
        run.broken(RunError.INTERRUPTED);
        assertThat(run.isComplete()).isFalse();
    }

    @Example
    void theExitCodeSaysWhoseFaultItWas() {
        assertThat(exit(new PortalException(PortalException.Kind.REFUSED, "x"), RunError.Kind.MONCAMPUS))
                .isEqualTo(3);
        assertThat(exit(new CalendarException(403, "x"), RunError.Kind.ECAL)).isEqualTo(4);
        assertThat(exit(new IOException("GET http://x/?apiSign=1"), RunError.Kind.ECAL))
                .isEqualTo(4);
        assertThat(exit(new UnknownHostException("x"), RunError.Kind.MONCAMPUS)).isEqualTo(3);
        assertThat(exit(new RunException(new RunError(RunError.Kind.LOCK, "x")), RunError.Kind.MONCAMPUS))
                .isEqualTo(1);
        assertThat(exit(new IllegalStateException("x"), RunError.Kind.ECAL)).isEqualTo(1);
        assertThat(RunResult.refused("alice").exitCode()).isEqualTo(2);
        assertThat(result(0, 0).exitCode()).isZero();
        assertThat(result(1, 0).exitCode()).isEqualTo(1);
        assertThat(result(0, 1).exitCode()).isEqualTo(1);
    }

    @Example
    void whatLibrariesSayIsNotRepeated() {
        assertThat(Failures.explain(new IOException("GET http://x/?apiSign=0123"), RunError.Kind.ECAL)
                        .message())
                .doesNotContain("apiSign");
        assertThat(Failures.explain(new IllegalStateException("PASSWORD"), RunError.Kind.ECAL)
                        .message())
                .doesNotContain("PASSWORD");
    }

    @Example
    void aResultIsTheLineOfTheContract() throws IOException {
        assertThat(new ObjectMapper().writeValueAsString(result(1, 2)))
                .isEqualTo(
                        "{\"config\":\"alice\",\"created\":0,\"updated\":0,\"deleted\":0,\"unchanged\":1,\"waiting\":0,\"held\":2,\"failed\":1,\"unconfirmed\":0,"
                                + "\"requests\":6,\"millis\":1500,\"error\":null}");
        assertThat(new ObjectMapper().writeValueAsString(new RunError(RunError.Kind.ECAL, "é")))
                .isEqualTo("{\"kind\":\"ecal\",\"message\":\"é\"}");
    }

    @Example
    void aSummaryIsFrenchInSingularAndPlural() {
        assertThat(new RunResult("alice", 1, 2, 1, 1, 2, 1, 1, 2, 1, 1500, null).summary())
                .isEqualTo(
                        "1 créé, 2 modifiés, 1 supprimé, 1 inchangé, 2 en attente de confirmation, 1 retenu, 1 en échec, 2 pas encore confirmés par le calendrier (1 requête, 1,5 s)");
        assertThat(new RunResult("alice", 2, 0, 0, 0, 0, 0, 0, 1, 7, 40, null).summary())
                .isEqualTo("2 créés, 0 inchangé, 1 pas encore confirmé par le calendrier (7 requêtes, 0,0 s)");
    }

    @Example
    void everyReasonIsExplained() {
        assertThat(Arrays.stream(Plan.Reason.values()).map(PlanText::reason))
                .allMatch(words -> !words.isBlank())
                .doesNotHaveDuplicates();
    }

    @Property
    void anEventIsOneLineThatNeverSaysNull(
            @ForAll @WithNull String name,
            @ForAll @WithNull String room,
            @ForAll @WithNull String date,
            @ForAll @WithNull String time,
            @ForAll boolean allDay) {
        CalendarEvent event =
                new CalendarEvent("a", null, name, room, date, time, date, time, null, allDay, null, null, 0, null);

        assertThat(EventText.event(event)).doesNotContain("null", "None").doesNotContainPattern("\\p{Cntrl}");
    }

    @Example
    void anEventIsNamedAsPeopleDo() {
        assertThat(EventText.event(Fixtures.event("r")))
                .isEqualTo("Bases de données, lun. 14/09/2026 09:00-12:00, salle B110");
    }

    private static final CalendarEvent THERE = Fixtures.event("mc-0a1b2c3d-1").withId(Fixtures.id(1));

    private Run run(Purpose purpose) {
        return new Run("alice", "0a1b2c3d", purpose, Instant.parse("2026-10-05T06:00:00Z"));
    }

    private static Plan plan(Change... creates) {
        return new Plan(
                List.of(creates), List.of(), List.of(), List.of(), List.of(), 0, 0, 0, Map.of(), List.of(), null);
    }

    private Write created() {
        Write created = new Write(null, Fixtures.event("mc-0a1b2c3d-1"), false, reference -> reference);
        created.accepted(Fixtures.id(1));
        return created;
    }

    private static Write updated() {
        Write updated = new Write(THERE, THERE.withName("Algorithmique"), false, reference -> reference);
        updated.accepted(null);
        return updated;
    }

    private static Write deleted() {
        Write deleted = new Write(THERE, null, false, reference -> reference);
        deleted.accepted(null);
        return deleted;
    }

    /** The calendar says that it has it, and does not list it. */
    private static Write unconfirmed() throws CalendarException {
        Write unconfirmed = new Write(null, Fixtures.event("mc-0a1b2c3d-1"), true, reference -> reference);
        unconfirmed.sending();
        unconfirmed.exists();
        unconfirmed.found(List.of());
        return unconfirmed;
    }

    private static Timetable covering(String first, String last) {
        return new Timetable(
                List.of(), List.of(), new Timetable.Days(LocalDate.parse(first), LocalDate.parse(last)), "an example");
    }

    private static MemoryException memoryTrouble() {
        return catchThrowableOfType(MemoryException.class, () -> {
            try (Database database = Database.on(DriverManager.getConnection("jdbc:sqlite::memory:"))) {
                new History(database, "alice").failed(null, null, Instant.EPOCH);
            }
        });
    }

    private void refuse(int status) {
        run.failed("mc-" + status, new CalendarException(status, "no"));
    }

    private static int exit(Exception cause, RunError.Kind service) {
        return Failures.explain(cause, service).exitCode();
    }

    private static RunResult result(int failed, int held) {
        return new RunResult("alice", 0, 0, 0, 1, 0, held, failed, 0, 6, 1500, null);
    }
}
