package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FewAtOnceTest {
    private static final int POOL = 8;
    private static final int MANY = 2000;
    private final ExecutorService pool = Executors.newFixedThreadPool(POOL);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void everyTaskHasItsTurnAndNeverMoreThanSoManyAtOnce() throws Exception {
        for (int most : new int[] {1, 3}) {
            FewAtOnce few = new FewAtOnce(pool, most);
            AtomicInteger working = new AtomicInteger();
            AtomicInteger seen = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            List<Future<?>> tasks = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                boolean fails = i % 7 == 0;
                tasks.add(few.submit(() -> {
                    seen.accumulateAndGet(working.incrementAndGet(), Math::max);
                    Thread.yield();
                    working.decrementAndGet();
                    done.incrementAndGet();
                    if (fails) {
                        throw new IllegalStateException("a task that fails");
                    }
                }));
            }
            for (Future<?> task : tasks) {
                while (!task.isDone()) {
                    Thread.onSpinWait();
                }
            }
            assertThat(done).hasValue(MANY);
            assertThat(seen.get()).isBetween(1, most);
        }
    }

    @Test
    void whoHasMuchToDoDoesNotKeepTheOthersWaiting() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        FewAtOnce much = new FewAtOnce(pool, POOL - 1);
        for (int i = 0; i < MANY; i++) {
            much.execute(() -> await(busy));
        }
        CountDownLatch other = new CountDownLatch(1);
        new FewAtOnce(pool, 1).execute(other::countDown);

        assertThat(other.await(30, TimeUnit.SECONDS)).isTrue();
        busy.countDown();
    }

    @Test
    void aPoolThatTakesNothingLeavesNothingBehind() throws Exception {
        AtomicInteger refusals = new AtomicInteger(2);
        FewAtOnce few = new FewAtOnce(
                task -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new RejectedExecutionException();
                    }
                    pool.execute(task);
                },
                2);
        AtomicInteger refused = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> few.execute(refused::incrementAndGet))
                    .isInstanceOf(RejectedExecutionException.class);
        }

        few.submit(() -> {}).get(30, TimeUnit.SECONDS);
        assertThat(refused).as("who was told so does not find it done").hasValue(0);
    }

    @Test
    void thePoolBelongsToAllAndGoesOn() throws Exception {
        FewAtOnce few = new FewAtOnce(pool, 1);
        few.shutdown();

        assertThat(few.shutdownNow()).isEmpty();
        assertThat(few.isShutdown()).isFalse();
        assertThat(few.isTerminated()).isFalse();
        assertThat(few.awaitTermination(1, TimeUnit.DAYS))
                .as("nobody need wait")
                .isTrue();
        few.submit(() -> {}).get(30, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
