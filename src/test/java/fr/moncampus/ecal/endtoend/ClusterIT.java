package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.memory.PostgresServer;
import fr.moncampus.ecal.sandbox.Switch;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several processes of the finished program on one PostgreSQL. */
@Timeout(300)
class ClusterIT extends SeveralNodes {
    /** Each firing is counted in {@link ClusterFiringsIT}. */
    @Test
    void whicheverNodeIsFreeRunsAConfigurationAndNoTwoDoAtATime() {
        List<Person> persons = Stream.of("alice", "bob", "carole", "david")
                .map(name -> workplace.person(name, 3).with("schedule", EVERY_TWO_SECONDS))
                .toList();
        List<Program> both = List.of(node(), node());
        both.get(0).until(() -> joined() == 2);
        long from = System.currentTimeMillis() + 2000;
        both.get(0).until(() -> number("SELECT count(*) FROM run WHERE finished > " + from) > 60);
        both.forEach(node -> node.terminate().await());

        assertThat(number("SELECT count(*) FROM run a JOIN run b ON a.config = b.config AND a.id <> b.id"
                        + " WHERE a.started > b.started AND a.started < b.finished - 50"))
                .as("runs at the same time")
                .isZero();
        for (Person person : persons) {
            assertThat(number("SELECT count(*) FROM run WHERE config = '" + person.name() + "'"))
                    .as("runs of %s", person.name())
                    .isPositive();
            assertThat(person.logins()).as("a login a node").isLessThanOrEqualTo(2);
            assertThat(Courses.calendar(person)).isEqualTo(Courses.wanted(person));
        }
    }

    @Test
    void theFirstRunHappensOnceForAllNodes() {
        List<Person> persons = Stream.of("alice", "bob")
                .map(name -> workplace.person(name, 3).with("schedule", NEVER_TODAY))
                .toList();
        List<Program> all = List.of(node(), node(), node());
        all.get(0).until(() -> joined() == 3);
        all.get(0).until(() -> number("SELECT count(*) FROM run") >= 2);
        all.forEach(node -> node.terminate().await());

        assertThat(number("SELECT count(*) FROM run")).isEqualTo(persons.size());
    }

    @Test
    void aRunWhoseNodeIsKilledIsTakenOverWithinFifteenSeconds() {
        // what the killed node sent and did not hear of may not have happened: after a second the calendar is believed
        Person alice =
                workplace.person("alice", 24).with("schedule", NEVER_TODAY).with("settle", "PT1S");
        alice.sandbox().set(Switch.LATENCY_MILLIS, "1000");
        Program first = node();
        first.until(() -> alice.writes() > 0);
        Program second = node();
        second.until(() -> joined() == 2);
        alice.sandbox().set(Switch.LATENCY_MILLIS, "0");
        first.kill();
        long killed = System.nanoTime();
        second.until(() -> number("SELECT count(*) FROM run WHERE success = 1") == 1);

        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(17));
        assertThat(Courses.calendar(alice)).isEqualTo(Courses.wanted(alice));
    }

    @Test
    void aNodeThatWasPausedWritesNothingWithTheLockThatItHasLost() {
        Person alice = workplace.person("alice", 40).with("schedule", NEVER_TODAY);
        alice.sandbox().set(Switch.LATENCY_MILLIS, "1000");
        Program first = node();
        first.until(() -> alice.writes() > 0);
        Program second = node();
        second.until(() -> joined() == 2);
        first.signal("STOP");
        alice.sandbox().set(Switch.LATENCY_MILLIS, "0");
        second.until(() -> number("SELECT count(*) FROM run WHERE success = 1") == 1);
        long writes = alice.writes();
        first.signal("CONT");
        first.untilLogged("un autre peut avoir pris le relais");
        first.until(() -> number("SELECT count(*) FROM run") >= 2);

        assertThat(alice.writes()).isEqualTo(writes);
        assertThat(Courses.calendar(alice)).isEqualTo(Courses.wanted(alice));
    }

    @Test
    void aDatabaseThatDiesAndComesBackEndsNobody() throws Exception {
        try (PostgresServer server = PostgresServer.own()) {
            memory = server.newPlace(folder);
            workplace.environment("MEMORY_URL", memory.url());
            workplace.person("alice", 3).with("schedule", EVERY_TWO_SECONDS);
            List<Program> both = List.of(node(), node());
            both.get(0).until(() -> joined() == 2 && runs("alice") > 2);
            server.kill();
            server.start();
            long before = runs("alice");
            for (Program each : both) {
                each.until(() -> runs("alice") > before + 5);
            }

            assertThat(joined()).isEqualTo(2);
        }
    }

    @Test
    void aWrongPasswordIsTriedOnceByAllNodesTogether() {
        Person alice =
                workplace.person("alice", 3).with("schedule", EVERY_TWO_SECONDS).with("moncampus_password", "faux");
        List<Program> all = List.of(node(), node(), node());
        all.get(0).until(() -> joined() == 3);
        long before = number("SELECT count(*) FROM run");
        all.get(0).until(() -> number("SELECT count(*) FROM run") >= before + 5);

        assertThat(alice.logins()).isEqualTo(1);
    }

    @Test
    void nodesThatKnowOtherConfigurationsLoseNoFiringOfEachOther() throws Exception {
        workplace.person("alice", 3).with("schedule", EVERY_TWO_SECONDS);
        Program first = node();
        first.until(() -> runs("alice") > 0);
        Files.delete(workplace.configs().resolve("alice.yml"));
        workplace.person("bob", 3).with("schedule", EVERY_TWO_SECONDS);
        Program second = node();
        second.until(() -> runs("bob") > 0);
        for (String name : List.of("alice", "bob")) {
            List<Long> before = List.of(runs(name));
            second.until(() -> runs(name) >= before.get(0) + 5);
        }
        assertThat(number("SELECT count(*) FROM qrtz_job_details")).isEqualTo(2);
    }

    @Test
    void whatChangedInTheConfigurationsIsAppliedWhenTheNodesStartAgain() throws Exception {
        Person alice = workplace.person("alice", 3).with("schedule", NEVER_TODAY);
        workplace.person("bob", 3).with("schedule", NEVER_TODAY);
        Program first = node();
        first.until(() -> number("SELECT count(*) FROM run") == 2);
        assertThat(first.terminate().await().exit()).isZero();
        alice.with("time_zone", "America/Martinique");
        Files.delete(workplace.configs().resolve("bob.yml"));
        Program second = node();
        second.until(() -> texts("SELECT job_name FROM qrtz_job_details").equals(List.of("alice"))
                && texts("SELECT time_zone_id FROM qrtz_cron_triggers").equals(List.of("America/Martinique")));
        assertThat(second.terminate().await().exit()).isZero();
        alice.with("schedule", "7 0 4 1 1 ?");
        node().until(() ->
                texts("SELECT cron_expression FROM qrtz_cron_triggers").equals(List.of("7 0 4 1 1 ?")));
    }
}
