package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.Logged;
import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.ecal.EcalClient;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.http.Permit;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.HeldLock;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.memory.Journal;
import fr.moncampus.ecal.memory.WrittenRepository;
import fr.moncampus.ecal.moncampus.Portal;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Remembered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a run begins, takes its turn and is closed, whatever happened in between. */
@Timeout(60)
class RunStepsTest {
    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock("2026-10-05T06:00:00Z");
    private final List<Run> begun = new ArrayList<>();
    private final List<Run> over = new ArrayList<>();
    private final RunSteps steps = new RunSteps(Duration.ZERO, begun::add, over::add);
    private final Configuration configuration = Fixtures.configuration("alice");
    private Database database;
    private Workspace workspace;

    @BeforeEach
    void open() {
        database = Database.open(folder);
        workspace = workspace(configuration);
    }

    private Workspace workspace(Configuration of) {
        return Workspace.of(of, database, database, new HostLimits(null, clock, System::nanoTime), folder, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aRunThatBeginsIsKnownToAllThatFollows() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(Purpose.PLAN);
        steps.begin(exchange, workspace);

        Run run = exchange.getProperty(Run.PROPERTY, Run.class);
        assertThat(begun).containsExactly(run);
        assertThat(run.purpose()).isEqualTo(Purpose.PLAN);
        assertThat(run.config()).isEqualTo("alice");
        assertThat(run.started()).isEqualTo(clock.instant());
        assertThat(run.id()).hasSize(8);
        assertThat(exchange.getProperty(Journal.RUN_ID)).isEqualTo(run.id());
        assertThat(exchange.getProperty(Workspace.PROPERTY)).isEqualTo(workspace);
        assertThat(exchange.getProperty(DeadLetters.PROPERTY)).isEqualTo(workspace.deadLetters());
        assertThat(exchange.getProperty(Notification.PROPERTY)).isEqualTo(workspace.notification());
        assertThat(workspace.portal()).isEqualTo(exchange.getProperty(Portal.PROPERTY));
        assertThat(workspace.ecal()).isEqualTo(exchange.getProperty(EcalClient.PROPERTY));
        assertThat(workspace).hasToString("alice");
    }

    @Test
    void whatIsSentAsksTheLockOfTheRunFirst() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        steps.begin(exchange, workspace);
        IllegalStateException lost = new IllegalStateException("lost");
        exchange.getProperty(Run.PROPERTY, Run.class).locked(new HeldLock() {
            @Override
            public void check() {
                throw lost;
            }

            @Override
            public void close() {}
        });

        assertThatThrownBy(() ->
                        exchange.getProperty(Permit.PROPERTY, Permit.class).check())
                .isSameAs(lost);
    }

    @Test
    void aSecondRunGivesUpAndIsToldWhyAndAPreviewNeedsNoTurn() throws Exception {
        Run first = run(Purpose.SYNC);
        assertThat(steps.lock(workspace, first)).isEqualTo(workspace.window(clock.instant()));
        assertThat(first.window()).isEqualTo(workspace.window(clock.instant()));

        RunException refused = catchThrowableOfType(RunException.class, () -> steps.lock(workspace, run(Purpose.SYNC)));
        assertThat(refused.error().kind()).isEqualTo(RunError.Kind.LOCK);
        assertThat(refused.error().message()).contains("« alice »", "0 s");
        assertThat(steps.lock(workspace, run(Purpose.PLAN))).isNotNull();

        steps.report(workspace, first);
        assertThat(steps.lock(workspace, run(Purpose.SYNC)))
                .as("the first is over")
                .isNotNull();
    }

    @Test
    void whoIsToEndDoesNotBegin() {
        Run run = run(Purpose.SYNC);
        run.finishEarly();
        Run preview = run(Purpose.PLAN);
        preview.finishEarly();

        for (Run each : List.of(run, preview)) {
            assertThat(catchThrowableOfType(RunException.class, () -> steps.lock(workspace, each))
                            .error())
                    .isEqualTo(RunError.INTERRUPTED);
            each.finishing();
            steps.report(workspace, each);
        }
        try (RunLock free = RunLock.take(folder.resolve("alice.lock"), Duration.ZERO, () -> true)) {
            assertThat(free).isNotNull();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFolderThatCannotHoldALockIsNamed() {
        Workspace nowhere = Workspace.of(
                configuration,
                database,
                database,
                new HostLimits(null, clock, System::nanoTime),
                folder.resolve("missing"),
                clock);

        RunException refused = catchThrowableOfType(RunException.class, () -> steps.lock(nowhere, run(Purpose.SYNC)));
        assertThat(refused.error().kind()).isEqualTo(RunError.Kind.LOCK);
        assertThat(refused.error().message()).contains("missing", "accessible en écriture");
    }

    @Test
    void aSyncIsRememberedWithItsPictureAndAPreviewOnlyIfThePageAsked() throws Exception {
        Run plan = finished(Purpose.PLAN);
        steps.report(workspace, plan);
        assertThat(workspace.snapshot().read()).isNull();
        assertThat(workspace.history().last(9)).isEmpty();

        Run preview = finished(Purpose.PREVIEW);
        steps.report(workspace, preview);
        assertThat(workspace.snapshot().read().preview()).isTrue();
        assertThat(workspace.history().last(9)).isEmpty();

        Run sync = finished(Purpose.SYNC);
        steps.lock(workspace, sync);
        clock.forward("PT5S");
        steps.report(workspace, sync);
        assertThat(workspace.snapshot().read().preview()).isFalse();
        assertThat(workspace.history().last(9))
                .containsExactly(new History.Entry(
                        sync.id(), sync.started(), sync.started().plusSeconds(5), true, sync.result(), List.of()));
        assertThat(sync.result().error()).isNull();
        assertThat(over).containsExactly(plan, preview, sync);
    }

    @Test
    void whatWasAskedBeforeItBeganOrBeforeItsTurnIsNotItsOwn() throws Exception {
        workspace = workspace(Fixtures.configuration("alice", "ics", "agenda", null));
        ask(3);
        Run run = finished(Purpose.SYNC);
        ask(4);
        steps.report(workspace, run);
        assertThat(run.result().requests()).isEqualTo(4);

        Run waiting = finished(Purpose.SYNC);
        ask(5);
        steps.lock(workspace, waiting);
        ask(6);
        steps.report(workspace, waiting);
        assertThat(waiting.result().requests()).isEqualTo(6);
    }

    private void ask(int requests) throws Exception {
        SecretKeys keys = (SecretKeys) workspace.ends().beans().get(SecretKeys.PROPERTY);
        for (int i = 0; i < requests; i++) {
            keys.complete(ClassicRequestBuilder.get("https://agenda.example/").build());
        }
    }

    @Test
    void oneIsInterruptedWhileItReadsAndNoMoreWhenItIsClosed() throws Exception {
        Run reading = run(Purpose.SYNC);
        steps.lock(workspace, reading);
        reading.finishEarly();
        assertThat(Thread.interrupted()).isTrue();
        steps.report(workspace, reading);

        Run closed = run(Purpose.SYNC);
        steps.lock(workspace, closed);
        steps.report(workspace, closed);
        closed.finishEarly();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theLogSaysHowARunEndedAndThatOfOneThatWasAskedToEndIsNoTrouble() {
        try (Logged logged = new Logged()) {
            steps.report(workspace, finished(Purpose.SYNC));
            assertThat(logged.lines(Level.INFO)).singleElement().asString().startsWith("alice : ");

            Run interrupted = run(Purpose.SYNC);
            interrupted.broken(RunError.INTERRUPTED);
            steps.report(workspace, interrupted);
            assertThat(logged.lines(Level.INFO)).last().asString().contains("Arrêt demandé");
            assertThat(logged.troubles()).isEmpty();

            Run failed = run(Purpose.SYNC);
            failed.broken(new RunError(RunError.Kind.ECAL, "ECAL refuse."));
            steps.report(workspace, failed);
            assertThat(logged.troubles()).containsExactly("alice : ECAL refuse.");

            Run forgotten = finished(Purpose.SYNC);
            database.close();
            steps.report(workspace, forgotten);
            assertThat(logged.troubles()).hasSize(2).last().asString().startsWith("alice : La mémoire");
        }
    }

    @Test
    void aConfigurationThatIsOverIsWarnedOfFromTheDayAfterItsLast() {
        workspace = workspace(Fixtures.configuration("alice"));
        try (Logged logged = new Logged()) {
            clock.forward(Duration.between(clock.instant(), Instant.parse("2027-07-10T06:00:00Z")));
            run(Purpose.SYNC);
            assertThat(logged.troubles()).isEmpty();
            clock.forward("P1D");
            run(Purpose.SYNC);
            assertThat(logged.troubles())
                    .singleElement()
                    .asString()
                    .contains("alice", "la date de fin (2027-07-10) est passée", "Changez-la dans alice.yml");
        }
    }

    @Test
    void aRunForgetsWritesOfThreeMonthsAgo() throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Write write = new Write(null, Fixtures.event("mc-0a1b2c3d-7"), false, next -> next);
        exchange.setProperty(WrittenRepository.WRITE, write);
        exchange.setProperty(Journal.RUN_ID, "first");
        workspace.written().add(exchange, WrittenRepository.key(write));
        for (int day = 0; day < 100; day++) {
            if (day <= 90) {
                assertThat(workspace.journal().entries(9)).as("on day %s", day).hasSize(1);
            }
            steps.report(workspace, finished(Purpose.SYNC));
            clock.forward("P1D");
        }
        assertThat(workspace.journal().entries(9)).isEmpty();
    }

    @Test
    void whatWaitsIsRememberedWithTheRun() throws Exception {
        Run run = run(Purpose.SYNC);
        run.listed(List.of());
        run.planned(plan(
                List.of(new Plan.Waiting(Fixtures.event("mc-0a1b2c3d-1").withId(Fixtures.id(1)), clock.instant()))));
        run.carriedOut();
        steps.report(workspace, run);

        assertThat(workspace.history().last(1).get(0).kept()).hasSize(1);
        assertThat(workspace.history().last(1).get(0).success()).isTrue();
    }

    @Test
    void aRunThatFailedIsNoSuccessInTheHistory() {
        Run run = run(Purpose.SYNC);
        run.broken(new RunError(RunError.Kind.ECAL, "ECAL refuse."));
        steps.report(workspace, run);

        assertThat(workspace.history().last(1).get(0).success()).isFalse();
        assertThat(workspace.history().lastSuccess()).isNull();
    }

    @Test
    void whoWasInterruptedWhileHeReadLeavesTheRestToTheNextRun() {
        Run run = run(Purpose.SYNC);
        run.reading();
        run.finishEarly();
        steps.report(workspace, run);

        assertThat(run.result().error()).isEqualTo(RunError.INTERRUPTED);
        assertThat(Thread.interrupted())
                .as("the files that follow can be written")
                .isFalse();
        assertThat(workspace.history().last(1)).hasSize(1);
    }

    @Test
    void whoseReasonIsKnownKeepsItThoughItWasInterrupted() {
        RunError refused = new RunError(RunError.Kind.MONCAMPUS, "refusé");
        Run run = run(Purpose.SYNC);
        run.reading();
        run.broken(refused);
        run.finishEarly();
        steps.report(workspace, run);

        assertThat(run.result().error()).isEqualTo(refused);
    }

    @Test
    void aMemoryThatFailsInTheEndIsTheReasonUnlessThereIsAnother() throws Exception {
        Run run = finished(Purpose.SYNC);
        steps.lock(workspace, run);
        Run failed = run(Purpose.SYNC);
        failed.broken(new RunError(RunError.Kind.ECAL, "ECAL refuse."));
        database.close();

        steps.report(workspace, run);
        steps.report(workspace, failed);

        assertThat(run.result().error().kind()).isEqualTo(RunError.Kind.MEMORY);
        assertThat(failed.result().error().kind()).isEqualTo(RunError.Kind.ECAL);
        assertThat(over).containsExactly(run, failed);
        try (RunLock free = RunLock.take(folder.resolve("alice.lock"), Duration.ZERO, () -> true)) {
            assertThat(free).isNotNull();
        }
    }

    @Test
    void theExchangesEndClosesTheRunWhateverItWas() throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        Exchange exchange = new DefaultExchange(context);
        steps.begin(exchange, workspace);
        Run run = exchange.getProperty(Run.PROPERTY, Run.class);
        List<Synchronization> ends = exchange.getExchangeExtension().handoverCompletions();
        assertThat(ends)
                .as("before the routes' own, which tell how it ended")
                .allSatisfy(end -> assertThat(((Ordered) end).getOrder()).isEqualTo(Ordered.HIGHEST));
        ends.forEach(synchronization -> synchronization.onFailure(exchange));

        assertThat(over).containsExactly(run);
        assertThat(run.result().error()).isEqualTo(RunError.STOPPED_EARLY);
    }

    private Run run(Purpose purpose) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(purpose);
        steps.begin(exchange, workspace);
        return exchange.getProperty(Run.PROPERTY, Run.class);
    }

    /** All of its plan was carried out. */
    private Run finished(Purpose purpose) {
        Run run = run(purpose);
        run.listed(List.of());
        run.planned(plan(List.of()));
        run.carriedOut();
        return run;
    }

    private static Plan plan(List<Plan.Waiting> waiting) {
        return new Plan(
                List.of(), List.of(), List.of(), waiting, List.of(), 0, 0, 0, Map.of(), List.of(), Remembered.NOTHING);
    }
}
