package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.memory.SnapshotStore;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sync.Change;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves for the page. */
class SnapshotsRouteTest {
    private static final int SESSIONS = 20;

    @TempDir
    private Path folder;

    private Stage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(folder, SESSIONS).start();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void afterASyncTheCalendarIsThereAndNothingIsToBeDone() {
        stage.sync();

        Snapshot snapshot = snapshot();
        assertThat(snapshot.events()).hasSize(SESSIONS).allMatch(event -> event.id() != null);
        assertThat(snapshot.changes()).isEmpty();
        assertThat(snapshot.preview()).isFalse();
        assertThat(snapshot.at()).isEqualTo(stage.clock.instant());
    }

    @Test
    void whatCouldNotBeWrittenIsStillToBeDone() {
        stage.sandbox
                .faults()
                .add(Fault.on(Server.ECAL, Effect.status(400)).method("POST").times(3));

        stage.sync();

        assertThat(snapshot().events()).hasSize(SESSIONS - 3);
        assertThat(snapshot().changes()).hasSize(3).allMatch(change -> change.kind() == Change.Kind.CREATE);
    }

    @Test
    void aRunThatCannotReadLeavesTheLastOne() {
        stage.sync();
        Snapshot before = snapshot();
        stage.clock.forward(Duration.ofHours(1));
        stage.sandbox
                .faults()
                .add(Fault.on(Server.TIMETABLE, Effect.status(503)).always());

        stage.sync();

        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void anEventOfOthersIsNotOurs() {
        stage.sync();
        String id = stage.sandbox.calendar().events().get(0).path("id").asText();
        stage.sandbox.calendar().change(id, "reference", "somebody-else");

        stage.engine().run("alice", Purpose.PREVIEW);

        assertThat(snapshot().events()).hasSize(SESSIONS - 1).noneMatch(event -> id.equals(event.id()));
    }

    @Test
    void onlyAPreviewKeepsThePlanOfADryRun() {
        stage.engine().run("alice", Purpose.PLAN);
        assertThat(snapshot()).isNull();

        stage.engine().run("alice", Purpose.PREVIEW);
        assertThat(snapshot().changes()).hasSize(SESSIONS);
        assertThat(snapshot().preview()).isTrue();
        assertThat(snapshot().events()).isEmpty();
    }

    private Snapshot snapshot() {
        try (Database database = Database.open(stage.data())) {
            return new SnapshotStore(
                            database, "alice", stage.configurations().get(0).owner())
                    .read();
        }
    }
}
