package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.memory.PlanMemory;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Switch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.apache.camel.spi.CliConnector;
import org.apache.camel.spi.IdAware;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run does when nothing fails. */
@Timeout(60)
class SyncRouteTest {
    @TempDir
    private Path folder;

    private Stage stage;

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theFirstSyncWritesTheWholeTermAndTheSecondOnlyLooks() throws Exception {
        stage = new Stage(folder, 350).start();

        RunResult first = stage.result();
        assertThat(first)
                .extracting(
                        RunResult::created,
                        RunResult::updated,
                        RunResult::deleted,
                        RunResult::failed,
                        RunResult::unconfirmed,
                        RunResult::error)
                .containsExactly(350, 0, 0, 0, 0, null);
        assertThat(first.requests()).isEqualTo(stage.sandbox.log().total());
        assertThat(stage.sandbox.calendar().events()).hasSize(350);
        assertThat(stage.sandbox.log().counter(Server.ECAL).mostAtOnce()).isLessThanOrEqualTo(4);

        stage.sandbox.log().clear();
        RunResult second = stage.result();
        assertThat(second)
                .extracting(RunResult::created, RunResult::updated, RunResult::deleted, RunResult::unchanged)
                .containsExactly(0, 0, 0, 350);
        assertThat(stage.sandbox.log().counter(Server.TIMETABLE).total()).isEqualTo(1);
        assertThat(stage.asked()).containsOnly("GET").hasSize(5);
        assertThat(second.requests()).isEqualTo(6).isEqualTo(stage.sandbox.log().total());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void writersAreAsManyAsTheConfigurationSays(int writers) throws Exception {
        stage = new Stage(folder, 12).start("ecal_concurrency: " + writers);
        stage.sandbox.set(Switch.LATENCY_MILLIS, "40");
        stage.sync();

        assertThat(stage.sandbox.log().counter(Server.ECAL).mostAtOnce()).isEqualTo(writers);
    }

    @Test
    void aMovedCourseIsOneUpdateOfTheSameEvent() throws Exception {
        stage = new Stage(folder, 8).start();
        stage.sync();
        Session session = stage.sandbox.timetable().sessions().get(7);
        List<String> ids = ids();
        stage.sandbox
                .timetable()
                .move(session.noCours(), session.start().plusDays(1).withHour(20));
        stage.sandbox.log().clear();

        assertThat(stage.result())
                .extracting(RunResult::updated, RunResult::created, RunResult::deleted, RunResult::unchanged)
                .containsExactly(1, 0, 0, 7);
        assertThat(stage.asked()).containsExactly("GET", "GET", "PUT", "GET", "GET");
        assertThat(ids()).isEqualTo(ids);
    }

    @Test
    void aCancelledCourseWaitsForItsConfirmation() throws Exception {
        stage = new Stage(folder, 8).start();
        stage.sync();
        stage.sandbox
                .timetable()
                .cancel(stage.sandbox.timetable().sessions().get(7).noCours());

        assertThat(stage.result())
                .extracting(RunResult::waiting, RunResult::deleted, RunResult::exitCode)
                .containsExactly(1, 0, 0);
        stage.clock.forward("PT29M");
        assertThat(stage.result())
                .extracting(RunResult::waiting, RunResult::deleted)
                .containsExactly(1, 0);
        stage.clock.forward("PT1M");
        assertThat(stage.result())
                .extracting(RunResult::waiting, RunResult::deleted)
                .containsExactly(0, 1);
        assertThat(stage.sandbox.calendar().events()).hasSize(7);
    }

    /** The second listing of a run confirms no absence: what waits still stands, and is missed should the next listing lack it. */
    @Test
    void whatWaitsToBeDeletedIsStillExpectedInTheNextListing() throws Exception {
        stage = new Stage(folder, 8).start("delete_after: PT0S");
        stage.sync();
        List<Session> sessions = stage.sandbox.timetable().sessions();
        stage.sandbox.timetable().cancel(sessions.get(7).noCours());
        stage.sandbox.timetable().changeRoom(sessions.get(6).noCours(), "Z9");

        assertThat(stage.result())
                .extracting(RunResult::updated, RunResult::waiting)
                .containsExactly(1, 1);

        String owner = stage.sandbox
                .calendar()
                .events()
                .get(0)
                .path("reference")
                .asText()
                .substring(3, 11);
        assertThat(new PlanMemory(stage.engine().database(), owner, Duration.ofMinutes(15))
                        .read(stage.clock.instant())
                        .seen())
                .containsExactlyInAnyOrderElementsOf(ids());
    }

    @Test
    void aDryRunWritesNothing() throws Exception {
        stage = new Stage(folder, 8).start();
        stage.sandbox.timetable().addRaw("{\"NoCours\":1}");

        Run plan = stage.engine().run("alice", Purpose.PLAN);

        assertThat(plan.plan().creates()).hasSize(8);
        assertThat(stage.asked()).containsOnly("GET");
        assertThat(stage.errors("alice")).isEmpty();
        stage.sync();
        assertThat(stage.errors("alice")).hasSize(1);
    }

    /** A listing that lags: what was written is unconfirmed, and not written again. */
    @Test
    void aLateListingIsBelievedLessThanTheAnswers() throws Exception {
        stage = new Stage(folder, 8).start();
        stage.sandbox.set(Switch.LISTING_LAG, "2");

        RunResult first = stage.result();
        assertThat(first)
                .extracting(RunResult::created, RunResult::unconfirmed, RunResult::failed, RunResult::exitCode)
                .containsExactly(8, 8, 0, 0);
        stage.sandbox.log().clear();
        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::unconfirmed)
                .containsExactly(0, 8);
        assertThat(stage.asked()).containsOnly("GET");
        assertThat(stage.result())
                .extracting(RunResult::unchanged, RunResult::unconfirmed)
                .containsExactly(8, 0);
        assertThat(stage.sandbox.calendar().events()).hasSize(8);
    }

    @Test
    void whatEcalSpellsInItsOwnWayIsLearnedAndNotWrittenAgain() throws Exception {
        stage = new Stage(folder, 8).start();
        stage.sandbox.set(Switch.SPELLING, "all");
        stage.sandbox.set(Switch.TIMEZONE, "dropped");
        stage.sandbox.set(Switch.ALL_DAY, "boolean");
        assertThat(stage.result().created()).isEqualTo(8);

        for (int run = 0; run < 2; run++) {
            stage.clock.forward("PT1H");
            stage.sandbox.log().clear();
            assertThat(stage.result().unchanged()).isEqualTo(8);
            assertThat(stage.asked()).containsOnly("GET");
        }
    }

    @Test
    void whatChangedByHandIsPutRight() throws Exception {
        stage = new Stage(folder, 8).start();
        stage.sync();
        stage.clock.forward("PT1H");
        String id = ids().get(3);
        stage.sandbox.calendar().change(id, "name", "Autre chose");

        assertThat(stage.result().updated()).isEqualTo(1);
        assertThat(stage.sandbox.calendar().events())
                .noneMatch(event -> event.path("name").asText().equals("Autre chose"));
    }

    @Test
    void anUnreadableRowIsInTheErrorFileOnceAndTheOthersGoOn() throws Exception {
        stage = new Stage(folder, 8).start();
        stage.sandbox.timetable().addRaw("{\"NoCours\":99,\"Start\":\"hier\"}");

        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::failed, RunResult::exitCode)
                .containsExactly(8, 1, 1);
        assertThat(stage.result())
                .extracting(RunResult::failed, RunResult::exitCode)
                .containsExactly(1, 1);
        assertThat(stage.errors("alice"))
                .singleElement()
                .asString()
                .contains("alice", "passage ", "NoCours 99", "suite : ");

        stage.sandbox.timetable().removeRaw();
        assertThat(stage.result().exitCode()).isZero();
        assertThat(stage.errors("alice")).hasSize(2).last().asString().contains("résolu", "NoCours 99");
    }

    @Test
    void aRouteOfAConfigurationAndItsStepsHaveItsNameAndAllOthersAreShared() throws Exception {
        stage = new Stage(folder, 8);
        stage.sandbox.enrol("bob.durand", "x", Stage.term(2, 4));
        stage.configure("bob", "bob.durand").start();
        Map<String, List<String>> ids = new TreeMap<>();
        for (Route route : stage.engine().context().getRoutes()) {
            String owner =
                    route.getId().matches("(alice|bob)-.*") ? route.getId().replaceFirst("-.*", "") : "shared";
            ids.computeIfAbsent(owner, name -> new ArrayList<>()).add(route.getId());
            route.filter("*").forEach(step -> ids.get(owner).add(((IdAware) step).getId()));
        }

        assertThat(ids).containsOnlyKeys("alice", "bob", "shared");
        assertThat(ids.get("alice"))
                .hasSizeGreaterThan(15)
                .allMatch(id -> id.startsWith("alice-"))
                .contains("alice-sync", "alice-read-timetable", "alice-plan", "alice-not-twice");
        assertThat(ids.get("bob")).hasSameSizeAs(ids.get("alice")).allMatch(id -> id.startsWith("bob-"));
        assertThat(ids.get("shared"))
                .hasSizeGreaterThan(30)
                .noneMatch(id -> id.contains("alice") || id.contains("bob"));
        assertThat(ids.values().stream().flatMap(List::stream)).doesNotHaveDuplicates();
    }

    @Test
    void twoConfigurationsShareNothing() throws Exception {
        stage = new Stage(folder, 8);
        stage.sandbox.enrol("bob.durand", "mot-de-passe", Stage.term(2, 4));
        stage.configure("bob", "bob.durand").start();
        stage.sandbox
                .faults()
                .add(Fault.on(Server.ECAL, Effect.status(400))
                        .method("POST")
                        .containing(stage.sandbox.calendar("bob.durand").id()));

        try (RunLock held = RunLock.take(stage.data().resolve("bob.lock"), Duration.ZERO, () -> true)) {
            assertThat(held).isNotNull();
            assertThat(stage.sync("bob").result().error().kind()).isEqualTo(RunError.Kind.LOCK);
            assertThat(stage.sync("alice").result().created()).isEqualTo(8);
        }
        assertThat(stage.sync("bob").result())
                .extracting(RunResult::created, RunResult::failed)
                .containsExactly(3, 1);
        assertThat(stage.sandbox.calendar().events()).hasSize(8);
        assertThat(stage.sandbox.calendar("bob.durand").events()).hasSize(3);
        assertThat(stage.errors("alice")).isEmpty();
        assertThat(stage.errors("bob")).hasSize(3).allMatch(line -> line.contains(" | bob | "));
        assertThat(sessions("alice")).isNotEmpty().doesNotContainAnyElementsOf(sessions("bob"));
    }

    /** Its thread makes consoles as it needs them, which now and then ends the start of a context. */
    @Test
    void theConnectorOfTheCamelCommandLineDoesNotStartWithTheContext() throws Exception {
        stage = new Stage(folder, 1).start();

        assertThat(stage.engine().context().hasService(CliConnector.class)).isNull();
    }

    @Test
    void theSchedulerSyncsAtTheStartAndThenOnSchedule() throws Exception {
        stage = new Stage(folder, 4)
                .configure("alice", "camille.martin", "schedule: '* * * * * ?'")
                .open(true);

        whole();
        whole(); // the start fires once: this is the schedule
        assertThat(stage.sandbox.calendar().events()).hasSize(4);
    }

    @Test
    void whatIsAskedToLeaveFinishesTheChangesInFlight() throws Exception {
        stage = new Stage(folder, 40).start("ecal_concurrency: 2");
        stage.sandbox.set(Switch.LATENCY_MILLIS, "20");
        CompletableFuture<Run> running = CompletableFuture.supplyAsync(() -> stage.sync());
        while (stage.sandbox.calendar().events().isEmpty() && !running.isDone()) {
            Thread.onSpinWait();
        }
        stage.engine().finishEarly();

        RunResult result = running.get(30, TimeUnit.SECONDS).result();
        assertThat(result.failed()).isZero();
        assertThat(result.created())
                .isLessThan(40)
                .isEqualTo(stage.sandbox.calendar().events().size());
        stage.sandbox.set(Switch.LATENCY_MILLIS, "0");
        assertThat(stage.result().unchanged()).isEqualTo(result.created());
        assertThat(stage.sandbox.calendar().events()).hasSize(40);
    }

    /** Waits for a run that did its work: on a slow machine a tick of the schedule finds another run under way and gives up. */
    private void whole() throws InterruptedException {
        Run run;
        do {
            run = stage.over.poll(30, TimeUnit.SECONDS);
            assertThat(run).as("a run").isNotNull();
        } while (run.result().error() != null && run.result().error().kind() == RunError.Kind.LOCK);
        assertThat(run.result().error()).isNull();
    }

    /** The values of the cookies of one configuration. */
    private Set<String> sessions(String config) {
        Set<String> values = new TreeSet<>();
        stage.engine().workspace(config).portal().jar().getCookies().forEach(cookie -> values.add(cookie.getValue()));
        return values;
    }

    private List<String> ids() {
        return stage.sandbox.calendar().events().stream()
                .map(event -> event.path("id").asText())
                .toList();
    }
}
