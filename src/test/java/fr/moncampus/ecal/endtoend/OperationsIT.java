package fr.moncampus.ecal.endtoend;

import static fr.moncampus.ecal.endtoend.Workplace.counts;
import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Switch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The scheduler, what ends a process, and who may work at the same time. */
class OperationsIT {
    private final Workplace workplace = new Workplace();

    @AfterEach
    void close() {
        workplace.close();
    }

    @Test
    void theSchedulerSyncsAtItsStartAndOnceMoreWhileADeletionWaitsAndEndsOnSigterm() {
        Person person = workplace.person("lea", 6);
        Person other = workplace.person("noe", 3);
        workplace.person("bad", 3).with("ecal_calendar_id", "court");
        assertThat(workplace.run("errors", "--journal", "lea").out()).isEqualTo("lea : journal vide\n");
        assertThat(workplace.sync("lea").exit()).isZero();
        person.sandbox().timetable().cancel(1001);

        Program run = workplace.start("run");
        run.until(() -> other.events().size() == 3 && person.events().size() == 5);

        // everything works beside it
        Program plan = workplace.start("plan", "--format", "json", "noe");
        Program status = workplace.start("status", "--format", "json", "lea");
        Program errors = workplace.start("errors", "lea");
        assertThat(workplace.run("errors", "--journal", "--run", "aucun", "lea").out())
                .isEqualTo("lea : journal vide pour le passage aucun\n");
        assertThat(plan.await().json("noe").get("unchanged").asInt()).isEqualTo(3);
        Outcome told = status.await();
        assertThat(told.exit()).as("%s", told).isZero();
        assertThat(told.json("lea").get("last").get("deleted").asInt()).isEqualTo(1);
        assertThat(errors.await().exit()).isZero();
        assertThat(counts(workplace.sync("noe").json("noe"))).isEqualTo(Map.of("unchanged", 3));

        Outcome ended = run.terminate().await();
        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("bad.yml:").doesNotContain("Exception");
        assertThat(Courses.calendar(person)).isEqualTo(Courses.wanted(person));
    }

    @Test
    void statusShowsOnlyWhatIsAskedForAndSumsUp() {
        workplace.person("l2-anna", 2).with("schedule", "0 0/10 * * * ?");
        workplace.person("l2-bela", 2);
        workplace.person("noe", 2).with("moncampus_password", "faux");
        workplace.sync("l2-bela", "noe");
        try (Database database = Database.open(workplace.data())) {
            Instant before = Instant.now().minus(Duration.ofHours(1));
            new History(database, "l2-anna")
                    .add(new History.Entry("old", before, before, true, RunResult.refused("l2-anna", null), List.of()));
        }

        assertThat(workplace.run("status").out().lines().toList())
                .last()
                .isEqualTo("3 configurations : 2 à jour, 1 en échec (noe), 1 en retard (l2-anna)");
        assertThat(workplace.run("status", "--failed").out())
                .contains("noe — en échec", "3 configurations : ")
                .doesNotContain("l2-anna —", "l2-bela —");
        assertThat(workplace.run("status", "--late", "--failed").out())
                .contains("noe —", "l2-anna —")
                .doesNotContain("l2-bela —");
        assertThat(workplace.run("status", "l2-*", "--late").out())
                .contains("l2-anna —", "2 configurations : 2 à jour, 1 en retard (l2-anna)")
                .doesNotContain("noe");
        assertThat(workplace.run("status", "--format", "json", "--failed").out().lines())
                .singleElement()
                .asString()
                .startsWith("{\"config\":\"noe\"");
    }

    @Test
    void whatIsStoppedWhileItStartsEndsWithoutAlarm() {
        workplace.environment("MANAGEMENT_PORT", "0").person("lea", 2);

        Outcome ended =
                workplace.start("run").untilLogged("horaire").terminate().await();

        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.err()).contains("arrêt demandé").doesNotContain("ERROR", "Exception");
    }

    @Test
    void aScheduleOfItsOwnIsKept() {
        Person person = workplace.person("lea", 2).with("schedule", "* * * * * ?");
        Program run = workplace.start("run");
        run.until(() -> person.events().size() == 2);
        person.sandbox().timetable().changeRoom(1001, "C1");
        run.until(() -> "C1".equals(Courses.calendar(person).get(1001L).get("location")));
        assertThat(person.logins()).as("the session lives on from run to run").isEqualTo(1);
        assertThat(run.terminate().await().exit()).isZero();
    }

    @Test
    void aProcessThatEndsOrDiesInTheMiddleLeavesNothingHalfDone() {
        for (boolean politely : new boolean[] {true, false}) {
            Person person = workplace.person(politely ? "polite" : "killed", 60);
            person.sandbox().set(Switch.LATENCY_MILLIS, "30");
            Program first = workplace.start(politely ? "run" : "sync", person.name());
            first.until(() -> person.events().size() >= 10);
            Outcome ended = (politely ? first.terminate() : first.kill()).await();
            if (politely) {
                assertThat(ended.exit()).as("%s", ended).isZero();
            }
            assertThat(person.events().size()).as("it ended in the middle").isBetween(10, 59);

            person.sandbox().set(Switch.LATENCY_MILLIS, "0");
            Outcome next = workplace.sync(person.name());
            assertThat(next.exit()).as("%s", next).isZero();
            if (!politely) {
                // what was in flight may be left alone for a while, so as not to be doubled
                assertThat(person.events().size()).isBetween(56, 60);
                person.with("settle", "PT0S");
                workplace.sync(person.name());
            }
            assertThat(Courses.calendar(person)).isEqualTo(Courses.wanted(person));
        }
    }

    @Test
    void twoSyncsAtOnceDoTheWorkOnce() {
        Person person = workplace.person("lea", 20);
        person.sandbox()
                .faults()
                .add(Fault.on(Server.ECAL, Effect.delay(Duration.ofSeconds(12))).method("GET"));

        Program first = workplace.start("sync", "--format", "json");
        first.until(() -> !person.sandbox().log().requests(Server.ECAL).isEmpty());
        Outcome second = workplace.sync();

        assertThat(second.exit()).as("%s", second).isEqualTo(1);
        assertThat(second.json("lea").at("/error/kind").asText()).isEqualTo("lock");
        assertThat(workplace.run("plan").exit()).as("a dry run needs no lock").isZero();
        assertThat(counts(first.await().json("lea"))).isEqualTo(Map.of("created", 20));
        assertThat(workplace.sync().exit()).isZero();
        assertThat(Courses.calendar(person)).isEqualTo(Courses.wanted(person));
    }
}
