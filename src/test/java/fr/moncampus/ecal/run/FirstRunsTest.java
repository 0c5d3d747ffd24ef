package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Contexts;
import fr.moncampus.ecal.Threads;
import fr.moncampus.ecal.moncampus.PortalSteps;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quartz.impl.matchers.GroupMatcher;

@Timeout(60)
class FirstRunsTest {
    private static final int SCHEDULES = 12;
    private final DefaultCamelContext context = Contexts.withoutCommandLine();

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < SCHEDULES; i++) {
                    from("quartz:s" + i + "?cron=0+0+3+1+1+?").to("mock:s" + i);
                }
                from("direct:called").to("mock:called");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void everyScheduleFiresOnceAtTheStart() throws Exception {
        IntStream.range(0, SCHEDULES).mapToObj(this::mock).forEach(mock -> mock.expectedMessageCount(1));
        try (FirstRuns firstRuns = new FirstRuns()) {
            List<Thread> timers = Threads.begunBy("first-runs", () -> firstRuns.begin(context));
            assertThat(timers).as("keep no process alive").allMatch(Thread::isDaemon);
            for (int i = 0; i < SCHEDULES; i++) {
                mock(i).assertIsSatisfied(TimeUnit.SECONDS.toMillis(30));
            }
            for (Thread each : timers) {
                each.join();
            }
        }
        assertThat(context.getEndpoint("mock:called", MockEndpoint.class).getReceivedCounter())
                .isZero();
    }

    @Test
    void asManyAsThePortalGetsAtOnceBeginAtOnceAndTheOthersOneByOneOnAverage() {
        RandomGenerator random = new SplittableRandom(1);
        assertThat(IntStream.range(0, PortalSteps.MAX_AT_ONCE).mapToLong(i -> FirstRuns.delayMillis(i, 300, random)))
                .containsOnly(0L);
        assertThat(IntStream.range(PortalSteps.MAX_AT_ONCE, 300)
                        .mapToLong(i -> FirstRuns.delayMillis(i, 300, random))
                        .summaryStatistics())
                .satisfies(delays -> {
                    assertThat(delays.getMin()).isBetween(0L, 300L);
                    assertThat(delays.getMax()).isBetween(5700L, 6000L);
                    assertThat(delays.getAverage()).isBetween(2500.0, 3500.0);
                });
    }

    @Test
    void whatIsNotScheduledAnyMoreIsLeftOut() throws Exception {
        var scheduler = context.getComponent("quartz", QuartzComponent.class).getScheduler();
        for (var key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
            if (!key.getName().equals("s1")) {
                scheduler.unscheduleJob(key);
            }
        }
        mock(1).expectedMessageCount(1);
        try (FirstRuns firstRuns = new FirstRuns()) {
            firstRuns.begin(context);
            mock(1).assertIsSatisfied(TimeUnit.SECONDS.toMillis(30));
        }
        assertThat(mock(0).getReceivedCounter()).isZero();
    }

    private MockEndpoint mock(int number) {
        return context.getEndpoint("mock:s" + number, MockEndpoint.class);
    }
}
