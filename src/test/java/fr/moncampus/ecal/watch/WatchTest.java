package fr.moncampus.ecal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Server;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private Watched lea;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        lea = new Watched(folder);
    }

    @AfterEach
    void stop() throws Exception {
        lea.close();
    }

    @Test
    void itIsHealthyOnceARunHasReachedItsEndAndAliveAndReadyBeforeThat() throws Exception {
        assertThat(lea.get("/observe/health").statusCode()).isEqualTo(503);
        assertThat(lea.get("/observe/health/ready").statusCode()).isEqualTo(200);
        assertThat(lea.get("/observe/health/live").statusCode()).isEqualTo(200);

        lea.sync();

        assertThat(lea.get("/observe/health").statusCode()).isEqualTo(200);
    }

    @Test
    void anOutageOfTwoScheduledRunsMakesItLateYetAliveAndReadyUntilItIsOver() throws Exception {
        lea.sync();
        outage(lea.sandbox);

        failAfter(HOUR);
        assertThat(lea.get("/observe/health").statusCode()).isEqualTo(200);
        assertThat(lea.get("/observe/metrics").body())
                .contains("moncampus_late_configurations 0.0")
                .doesNotContain("moncampus_late{");
        failAfter(HOUR);
        assertThat(lea.get("/observe/health").statusCode()).isEqualTo(503);
        assertThat(lea.get("/observe/health").body()).contains("lea");
        assertThat(lea.get("/observe/metrics").body())
                .contains("moncampus_late_configurations 1.0", "moncampus_late{config=\"lea\"} 1.0");
        assertThat(lea.get("/observe/health/ready").statusCode()).isEqualTo(200);
        assertThat(lea.get("/observe/health/ready").body()).doesNotContain("lea");
        assertThat(lea.get("/observe/health/live").statusCode()).isEqualTo(200);

        lea.sandbox.faults().clear();
        lea.pass(HOUR);
        lea.sync();
        assertThat(lea.get("/observe/health").statusCode()).isEqualTo(200);
        assertThat(lea.get("/observe/metrics").body()).doesNotContain("moncampus_late{");
    }

    @Test
    void metricsCountWhatWasDoneByConfiguration() throws Exception {
        lea.sync();
        lea.sandbox.timetable().changeRoom(1, "C204");
        lea.sandbox.timetable().cancel(2);
        lea.sync();
        outage(lea.sandbox);
        lea.sync();
        System.gc();

        String metrics = lea.get("/observe/metrics").body();

        assertThat(metrics)
                .contains(
                        "moncampus_changes_total{config=\"lea\",kind=\"created\"} 3.0",
                        "moncampus_changes_total{config=\"lea\",kind=\"updated\"} 1.0",
                        "moncampus_changes_total{config=\"lea\",kind=\"deleted\"} 0.0",
                        "moncampus_dead_letters_total{config=\"lea\"} 1.0",
                        "moncampus_refused_logins_total{config=\"lea\"} 0.0",
                        "moncampus_run_duration_seconds_count{config=\"lea\"} 3",
                        "moncampus_runs_total{config=\"lea\",outcome=\"success\"} 2.0",
                        "moncampus_runs_total{config=\"lea\",outcome=\"failure\"} 1.0");
        assertThat(metrics)
                .containsPattern("moncampus_last_success_timestamp_seconds\\{config=\"lea\"} 1\\.\\d+E9")
                .containsPattern("moncampus_requests_total\\{config=\"lea\",kind=\"ecal\"} [1-9]")
                .containsPattern("moncampus_requests_total\\{config=\"lea\",kind=\"moncampus\"} [1-9]");
    }

    @Test
    void whatWaitsIsShown() throws Exception {
        lea.sync();
        lea.sandbox.timetable().cancel(2);
        lea.sync();
        assertThat(lea.get("/observe/metrics").body())
                .contains(
                        "moncampus_deletions_waiting{config=\"lea\"} 1.0",
                        "moncampus_deletions_held{config=\"lea\"} 0.0");
        assertThat(lea.bean().getWaiting()).isOne();
        assertThat(lea.bean().getKept()).singleElement().asString().startsWith("waiting : Réseaux");
    }

    @Test
    void aRefusedLoginIsCountedOnceThoughEveryRunFails() throws Exception {
        lea.sandbox.enrol("camille.martin", "another password", List.of());
        lea.sync();
        lea.sync();

        assertThat(lea.get("/observe/metrics").body())
                .contains(
                        "moncampus_refused_logins_total{config=\"lea\"} 1.0",
                        "moncampus_dead_letters_total{config=\"lea\"} 2.0");
    }

    @Test
    void theBeanSyncsAndPlansAndTellsTheLastRun() throws Exception {
        assertThat(lea.bean().getState()).isEqualTo("NEVER");
        assertThat(lea.bean().planNow()).contains("3 à créer").contains("+ Java");
        assertThat(lea.sandbox.calendar().events()).isEmpty();

        assertThat(lea.bean().syncNow()).contains("3 créés").contains("+ Java");

        assertThat(lea.sandbox.calendar().events()).hasSize(3);
        assertThat(lea.bean().getCreated()).isEqualTo(3);
        assertThat(lea.bean().getState()).isEqualTo("OK");
        assertThat(lea.bean().getLastSuccess()).isNotNull();
        assertThat(lea.bean().getNextRun()).isNotNull();
        assertThat(lea.bean().getLastError()).isNull();
    }

    @Test
    void theConsoleSaysWhatStatusSaysInTextAndJson() throws Exception {
        lea.sync();
        outage(lea.sandbox);
        lea.sync();

        assertThat(lea.get("/q/dev/moncampus").body())
                .contains(
                        "lea — en échec",
                        "dernier succès",
                        "✗ en échec depuis",
                        "fichier d'erreurs, dernières 24 h : 1 ligne");
        JsonNode status = new ObjectMapper()
                .readTree(lea.get("/q/dev/moncampus", "Accept", "application/json")
                        .body())
                .at("/moncampus/configurations/0");
        assertThat(status.get("config").asText()).isEqualTo("lea");
        assertThat(status.at("/last/error/kind").asText()).isEqualTo("moncampus");
        assertThat(status.get("errors")).hasSize(1);
        assertThat(lea.get("/q/dev/moncampus", "Origin", "http://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPortThatIsTakenCostsThePagesAndNothingElse(@TempDir Path data) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Watch watch = new Watch(
                        List.of(), data, new Management("127.0.0.1", other.getLocalPort(), false), Clock.systemUTC())) {
            assertThat(watch.port()).isNull();
        }
    }

    private void failAfter(Duration time) {
        lea.pass(time);
        assertThat(lea.sync().result().error()).isNotNull();
    }

    private static void outage(Sandbox sandbox) {
        sandbox.faults().add(Fault.on(Server.TIMETABLE, Effect.status(503)).always());
    }
}
