package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Threads;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.memory.Nodes;
import fr.moncampus.ecal.memory.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/** The schedule of a process that shares it, as PostgreSQL keeps it from one process to the next. */
@Timeout(120)
class ClusterTest {
    private static final String NEVER_TODAY = "?cron=0+0+3+1+1+?&stateful=true&trigger.timeZone=";
    private static final String PARIS = "Europe/Paris";
    private static final String ISLAND = "Indian/Reunion";

    @TempDir
    private Path folder;

    private final List<Integer> processes = new CopyOnWriteArrayList<>();
    private MemoryPlace place;
    private Database database;
    private Cluster cluster;
    private Main main;

    @BeforeEach
    void memory() {
        place = PostgresServer.shared().newPlace(folder);
    }

    @AfterEach
    void end() {
        if (main != null) {
            stop();
        }
    }

    @Test
    void whatNoOtherProcessKnowsRunsOnceAtTheStartAndEachKilledRunIsTakenOver() throws Exception {
        Set<String> first = start("alice" + NEVER_TODAY + PARIS, "bob" + NEVER_TODAY + PARIS);

        assertThat(first).containsExactlyInAnyOrder("alice", "bob");
        assertThat(processes).containsOnly(1).isNotEmpty();
        assertThat(scheduler().getMetaData().isJobStoreClustered()).isTrue();
        for (TriggerKey key : triggers()) {
            assertThat(scheduler()
                            .getJobDetail(scheduler().getTrigger(key).getJobKey())
                            .requestsRecovery())
                    .isTrue();
        }
        MockEndpoint alice = context().getEndpoint("mock:alice", MockEndpoint.class);
        MockEndpoint bob = context().getEndpoint("mock:bob", MockEndpoint.class);
        alice.expectedMessageCount(1);
        FirstRuns.begin(context(), Set.of("alice"));
        alice.assertIsSatisfied(TimeUnit.SECONDS.toMillis(30));
        assertThat(bob.getReceivedCounter()).isZero();
    }

    @Test
    void aTimeZoneThatWasChangedAppliesAndNothingElseIsTouched() throws Exception {
        start("alice" + NEVER_TODAY + PARIS, "bob" + NEVER_TODAY + PARIS);
        CronTrigger bob = trigger("bob");
        stop();

        start("alice" + NEVER_TODAY + ISLAND, "bob" + NEVER_TODAY + PARIS);

        assertThat(trigger("alice").getTimeZone().getID()).isEqualTo(ISLAND);
        assertThat(trigger("alice").getNextFireTime()).isBefore(bob.getNextFireTime());
        assertThat(trigger("bob").getTimeZone().getID()).isEqualTo(PARIS);
        assertThat(trigger("bob").getStartTime()).isEqualTo(bob.getStartTime());
    }

    @Test
    void theScheduleOfAConfigurationThatNoProcessKnowsAnyMoreIsRemoved() throws Exception {
        start("alice" + NEVER_TODAY + PARIS, "bob" + NEVER_TODAY + PARIS);
        stop();

        start("bob" + NEVER_TODAY + PARIS);

        assertThat(triggers()).extracting(TriggerKey::getName).containsExactly("bob");
    }

    @Test
    void whoLeavesIsGoneForTheOthersAndWhatItHadToDoIsThere() throws Exception {
        start("alice" + NEVER_TODAY + PARIS);
        cluster.leave();
        FirstRuns.begin(context(), Set.of("alice"));
        stop();

        try (Database after = Database.open(place)) {
            assertThat(new Nodes(after, "other").count()).isZero();
        }
        assertThat(start("alice" + NEVER_TODAY + PARIS)).containsExactly("alice");
        assertThat(triggers()).hasSize(2);
        MockEndpoint alice = context().getEndpoint("mock:alice", MockEndpoint.class);
        alice.expectedMessageCount(2);
        FirstRuns.begin(context(), Set.of("alice"));
        alice.assertIsSatisfied();
    }

    @Test
    void whileItStartsNobodyTakesItsSchedulesForForgotten() throws Exception {
        try (Database there = Database.open(place);
                Nodes other = new Nodes(there, "other")) {
            database = Database.open(place);
            cluster = new Cluster(database, processes::add);
            cluster.prepare(new Main());
            assertThat(other.unknown(Set.of("alice"), Set.of())).isEmpty();

            cluster.close();
            assertThat(other.unknown(Set.of("alice"), Set.of())).containsExactly("alice");
            database.close();
        }
    }

    @Test
    void itTidiesOnAThreadThatKeepsNoProcessAlive() throws Exception {
        List<Thread> tidying = Threads.begunBy("cluster", () -> start("alice" + NEVER_TODAY + PARIS));
        assertThat(tidying).hasSize(1).allMatch(Thread::isDaemon);
        stop();
        tidying.get(0).join();
    }

    @Test
    void whereNothingIsOnAScheduleThereIsNothingToShare() throws Exception {
        assertThat(start()).isEmpty();
        assertThat(processes).isEmpty();
    }

    private Set<String> start(String... schedules) throws Exception {
        database = Database.open(place);
        cluster = new Cluster(database, processes::add);
        main = new Main();
        main.bind("cli-connector-factory", Engine.noCliConnector());
        cluster.prepare(main);
        main.addOverrideProperty("camel.component.quartz.properties[org.quartz.threadPool.threadCount]", "2");
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                Cluster.recover(configured.getCamelContext());
            }
        });
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                for (String schedule : schedules) {
                    from("quartz:" + schedule).to("mock:" + schedule.replaceFirst("\\?.*", ""));
                }
            }
        });
        main.start();
        return cluster.begin(context());
    }

    private void stop() {
        cluster.leave();
        main.stop();
        cluster.close();
        database.close();
        main = null;
    }

    private CamelContext context() {
        return main.getCamelContext();
    }

    private Scheduler scheduler() {
        return context().getComponent("quartz", QuartzComponent.class).getScheduler();
    }

    private List<TriggerKey> triggers() throws SchedulerException {
        return new ArrayList<>(scheduler().getTriggerKeys(GroupMatcher.anyTriggerGroup()));
    }

    private CronTrigger trigger(String name) throws SchedulerException {
        TriggerKey key = triggers().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return (CronTrigger) scheduler().getTrigger(key);
    }
}
