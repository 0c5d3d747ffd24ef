package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.endtoend.Workplace.Person;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who fires when, over many firings. */
@Timeout(900)
class ClusterFiringsIT extends SeveralNodes {
    private static final int PERSONS = 40;
    private static final int FIRINGS = 1000;
    private static final int STEP = 50;

    @Test
    void aThousandFiringsOfTwoNodesAndAThousandOfThreeHappenOnceEach() {
        keepFirings();
        Person first = workplace.person("eleve-0", 1).with("schedule", EVERY_TWO_SECONDS);
        for (int i = 1; i < PERSONS; i++) {
            workplace.classmate(first, "eleve-" + i, 1);
        }
        List<Program> nodes = new ArrayList<>(List.of(node(), node()));
        nodes.get(0).until(() -> joined() == 2);
        awaitMore(nodes.get(0));
        nodes.add(node());
        nodes.get(0).until(() -> joined() == 3);
        awaitMore(nodes.get(0));
        nodes.forEach(Program::terminate);
        nodes.forEach(node -> assertThat(node.await().exit()).isZero());

        assertThat(
                        texts(
                                "SELECT job || ' ' || due || ' ' || string_agg(node || ' ' || trigger || ' ' || at, ', ') FROM firing WHERE trigger NOT LIKE 'recover%' GROUP BY job, due HAVING count(*) > 1"))
                .as("firings that happened more than once")
                .isEmpty();
        // beyond its misfire threshold of a minute Quartz leaves firings out, which a machine that is far too busy
        // comes to
        assertThat(texts(
                        "SELECT job || ' ' || due FROM (SELECT job, due, lag(due) OVER each AS before, lag(at) OVER each AS fired FROM firing"
                                + " WHERE due % 2000 = 0 WINDOW each AS (PARTITION BY job ORDER BY due)) AS pair"
                                + " WHERE due - before > 2000 AND fired - before < 30000"))
                .as("firings before which one is missing")
                .isEmpty();
        assertThat(number("SELECT count(DISTINCT node) FROM firing")).isEqualTo(3);
        assertThat(number("SELECT count(*) FROM run"))
                .as("a run for each, but for those that were broken off as the nodes ended")
                .isBetween(firings() - PERSONS, firings());
        assertThat(number("SELECT count(*) FROM run a JOIN run b ON a.config = b.config AND a.id <> b.id"
                        + " WHERE a.started > b.started AND a.started < b.finished - 50"))
                .as("runs at the same time")
                .isZero();
    }

    @Test
    void aScheduleThatChangesFromNodeToNodeLosesNoFiringAndRepeatsNone() {
        keepFirings();
        Person alice = workplace.person("alice", 2).with("schedule", "0/2 * * * * ?");
        List<Program> old = List.of(node(), node());
        old.get(0).until(() -> joined() == 2 && firings() > 4);
        alice.with("schedule", "1/2 * * * * ?");
        for (Program each : old) {
            assertThat(each.terminate().await().exit()).isZero();
            Program next = node();
            next.until(() -> joined() == 2);
            long before = firings();
            next.until(() -> firings() > before + 4);
        }

        List<Long> due = numbers("SELECT due / 1000 FROM firing WHERE due % 1000 = 0 ORDER BY due");
        assertThat(due).doesNotHaveDuplicates();
        assertThat(due.subList(due.size() - 4, due.size())).allMatch(second -> second % 2 == 1);
        for (int i = 1; i < due.size(); i++) {
            assertThat(due.get(i) - due.get(i - 1))
                    .as("seconds between two firings")
                    .isLessThanOrEqualTo(5);
        }
        assertThat(alice.logins()).as("one a process").isLessThanOrEqualTo(4);
    }

    /** In steps, each of which has the usual patience. */
    private void awaitMore(Program node) {
        long begun = firings();
        for (int step = STEP; step <= FIRINGS; step += STEP) {
            long wanted = begun + step;
            node.until(() -> firings() >= wanted);
        }
    }
}
