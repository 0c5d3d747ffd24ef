package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Contexts;
import fr.moncampus.ecal.JumpingClock;
import fr.moncampus.ecal.Logged;
import fr.moncampus.ecal.Threads;
import fr.moncampus.ecal.time.WatchedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.impl.matchers.GroupMatcher;

/** Quartz itself is on the machine's clock, where the hours of a trigger are counted from the time that it is told. */
@Timeout(60)
class ClockWatchTest {
    private static final Duration AHEAD = Duration.ofDays(29);
    private final JumpingClock time = new JumpingClock(Instant.now().plus(AHEAD).truncatedTo(ChronoUnit.SECONDS));
    private final WatchedClock clock = time.watched();
    private final DefaultCamelContext context = Contexts.withoutCommandLine();

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("quartz:alice?cron=0+46+0/2+*+*+?&trigger.timeZone=Europe/Paris&stateful=true")
                        .to("mock:run");
            }
        });
        context.start();
        // as it would be, had the machine's clock been ahead
        Trigger trigger = trigger();
        scheduler()
                .rescheduleJob(
                        trigger.getKey(),
                        trigger.getTriggerBuilder()
                                .startAt(java.util.Date.from(clock.instant()))
                                .build());
        assertThat(next()).isAfter(Instant.now().plus(Duration.ofDays(28)));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aClockThatWasAheadAndIsSetRightKeepsNoRunWaiting() throws Exception {
        try (Logged logged = new Logged();
                ClockWatch watch = new ClockWatch(clock)) {
            watch.begin(context);
            time.jump(AHEAD.negated());
            watch.look();
            assertThat(next()).isBetween(clock.instant(), clock.instant().plus(Duration.ofHours(2)));

            time.jump(AHEAD);
            watch.look();
            assertThat(next()).isBetween(clock.instant(), clock.instant().plus(Duration.ofHours(2)));
            assertThat(logged.troubles())
                    .containsExactly(
                            "l'horloge de la machine a été reculée de 29 jours : l'horaire est recalculé",
                            "l'horloge de la machine a été avancée de 29 jours : l'horaire est recalculé");
        }
    }

    @Test
    void itWatchesOnAThreadOfItsOwnThatKeepsNoProcessAlive() throws Exception {
        ClockWatch watch = new ClockWatch(clock);
        List<Thread> watching = Threads.begunBy("clock-watch", () -> watch.begin(context));
        assertThat(watching).hasSize(1).allMatch(Thread::isDaemon);

        watch.close();

        watching.get(0).join();
    }

    @Test
    void aJumpWhileCamelStartsIsNotMissed() throws Exception {
        try (ClockWatch watch = new ClockWatch(clock)) {
            time.jump(AHEAD.negated());
            clock.instant();
            watch.begin(context);
            assertThat(next()).isBetween(clock.instant(), clock.instant().plus(Duration.ofHours(2)));
        }
    }

    @Test
    void withoutAJumpTheTriggerStays() throws Exception {
        try (ClockWatch watch = new ClockWatch(clock)) {
            watch.begin(context);
            Trigger before = trigger();
            time.pass(Duration.ofDays(3));
            watch.look();
            assertThat(trigger().getStartTime()).isEqualTo(before.getStartTime());
        }
    }

    @Test
    void whoHasEndedTouchesNothingAnyMore() throws Exception {
        Trigger before;
        try (ClockWatch watch = new ClockWatch(clock)) {
            watch.begin(context);
            before = trigger();
        }
        time.jump(AHEAD.negated());
        clock.instant();

        assertThat(trigger().getStartTime()).isEqualTo(before.getStartTime());
    }

    @Test
    void aMemoryThatCannotFollowTheClockIsTriedAgain() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (ClockWatch watch = new ClockWatch(clock)) {
            watch.begin(context);
            clock.onJump(jump -> {
                if (attempts.getAndIncrement() == 0) {
                    throw new IllegalStateException("no memory");
                }
            });
            time.jump(AHEAD.negated());
            watch.look();
            watch.look();
            assertThat(attempts).hasValueGreaterThan(1);
            assertThat(next()).isBetween(clock.instant(), clock.instant().plus(Duration.ofHours(2)));
        }
    }

    @Test
    void whereNothingIsOnAScheduleAJumpIsNoMatter() throws Exception {
        try (DefaultCamelContext without = Contexts.withoutCommandLine();
                ClockWatch watch = new ClockWatch(clock)) {
            without.start();
            watch.begin(without);
            time.jump(AHEAD.negated());
            watch.look();
            assertThat(clock.instant()).isBefore(Instant.now().plus(Duration.ofDays(1)));
        }
    }

    private Instant next() throws SchedulerException {
        return trigger().getNextFireTime().toInstant();
    }

    private Trigger trigger() throws SchedulerException {
        return scheduler()
                .getTrigger(scheduler()
                        .getTriggerKeys(GroupMatcher.anyTriggerGroup())
                        .iterator()
                        .next());
    }

    private Scheduler scheduler() {
        return context.getComponent("quartz", QuartzComponent.class).getScheduler();
    }
}
