package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Effect.Kind;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Switch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run does when ECAL fails; two retries, so three attempts. */
@Timeout(60)
class RetryRouteTest {
    private static final int SESSIONS = 6;
    private static final int ATTEMPTS = 3;
    /** More than any run may ask, and not for ever: a test that fails shall end. */
    private static final int MANY = 50;

    @TempDir
    private Path folder;

    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        stage = new Stage(folder, SESSIONS).start();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    /** A trap: removing all headers in a route that is called again takes Camel's counter of the retries away as well. */
    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aListingIsAskedForAsOftenAsTheRetriesSay(int status) throws Exception {
        fail(Effect.status(status), "GET", MANY);

        RunResult result = stage.result();

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.error().kind()).isEqualTo(RunError.Kind.ECAL);
        assertThat(stage.asked()).containsOnly("GET").hasSize(ATTEMPTS);
        assertThat(result.requests()).isEqualTo(stage.sandbox.log().total());
        assertThat(stage.errors("alice"))
                .singleElement()
                .asString()
                .contains("HTTP " + status, "nouvel essai au prochain passage");
    }

    @Test
    void aListingGoesOnAtThePageThatFailed() throws Exception {
        stage.close();
        stage = new Stage(folder, 120).start();
        stage.sync();
        stage.sandbox.log().clear();
        stage.sandbox.faults().add(Fault.on(Server.ECAL, Effect.status(503)).containing("page=2"));

        assertThat(stage.result().unchanged()).isEqualTo(120);
        assertThat(stage.sandbox.log().requests(Server.ECAL))
                .extracting(request -> request.parameters().get("page"))
                .containsExactly("1", "2", "2", "3");
    }

    @Test
    void aRefusedListingEndsTheRunAtOnce() throws Exception {
        fail(Effect.status(403), "GET", MANY);

        assertThat(stage.result().error().message()).contains("Trois causes");
        assertThat(stage.asked()).hasSize(1);
        assertThat(stage.sandbox.calendar().events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aWriteIsTriedAsOftenAsTheRetriesSayAndTheOthersGoOn(int status) throws Exception {
        String one = "-" + stage.sandbox.timetable().sessions().get(2).noCours() + "\"";
        stage.sandbox
                .faults()
                .add(Fault.on(Server.ECAL, Effect.status(status))
                        .method("POST")
                        .containing(one)
                        .times(MANY));

        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::failed, RunResult::exitCode)
                .containsExactly(SESSIONS - 1, 1, 1);
        assertThat(stage.sandbox.log().requests(Server.ECAL, "POST").stream()
                        .filter(request -> request.text().contains(one)))
                .hasSize(ATTEMPTS);
        assertThat(stage.errors("alice")).singleElement().asString().contains("HTTP " + status, "création", "suite : ");
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "CUT_AFTER", "CUT_BODY", "HTML", "TRUNCATED", "STATUS_AFTER"})
    void aCreateWhoseAnswerIsLostIsLookedUpAndNeverDoubled(Kind kind) throws Exception {
        stage.sandbox.set(Switch.REFERENCE_SCOPE, "none");
        // all of them may meet one and the same write
        int failures = ATTEMPTS - 1;
        fail(kind == Kind.STATUS_AFTER ? Effect.statusAfter(500) : Effect.of(kind), "POST", failures);

        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::failed, RunResult::unconfirmed)
                .containsExactly(SESSIONS, 0, 0);
        assertThat(stage.sandbox.calendar().events()).hasSize(SESSIONS);
        boolean done = kind != Kind.CUT && kind != Kind.HTML;
        assertThat(stage.asked("POST")).isEqualTo(done ? SESSIONS : SESSIONS + failures);
    }

    /** Two things go wrong in a row: the answer to the create, and the connection to the look that follows. */
    @Test
    void aLookThatFailsClearsNothing() throws Exception {
        stage.sandbox.set(Switch.REFERENCE_SCOPE, "none");
        fail(Effect.of(Kind.CUT_AFTER), "POST", 1);
        stage.sandbox
                .faults()
                .add(Fault.on(Server.ECAL, Effect.status(503))
                        .method("GET")
                        .skip(1)
                        .times(1));

        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::failed)
                .containsExactly(SESSIONS, 0);
        assertThat(stage.sandbox.calendar().events()).hasSize(SESSIONS);
    }

    @Test
    void aCreateWithoutAnyClearAnswerIsLookedAtInTheNextRun() throws Exception {
        String one = "-" + stage.sandbox.timetable().sessions().get(2).noCours() + "\"";
        stage.sandbox
                .faults()
                .add(Fault.on(Server.ECAL, Effect.of(Kind.CUT))
                        .method("POST")
                        .containing(one)
                        .times(ATTEMPTS));

        assertThat(stage.result().failed()).isEqualTo(1);
        assertThat(stage.errors("alice")).singleElement().asString().contains("vérification au prochain passage");
        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::unconfirmed)
                .containsExactly(0, 1);
        stage.clock.forward("PT16M");
        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::unconfirmed)
                .containsExactly(1, 0);
    }

    @Test
    void aConflictInThisCalendarBecomesAnUpdate() throws Exception {
        String reference = twin().get(2);
        stage.sandbox
                .calendar()
                .add(Map.of(
                        "reference",
                        reference,
                        "name",
                        "Ancien",
                        "location",
                        "A",
                        "startDate",
                        "2026-10-06",
                        "startTime",
                        "08:00",
                        "endDate",
                        "2026-10-06",
                        "endTime",
                        "09:00",
                        "timezone",
                        "Europe/Paris"));
        stage.sandbox.faults().add(Fault.on(Server.ECAL, Effect.of(Kind.EMPTY)).method("GET"));

        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::updated, RunResult::failed)
                .containsExactly(SESSIONS - 1, 1, 0);
        assertThat(stage.sandbox.calendar().events()).hasSize(SESSIONS);
    }

    @Test
    void aConflictWithAnotherCalendarTakesAnotherReferenceAndLeavesThatEventAlone() throws Exception {
        String reference = twin().get(0);
        stage.close();
        stage = new Stage(folder, SESSIONS);
        stage.sandbox.enrol("bob.durand", "x", List.of());
        stage.sandbox.set(Switch.REFERENCE_SCOPE, "account");
        stage.sandbox.calendar("bob.durand").add(Map.of("reference", reference, "name", "De Bob"));
        stage.start();

        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::failed)
                .containsExactly(SESSIONS, 0);
        assertThat(stage.sandbox.calendar("bob.durand").events())
                .singleElement()
                .extracting(event -> event.path("name").asText())
                .isEqualTo("De Bob");
        assertThat(stage.sandbox.calendar().events())
                .extracting(event -> event.path("reference").asText())
                .contains(reference + "-2");
        assertThat(stage.result().unchanged()).isEqualTo(SESSIONS);
    }

    @Test
    void anInvalidEventIsNotTriedAgainInThatRun() throws Exception {
        fail(Effect.status(400), "POST", SESSIONS);

        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::failed, RunResult::exitCode)
                .containsExactly(0, SESSIONS, 1);
        assertThat(stage.asked("POST")).isEqualTo(SESSIONS);
        assertThat(stage.errors("alice"))
                .as("an entry for each, however many writers fail at once")
                .hasSize(SESSIONS)
                .allMatch(line -> line.contains("Champs envoyés"));
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(stage.data().resolve("errors_alice.txt"))))
                .isEqualTo("rw-------");

        assertThat(stage.result().created()).isEqualTo(SESSIONS);
        assertThat(stage.errors("alice"))
                .hasSize(2 * SESSIONS)
                .filteredOn(line -> line.contains("résolu"))
                .hasSize(SESSIONS);
    }

    @Test
    void threeRefusedWritesInARowEndTheRun() throws Exception {
        stage.close();
        stage = new Stage(folder, 20).start("ecal_concurrency: 1");
        fail(Effect.status(403), "POST", MANY);

        RunResult result = stage.result();
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.failed()).isEqualTo(3);
        assertThat(stage.asked("POST")).isEqualTo(3);
    }

    @Test
    void manyInvalidEventsDoNotKeepTheOthersFromBeingWritten() throws Exception {
        stage.close();
        stage = new Stage(folder, 30).start("ecal_concurrency: 1");
        fail(Effect.status(400), "POST", 20);

        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::failed, RunResult::exitCode)
                .containsExactly(10, 20, 1);
    }

    /** Camel counts them in a header, which travels on. */
    @Test
    void theRetriesOfTheListingAreNotTakenFromTheWrites() throws Exception {
        fail(Effect.status(503), "GET", ATTEMPTS - 1);
        fail(Effect.status(503), "POST", ATTEMPTS - 1);

        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::failed)
                .containsExactly(SESSIONS, 0);
    }

    /** The service's word is law: our own delay would outlast this test. */
    @Test
    void retryAfterWinsOverOurOwnDelays() throws Exception {
        stage.close();
        stage = new Stage(folder, SESSIONS)
                .property("retry.delay", "600000")
                .property("retry.maximum-delay", "600000")
                .start();
        fail(Effect.status(429).header("retry-after", "0"), "GET", 2);
        fail(Effect.status(503).header("Retry-After", "0"), "POST", 2);

        assertThat(stage.result().created()).isEqualTo(SESSIONS);
    }

    /** The references that a sandbox of the same term gets. */
    private List<String> twin() throws Exception {
        try (Stage twin = new Stage(Files.createDirectory(folder.resolve("twin")), SESSIONS).start()) {
            twin.sync();
            return twin.sandbox.calendar().events().stream()
                    .map(event -> event.path("reference").asText())
                    .toList();
        }
    }

    private void fail(Effect effect, String method, int times) {
        stage.sandbox.faults().add(Fault.on(Server.ECAL, effect).method(method).times(times));
    }
}
