package fr.moncampus.ecal.page;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ActionsTest {
    private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    private final CountDownLatch goOn = new CountDownLatch(1);

    private Run run(String config, Purpose purpose) {
        begun.add(config);
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Run(config, "run", purpose, Instant.EPOCH);
    }

    @Test
    void whoPressesTwiceStartsOneRun() throws Exception {
        try (Actions actions = new Actions(this::run)) {
            assertThat(actions.start("alice", Actions.Kind.SYNC, Purpose.SYNC)).isTrue();
            assertThat(begun.take()).isEqualTo("alice");
            assertThat(actions.start("alice", Actions.Kind.PREVIEW, Purpose.PREVIEW))
                    .isFalse();
            assertThat(actions.underWay("alice")).isEqualTo(Actions.Kind.SYNC);
            goOn.countDown();
        }
        assertThat(begun).isEmpty();
    }

    @Test
    void aSchoolOfImpatientPeopleHasTwoRunsAtOnce() throws Exception {
        try (Actions actions = new Actions(this::run)) {
            for (String config : List.of("a", "b", "c", "d")) {
                actions.start(config, Actions.Kind.SYNC, Purpose.SYNC);
            }
            assertThat(List.of(begun.take(), begun.take())).containsExactlyInAnyOrder("a", "b");
            assertThat(begun).isEmpty();
            assertThat(actions.underWay("d")).isEqualTo(Actions.Kind.SYNC);
            goOn.countDown();
            assertThat(List.of(begun.take(), begun.take())).containsExactlyInAnyOrder("c", "d");
        }
    }

    @Test
    void resultsAreBounded() {
        goOn.countDown();
        int configurations = Actions.MAX_RESULTS + 20;
        try (Actions actions = new Actions(this::run)) {
            for (int i = 0; i < configurations; i++) {
                actions.start("c" + i, Actions.Kind.SYNC, Purpose.SYNC);
            }
            for (int i = 0; i < configurations; i++) {
                awaitEnd(actions, "c" + i);
            }

            assertThat(IntStream.range(0, configurations).filter(i -> actions.outcome("c" + i) != null))
                    .hasSize(Actions.MAX_RESULTS);
        }
    }

    @Test
    void aTroubleEndsAnActionAndIsNoSuccess() {
        BiFunction<String, Purpose, Run> broken = (config, purpose) -> {
            throw new IllegalStateException(config);
        };
        try (Actions actions = new Actions(broken)) {
            actions.start("alice", Actions.Kind.SYNC, Purpose.SYNC);
            awaitEnd(actions, "alice");

            assertThat(Progress.ended(actions.outcome("alice"), List.of()).good())
                    .isFalse();
        }
    }

    private static void awaitEnd(Actions actions, String config) {
        while (actions.underWay(config) != null) {
            Thread.onSpinWait();
        }
    }
}
