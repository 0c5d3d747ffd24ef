package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.moncampus.PortalException;
import fr.moncampus.ecal.report.EventText;
import fr.moncampus.ecal.report.PlanText;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
