package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.sync.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** While something waits for its confirmation, one more sync. */
class FollowUpTest {
    private final BlockingQueue<String> synced = new LinkedBlockingQueue<>();

    @Test
    void whatWaitsIsConfirmedByOneSyncAndByAnotherIfItStillWaits() throws Exception {
        try (FollowUp followUp = new FollowUp(List.of(waitingFor("alice", Duration.ZERO)))) {
            followUp.begin(synced::add);
            for (int round = 0; round < 2; round++) {
                long begun = System.nanoTime();
                followUp.accept(run("alice", Purpose.SYNC, 1));
                followUp.accept(run("alice", Purpose.SYNC, 2));

                assertThat(synced.poll(30, TimeUnit.SECONDS)).isEqualTo("alice");
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            }
            followUp.accept(run("alice", Purpose.SYNC, 1));
            assertThat(synced.poll(30, TimeUnit.SECONDS)).isEqualTo("alice");
            assertThat(synced).as("one a time").isEmpty();
        }
    }

    @Test
    void whereNothingWaitsAndAfterAPreviewThereIsNone() throws Exception {
        try (FollowUp followUp =
                new FollowUp(List.of(waitingFor("alice", Duration.ZERO), waitingFor("bob", Duration.ZERO)))) {
            followUp.begin(synced::add);
            followUp.accept(run("alice", Purpose.SYNC, 0));
            followUp.accept(run("alice", Purpose.PLAN, 1));
            followUp.accept(run("bob", Purpose.SYNC, 1));

            assertThat(synced.poll(30, TimeUnit.SECONDS)).isEqualTo("bob");
            assertThat(synced).isEmpty();
        }
    }

    @Test
    void whoEndsBeforeLeavesItToTheNextOnSchedule() throws Exception {
        FollowUp ended = new FollowUp(List.of(waitingFor("alice", Duration.ZERO)));
        ended.begin(synced::add);
        ended.accept(run("alice", Purpose.SYNC, 1));
        ended.close();
        try (FollowUp other = new FollowUp(List.of(waitingFor("bob", Duration.ofSeconds(1))))) {
            other.begin(synced::add);
            other.accept(run("bob", Purpose.SYNC, 1));

            assertThat(synced.poll(30, TimeUnit.SECONDS)).isEqualTo("bob");
        }
    }

    private static Run run(String config, Purpose purpose, int waiting) {
        Run run = new Run(config, "0a1b2c3d", purpose, Instant.EPOCH);
        run.planned(new Plan(
                List.of(),
                List.of(),
                List.of(),
                Collections.nCopies(waiting, new Plan.Waiting(Fixtures.event("mc-1"), Instant.EPOCH)),
                List.of(),
                0,
                0,
                0,
                Map.of(),
                List.of(),
                null));
        run.end(0);
        return run;
    }

    private static Configuration waitingFor(String name, Duration deleteAfter) {
        Configuration made = Fixtures.configuration(name);
        return new Configuration(
                name,
                made.file(),
                made.label(),
                made.ends(),
                made.days(),
                made.events(),
                made.schedule(),
                new Rules(deleteAfter, 10, 0.3, Duration.ofMinutes(15)),
                null,
                null);
    }
}
