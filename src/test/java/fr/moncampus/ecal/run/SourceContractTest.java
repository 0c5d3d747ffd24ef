package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Switch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every source promises, whoever it asks: the timetable is complete, or the run fails and nothing happens. */
class SourceContractTest {
    private static final int SESSIONS = 12;

    enum Source {
        MONCAMPUS,
        HYPERPLANNING,
        PRONOTE,
        ADE,
        PLAIN;

        Server server() {
            return this == MONCAMPUS ? Server.TIMETABLE : Server.FEED;
        }

        Stage on(Stage stage) throws Exception {
            if (this == MONCAMPUS) {
                return stage.start();
            }
            stage.sandbox.set(Switch.FEED_DIALECT, name().toLowerCase());
            return stage.configureFeed("alice", Stage.STUDENT).open(false);
        }
    }

    @TempDir
    Path folder;

    private Stage stage;

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest
    @EnumSource
    void everySessionIsReadAndTheSecondReadChangesNothing(Source source) throws Exception {
        stage = source.on(new Stage(folder, SESSIONS));

        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::error)
                .containsExactly(SESSIONS, null);
        assertThat(starts())
                .containsExactlyInAnyOrderElementsOf(stage.sandbox.timetable().sessions().stream()
                        .map(session -> session.start().toString())
                        .toList());
        for (int read = 0; read < 3; read++) {
            stage.clock.forward(Duration.ofHours(1));
            assertThat(stage.result())
                    .extracting(RunResult::unchanged, RunResult::waiting, RunResult::error)
                    .containsExactly(SESSIONS, 0, null);
        }
        assertThat(stage.asked("PUT") + stage.asked("DELETE")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aMovedSessionIsOneUpdate(Source source) throws Exception {
        stage = source.on(new Stage(folder, SESSIONS));
        stage.sync();
        var moved = stage.sandbox.timetable().sessions().get(SESSIONS / 2);
        LocalDateTime free = moved.start().plusMinutes(7);
        stage.sandbox.timetable().move(moved.noCours(), free);

        assertThat(stage.result())
                .extracting(RunResult::updated, RunResult::created, RunResult::waiting)
                .containsExactly(1, 0, 0);
        assertThat(starts()).contains(free.toString()).hasSize(SESSIONS);
    }

    @ParameterizedTest
    @EnumSource
    void anotherRoomIsOneUpdate(Source source) throws Exception {
        stage = source.on(new Stage(folder, SESSIONS));
        stage.sync();
        stage.sandbox.timetable().changeRoom(first(), "Amphi Z");

        assertThat(stage.result())
                .extracting(RunResult::updated, RunResult::created, RunResult::waiting)
                .containsExactly(1, 0, 0);
    }

    @ParameterizedTest
    @EnumSource
    void aSessionThatIsGoneIsDeletedByTheUsualConfirmation(Source source) throws Exception {
        stage = source.on(new Stage(folder, SESSIONS));
        stage.sandbox.set(Switch.FEED_CANCELLED, "vanishes");
        stage.sync();
        stage.sandbox.timetable().cancel(middle());

        assertThat(stage.result())
                .extracting(RunResult::waiting, RunResult::deleted)
                .containsExactly(1, 0);
        stage.clock.forward(Duration.ofMinutes(31));
        assertThat(stage.result())
                .extracting(RunResult::waiting, RunResult::deleted)
                .containsExactly(0, 1);
    }

    @ParameterizedTest
    @EnumSource
    void troubleIsAFailureAndNeverAnEmptyTimetable(Source source) throws Exception {
        stage = source.on(new Stage(folder, SESSIONS));
        stage.sync();
        for (Effect effect : List.of(
                Effect.status(500),
                Effect.status(404),
                Effect.of(Effect.Kind.CUT),
                Effect.of(Effect.Kind.CUT_BODY),
                Effect.of(Effect.Kind.HTML))) {
            stage.sandbox.faults().add(Fault.on(source.server(), effect).always());
            stage.clock.forward(Duration.ofHours(1));
            RunResult result = stage.result();
            assertThat(result.error()).as("%s: %s", source, effect).isNotNull();
            assertThat(result.exitCode()).as("%s: %s", source, effect).isEqualTo(3);
            assertThat(List.of(result.waiting(), result.deleted(), result.updated()))
                    .containsOnly(0);
            stage.sandbox.faults().clear();
        }

        assertThat(starts()).hasSize(SESSIONS);
        assertThat(String.join("\n", stage.errors("alice"))).doesNotContain("token=", "5ec4e700", "Bac-a-sable");
    }

    private long first() {
        return stage.sandbox.timetable().sessions().get(0).noCours();
    }

    private long middle() {
        return stage.sandbox.timetable().sessions().get(SESSIONS / 2).noCours();
    }

    private List<String> starts() {
        return stage.sandbox.calendar().events().stream()
                .map(event -> event.path("startDate").asText() + "T"
                        + event.path("startTime").asText())
                .toList();
    }
}
