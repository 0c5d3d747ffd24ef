package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Switch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one school sees of three processes. */
@Timeout(300)
class ClusterPolitenessIT extends SeveralNodes {
    private static final int AT_ONCE = 4;
    private static final int A_MINUTE = 60;
    private static final int PERSONS = 40;

    /** How many logins there were at a moment, in nanoseconds. */
    private record Sample(long at, long logins) {}

    /** One of them dies on the way, and another joins. */
    @Test
    void threeNodesTogetherAskNoMoreAtOnceAndLogInNoMoreOftenThanOneMay() {
        workplace.property("moncampus.requests-at-once=" + AT_ONCE).property("moncampus.logins-a-minute=" + A_MINUTE);
        Person first = workplace.person("eleve-0", 2).with("schedule", NEVER_TODAY);
        for (int i = 1; i < PERSONS; i++) {
            workplace.classmate(first, "eleve-" + i, 2);
        }
        first.sandbox().set(Switch.LATENCY_MILLIS, "100");
        List<Sample> samples = new ArrayList<>();
        List<Program> three = List.of(node(), node(), node());
        three.get(0).until(() -> sample(samples, first) >= PERSONS / 3);
        three.get(2).kill();
        node();
        three.get(0).until(() -> {
            sample(samples, first);
            return number("SELECT count(DISTINCT config) FROM run") >= PERSONS;
        });

        // a login that was under way when its node died keeps others out for a while: whoever takes that run over
        // fails, and the next one does it
        assertThat(texts("SELECT result FROM run WHERE success = 0"))
                .hasSizeLessThanOrEqualTo(AT_ONCE)
                .allMatch(result -> result.contains("Une autre connexion"));
        assertThat(first.logins()).isBetween((long) PERSONS - AT_ONCE, PERSONS + 10L);
        for (Server server : List.of(Server.TIMETABLE, Server.CAS)) {
            assertThat(first.sandbox().log().counter(server).mostAtOnce())
                    .as("requests at once at %s", server)
                    .isBetween(2, AT_ONCE);
        }
        // stricter than so many a minute: at no time are there more than the tenth part at once and the others evenly
        // spaced
        for (Sample from : samples) {
            for (Sample to : samples) {
                double seconds = (to.at() - from.at()) / 1e9;
                if (seconds >= 0) {
                    assertThat(to.logins() - from.logins())
                            .as("logins in %.1f s", seconds)
                            .isLessThanOrEqualTo((long) (A_MINUTE / 10.0 + (seconds + 10) / 70 * A_MINUTE));
                }
            }
        }
    }

    @Test
    void whatTheSchoolAsksOneNodeByRetryAfterIsHeededByAll() {
        Person alice = workplace.person("alice", 2).with("schedule", EVERY_TWO_SECONDS);
        workplace.classmate(alice, "bob", 2).with("schedule", EVERY_TWO_SECONDS);
        List<Program> both = List.of(node(), node());
        both.get(0).until(() -> joined() == 2 && runs("alice") > 1 && runs("bob") > 1);
        alice.sandbox()
                .faults()
                .add(Fault.on(Server.TIMETABLE, Effect.status(503).header("Retry-After", "6"))
                        .times(1));
        both.get(0).until(() -> number("SELECT count(*) FROM host WHERE paused_until > 0") == 1);
        long begun = System.nanoTime();
        long asked = alice.sandbox().log().counter(Server.TIMETABLE).total();
        both.get(0).until(() -> alice.sandbox().log().counter(Server.TIMETABLE).total() > asked + 1);

        assertThat(System.nanoTime() - begun)
                .as("what was on its way, and then nothing")
                .isGreaterThan(3_000_000_000L);
        for (String name : List.of("alice", "bob")) {
            long before = runs(name);
            both.get(1).until(() -> runs(name) > before);
        }
    }

    private static long sample(List<Sample> samples, Person person) {
        long logins = person.logins();
        if (samples.isEmpty() || samples.get(samples.size() - 1).logins() != logins) {
            samples.add(new Sample(System.nanoTime(), logins));
        }
        return logins;
    }
}
