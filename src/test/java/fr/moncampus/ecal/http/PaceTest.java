package fr.moncampus.ecal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** So many a minute, whenever they come. */
class PaceTest {
    private static final int MINUTE = 60_000;
    private static final int LATENESS = Pace.LATENESS_SECONDS * 1000;

    /** @param gaps between one that comes and the next, as lists of milliseconds: many of them none at all */
    @Property
    void inNoMinuteAreThereMoreThanAreAllowedHoweverLateEachIs(
            @ForAll @IntRange(min = 1, max = 40) int aMinute,
            @ForAll @Size(min = 1, max = 120) List<@IntRange(max = 90_000) Integer> gaps,
            @ForAll @Size(120) List<@IntRange(max = LATENESS) Integer> lateness,
            @ForAll @IntRange(min = 1, max = 20) int herd) {
        Pace pace = new Pace(aMinute);
        List<Long> sent = new ArrayList<>();
        long now = 1_800_000_000_000L;
        long kept = 0;
        for (int i = 0; i < gaps.size(); i++) {
            now += i % herd == 0 ? gaps.get(i) : 0;
            Pace.Turn turn = pace.turn(kept, now);
            kept = turn.next();
            if (turn.millis() >= 0) {
                assertThat(turn.millis()).isLessThanOrEqualTo(Pace.MAX_WAIT_MILLIS);
                sent.add(now + turn.millis() + lateness.get(i));
            }
        }
        for (long first : sent) {
            assertThat(sent.stream().filter(each -> each >= first && each < first + MINUTE))
                    .hasSizeLessThanOrEqualTo(aMinute);
        }
    }

    @Test
    void aFewDoNotWaitAndManyUseTheirMinute() {
        Pace pace = new Pace(300);
        long kept = 0;
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Pace.Turn turn = pace.turn(kept, 0);
            kept = turn.next();
            waits.add(turn.millis());
        }
        assertThat(waits.subList(0, 30)).containsOnly(0L);
        assertThat(waits).isSorted();
        assertThat(waits.get(999)).as("a thousand take less than five minutes").isBetween(200_000L, 300_000L);
    }

    @Test
    void whoWouldWaitForTooLongGetsNoTurnAndTakesNobodyElses() {
        Pace pace = new Pace(1);
        long kept = 0;
        for (int i = 0; i < 5; i++) {
            kept = pace.turn(kept, 0).next();
        }
        assertThat(pace.turn(kept, 0)).isEqualTo(new Pace.Turn(-1, kept));
        assertThat(pace.turn(kept, Pace.MAX_WAIT_MILLIS).millis()).isNotNegative();
    }

    @Test
    void noPaceIsNone() {
        assertThatThrownBy(() -> new Pace(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Pace(1).turn(0, 0).millis()).isZero();
    }

    @Test
    void aClockThatWasSetBackKeepsNobodyWaiting() {
        Pace pace = new Pace(60);
        long kept = pace.turn(0, 1_800_000_000_000L).next();
        assertThat(pace.turn(kept, 1_700_000_000_000L).millis()).isZero();
    }
}
