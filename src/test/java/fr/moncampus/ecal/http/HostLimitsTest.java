package fr.moncampus.ecal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a host is spared by one process, and by one of several. */
@Timeout(60)
class HostLimitsTest {
    private static final int AT_ONCE = 4;
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final MovableClock clock = new MovableClock("2026-10-05T06:00:00Z");
    private final Others others = new Others();
    private final HostLimits alone = new HostLimits(null, clock, nanos::get);
    private final HostLimits together = new HostLimits(others, clock, nanos::get);

    @Test
    void hostsHavePlacesOfTheirOwnAndAPlaceThatIsLeftIsForTheNext() throws Exception {
        List<LimitStore.Place> taken = take(alone, "school", AT_ONCE);
        alone.enter("calendar", AT_ONCE, false).close();
        CompletableFuture<LimitStore.Place> next = waiting(alone, "school");
        assertThat(next).isNotDone();
        taken.get(0).close();
        assertThat(next.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aPauseHoldsEverybodyUpUntilItIsOverButWhatIsUrgent() throws Exception {
        alone.pause("school", AT_ONCE, "120");
        CompletableFuture<LimitStore.Place> held = waiting(alone, "school");
        alone.enter("school", AT_ONCE, true).close();
        alone.enter("calendar", AT_ONCE, false).close();
        pass(119);
        assertThat(held).isNotDone();
        alone.pause("school", AT_ONCE, "1");
        pass(1);
        assertThat(held.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aPauseIsNoLongerThanFiveMinutesAndNeverShortensAnother() throws Exception {
        alone.pause("school", AT_ONCE, "Mon, 05 Oct 2026 09:00:00 GMT");
        alone.pause("school", AT_ONCE, "10");
        alone.pause("school", AT_ONCE, "tomorrow");
        CompletableFuture<LimitStore.Place> held = waiting(alone, "school");
        pass(299);
        assertThat(held).isNotDone();
        pass(2);
        assertThat(held.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void whoWaitsIsSentAwayWhenTheProcessIsToEndOrTheWaitIsTooLong() throws Exception {
        alone.pause("school", AT_ONCE, "300");
        CompletableFuture<LimitStore.Place> held = waiting(alone, "school");
        alone.finishEarly();
        assertThat(held).failsWithin(30, TimeUnit.SECONDS).withThrowableThat().withCauseInstanceOf(IOException.class);

        others.free.set(0);
        CompletableFuture<LimitStore.Place> late = waiting(together, "school");
        pass(601);
        assertThat(late).failsWithin(30, TimeUnit.SECONDS).withThrowableThat().withCauseInstanceOf(IOException.class);
    }

    @Test
    void whoGetsItsPlaceAsAPauseBeginsWaitsForItsEnd() throws Exception {
        List<LimitStore.Place> taken = take(alone, "school", AT_ONCE);
        CompletableFuture<LimitStore.Place> next = waiting(alone, "school");
        alone.pause("school", AT_ONCE, "10");
        taken.get(0).close();
        taken.get(1).close();
        assertThat(next).isNotDone();
        pass(10);
        assertThat(next.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(waiting(alone, "school")).as("the other place").succeedsWithin(30, TimeUnit.SECONDS);
    }

    @Test
    void whoGetsNoPlaceInTimeIsSentAway() throws Exception {
        AtomicLong hurried = new AtomicLong();
        HostLimits limits = new HostLimits(null, clock, () -> hurried.getAndAdd(TimeUnit.MINUTES.toNanos(11)));
        take(limits, "school", AT_ONCE);

        assertThatThrownBy(() -> limits.enter("school", AT_ONCE, true)).isInstanceOf(HostLimits.BusyException.class);
    }

    @Test
    void loginsHaveTheirTurnsHostByHost() {
        Pace pace = new Pace(1);
        assertThat(alone.turn("school", pace)).isZero();
        assertThat(alone.turn("school", pace)).isPositive();
        assertThat(alone.turn("other", pace)).isZero();
        others.turn = 42;
        assertThat(together.turn("school", pace)).isEqualTo(42);
    }

    @Test
    void thePlacesOfANodeAreNeverLessThanOneNorMoreThanAll() throws Exception {
        together.share(100);
        take(together, "school", 1);
        CompletableFuture<LimitStore.Place> second = waiting(together, "school");
        assertThat(second).isNotDone();
        together.share(0);
        assertThat(second.get(30, TimeUnit.SECONDS)).isNotNull();
        take(together, "school", AT_ONCE - 2);
        others.free.set(AT_ONCE);
        assertThat(waiting(together, "school")).isNotDone();
    }

    @Test
    void whoIsJoinedByOthersLeavesPlacesToThem() throws Exception {
        List<LimitStore.Place> all = take(together, "school", AT_ONCE);
        together.share(AT_ONCE);
        all.forEach(LimitStore.Place::close);
        take(together, "school", 1);

        assertThat(waiting(together, "school")).isNotDone();
    }

    @Test
    void aPauseIsToldToTheOthersAndATroubleOfTheirMemoryIsNoneOfWhoAsked() {
        together.pause("school", AT_ONCE, "7");
        assertThat(others.paused).isEqualTo(7000);
        others.wrong = true;
        assertThatThrownBy(() -> together.pause("school", AT_ONCE, "7")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneOfSeveralTakesItsShareAndOnlyWhatTheOthersLeave() throws Exception {
        together.share(3);
        others.free.set(1);
        List<LimitStore.Place> mine = take(together, "school", 1);
        CompletableFuture<LimitStore.Place> second = waiting(together, "school");
        assertThat(second).isNotDone();
        others.free.set(AT_ONCE);
        assertThat(second.get(30, TimeUnit.SECONDS)).isNotNull();

        CompletableFuture<LimitStore.Place> third = waiting(together, "school");
        assertThat(third).as("four places for three are two each").isNotDone();
        together.share(1);
        assertThat(third.get(30, TimeUnit.SECONDS)).as("the others have gone").isNotNull();
        mine.get(0).close();
        assertThat(others.free).hasValue(AT_ONCE - 1);
    }

    @Test
    void whenTheOthersCannotBeAskedNothingIsSentAndNoPlaceIsLost() {
        for (int i = 0; i < 2 * AT_ONCE; i++) {
            others.broken = true;
            assertThatThrownBy(() -> together.enter("school", AT_ONCE, true)).isInstanceOf(Broken.class);
        }
        together.pause("school", AT_ONCE, "10");
        others.broken = false;
        others.free.set(1);
        assertThat(waiting(together, "school")).succeedsWithin(30, TimeUnit.SECONDS);
    }

    @Test
    void norWhenTheyCannotBeAskedAnyMoreOnceAPlaceIsHeld() {
        for (int i = 0; i < 2 * AT_ONCE; i++) {
            others.brokenOnceHeld = true;
            assertThatThrownBy(() -> together.enter("school", AT_ONCE, false)).isInstanceOf(Broken.class);
        }
        others.brokenOnceHeld = false;
        assertThat(others.free).hasValue(AT_ONCE);
        assertThat(waiting(together, "school")).succeedsWithin(30, TimeUnit.SECONDS);
    }

    private List<LimitStore.Place> take(HostLimits limits, String host, int count) throws IOException {
        List<LimitStore.Place> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(limits.enter(host, AT_ONCE, false));
        }
        return taken;
    }

    /** It waits, or has got its place, when this returns. */
    private static CompletableFuture<LimitStore.Place> waiting(HostLimits limits, String host) {
        CompletableFuture<LimitStore.Place> place = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                place.complete(limits.enter(host, AT_ONCE, false));
            } catch (IOException e) {
                place.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        while (!place.isDone() && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return place;
    }

    private void pass(int seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        clock.forward(Duration.ofSeconds(seconds));
    }

    private static final class Broken extends RuntimeException implements LocalTrouble {
        private static final long serialVersionUID = 1L;
    }

    /** So many places are left by the others. */
    private static final class Others implements LimitStore {
        private final AtomicInteger free = new AtomicInteger(AT_ONCE);
        private volatile boolean broken;
        private volatile boolean brokenOnceHeld;
        private volatile boolean wrong;
        private volatile long paused;
        private volatile long turn;

        @Override
        public Place place(String host, int places) {
            if (broken) {
                throw new Broken();
            }
            if (free.getAndUpdate(count -> Math.max(0, count - 1)) == 0) {
                return null;
            }
            return free::incrementAndGet;
        }

        @Override
        public long pause(String host) {
            if (brokenOnceHeld && free.get() < AT_ONCE) {
                throw new Broken();
            }
            return 0;
        }

        @Override
        public void pause(String host, long millis) {
            if (broken) {
                throw new Broken();
            }
            if (wrong) {
                throw new IllegalStateException("a mistake of ours");
            }
            paused = millis;
        }

        @Override
        public long turn(String host, Pace pace) {
            return turn;
        }
    }
}
