package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.PostgresServer;
import fr.moncampus.ecal.memory.Proxy;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node whose clock, or whose line to the database, is not as it should be. */
@Timeout(300)
class ClusterTroubleIT extends SeveralNodes {
    /** Most of them are still to be written when another node has started. */
    private static final int COURSES = 240;

    private static final String WRONG_CLOCK = "L'horloge de cette machine n'est pas celle de la base";

    /** All that a node can know is how far its clock and the database's are apart: this one is shown the database's as it is told to. */
    @Test
    void aNodeWhoseClockIsWrongRunsNothingAndSaysSo() {
        Database.open(memory).close();
        execute("CREATE SCHEMA told;"
                + " CREATE TABLE told.ahead AS SELECT interval '0' AS by;"
                + " CREATE FUNCTION told.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS"
                + " 'SELECT pg_catalog.clock_timestamp() + by FROM told.ahead';"
                + " CREATE ROLE astray LOGIN SUPERUSER PASSWORD '" + memory.password() + "';"
                + " ALTER ROLE astray SET search_path = told, pg_catalog, public");
        workplace.environment("MEMORY_USER", "astray");
        Person alice = workplace.person("alice", 3).with("schedule", EVERY_TWO_SECONDS);
        Program astray = node();
        astray.until(() -> good() > 0);

        execute("UPDATE told.ahead SET by = interval '2 minutes'");
        astray.untilLogged(WRONG_CLOCK);
        long good = good();
        long asked = alice.sandbox().log().total();
        long runs = runs("alice");
        astray.until(() -> runs("alice") >= runs + 3);
        assertThat(good()).isEqualTo(good);
        assertThat(alice.sandbox().log().total()).as("requests").isEqualTo(asked);
        Outcome another = node().await();
        assertThat(another.exit()).isNotZero();
        assertThat(another.err()).contains(WRONG_CLOCK);

        execute("UPDATE told.ahead SET by = interval '0'");
        astray.until(() -> good() > good);
        assertThat(Courses.calendar(alice)).isEqualTo(Courses.wanted(alice));
    }

    private long good() {
        return number("SELECT count(*) FROM run WHERE success = 1");
    }

    @Test
    void aLineToTheDatabaseThatStallsEndsTheRunAndAnotherNodeTakesOver() throws Exception {
        try (Proxy proxy = new Proxy(PostgresServer.shared().port())) {
            Person alice = courses().with("schedule", NEVER_TODAY);
            Program far = behind(proxy, alice);
            workplace.environment("MEMORY_URL", memory.url());
            Program near = node();
            near.until(() -> joined() == 2);
            proxy.stall();
            alice.sandbox().set(Switch.LATENCY_MILLIS, "0");
            near.until(() -> isWhole(alice));
            far.untilLogged("PostgreSQL ne répond pas");

            wasWrittenOnce(alice);
        }
    }

    @Test
    void aLineToTheDatabaseThatIsCutEndsTheRunAndTheNextOneDoesTheRest() throws Exception {
        try (Proxy proxy = new Proxy(PostgresServer.shared().port())) {
            Person alice = courses().with("schedule", "0/20 * * * * ?");
            Program far = behind(proxy, alice);
            proxy.cut();
            // whoever notices it first: the run's lock, or its memory
            far.untilLogged("La liaison avec PostgreSQL a été coupée", "PostgreSQL ne répond pas");
            alice.sandbox().set(Switch.LATENCY_MILLIS, "0");
            far.until(() -> isWhole(alice));

            wasWrittenOnce(alice);
        }
    }

    /** In the middle of its first run. */
    private Program behind(Proxy proxy, Person alice) {
        alice.sandbox().set(Switch.LATENCY_MILLIS, "1000");
        workplace.environment(
                "MEMORY_URL", PostgresServer.by(memory, proxy.port()).url());
        Program far = node();
        far.until(() -> alice.writes() > 0);
        return far;
    }

    /** What was in doubt when the line was cut may not have happened: after a second the calendar is believed. */
    private Person courses() {
        return workplace.person("alice", COURSES).with("settle", "PT1S");
    }

    private static boolean isWhole(Person alice) {
        return Courses.calendar(alice).equals(Courses.wanted(alice));
    }

    private static void wasWrittenOnce(Person alice) {
        assertThat(alice.events()).hasSize(COURSES);
        assertThat(alice.sandbox().log().requests(Server.ECAL, "POST")).hasSize(COURSES);
    }
}
