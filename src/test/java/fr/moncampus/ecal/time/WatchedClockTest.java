package fr.moncampus.ecal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.JumpingClock;
import fr.moncampus.ecal.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WatchedClockTest {
    private static final Instant NOW = Instant.parse("2026-09-14T06:00:00Z");
    private final JumpingClock time = new JumpingClock(NOW);
    private final WatchedClock clock = time.watched();
    private final List<Jump> jumps = new ArrayList<>();

    @Test
    void aClockThatPassesAndIsPutRightALittleDoesNotJump() {
        clock.onJump(jumps::add);
        time.pass(Duration.ofDays(400));
        time.jump(Duration.ofSeconds(-59));
        assertThat(clock.instant()).isEqualTo(NOW.plus(Duration.ofDays(400)).minusSeconds(59));
        assertThat(jumps).isEmpty();
    }

    @Test
    void aJumpIsToldOnceBeforeTheNewTimeIs() {
        clock.onJump(jumps::add);
        time.pass(Duration.ofHours(1));
        time.jump(Duration.ofDays(-29));

        Instant now = clock.instant();
        clock.instant();

        assertThat(jumps).containsExactly(new Jump(NOW, NOW.plusSeconds(3600), now));
        assertThat(jumps.get(0).by()).isEqualTo(Duration.ofDays(-29));
    }

    @Test
    void whoCouldNotFollowIsToldAgain() {
        clock.onJump(jump -> {
            jumps.add(jump);
            if (jumps.size() == 1) {
                throw new IllegalStateException("full disk");
            }
        });
        time.jump(Duration.ofDays(1));

        assertThatThrownBy(clock::instant).hasMessage("full disk");
        clock.instant();
        clock.instant();
        assertThat(jumps).hasSize(2);
    }

    @Test
    void aListenerMayAskForTheTimeAndLeave() {
        Runnable leave = clock.onJump(jump -> {
            jumps.add(jump);
            assertThat(clock.instant()).isEqualTo(jump.now());
        });
        time.jump(Duration.ofDays(1));
        clock.instant();
        leave.run();
        time.jump(Duration.ofDays(1));
        clock.instant();
        assertThat(jumps).hasSize(1);
    }

    @Test
    void anOrdinaryClockIsItsOwnMeasure() {
        MovableClock movable = new MovableClock(NOW);
        WatchedClock watched = WatchedClock.of(movable);
        watched.onJump(jumps::add);
        movable.forward(Duration.ofDays(30));
        assertThat(watched.instant()).isEqualTo(movable.instant());
        assertThat(jumps).isEmpty();
        assertThat(WatchedClock.of(watched)).isSameAs(watched);
    }

    /** Within a process, whatever it was when it was noted. */
    @Property(tries = 300)
    void whatMovesWithTheClockIsAsOldAsItIs(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 100_000) Integer> minutes,
            @ForAll @Size(min = 12, max = 12) List<@IntRange(min = -600_000, max = 600_000) Integer> leaps) {
        // jqwik keeps the instance: with one clock for all tries nanoseconds would run over in the end
        JumpingClock time = new JumpingClock(NOW);
        WatchedClock clock = time.watched();
        Instant[] noted = new Instant[1];
        clock.onJump(jump -> noted[0] = jump.moved(noted[0]));
        noted[0] = clock.instant();
        Duration before = time.passed();
        for (int i = 0; i < minutes.size(); i++) {
            time.pass(Duration.ofMinutes(minutes.get(i)));
            time.jump(Duration.ofMinutes(leaps.get(i)));
            Duration age = Duration.between(noted[0], clock.instant());
            age = Duration.between(noted[0], clock.instant());
            assertThat(age.minus(time.passed().minus(before)).abs()).isLessThanOrEqualTo(WatchedClock.TOLERANCE);
        }
    }
}
