package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.moncampus.ecal.report.RunResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each run is told once, in whatever order processes that share a memory have added it. */
class NewRunsTest {
    @TempDir
    private Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsAddedIsToldOnceAndWhatWasThereNever() {
        add("alice", "before");
        NewRuns runs = new NewRuns(database);
        assertThat(told(runs)).isEmpty();

        add("bob", "one");
        add("alice", "two");
        assertThat(runs.next())
                .extracting(NewRuns.Added::config, added -> added.entry().id())
                .containsExactly(tuple("bob", "one"), tuple("alice", "two"));
        assertThat(told(runs)).isEmpty();
    }

    @Test
    void theFirstRunOfAMemoryIsNew() {
        NewRuns runs = new NewRuns(database);
        add("alice", "first");
        assertThat(told(runs)).containsExactly("first");
    }

    @Test
    void aRowThatAppearsBehindTheOthersThoughItsNumberIsLowerIsNotMissed() {
        insert(1, 200);
        NewRuns runs = new NewRuns(database);
        insert(300, 300);
        assertThat(told(runs)).containsExactly("run300");

        insert(237, 237);
        insert(299, 299);
        assertThat(told(runs)).containsExactly("run237", "run299");
        assertThat(told(runs)).isEmpty();
    }

    @Test
    void aRunThatTakesTheNumberOfOneThatWasReplacedIsNew() {
        NewRuns runs = new NewRuns(database);
        insert(1, 1);
        assertThat(told(runs)).containsExactly("run1");
        database.update("DELETE FROM run");
        add("alice", "another");
        assertThat(told(runs)).containsExactly("another");
    }

    @Test
    void manyAreToldAThousandAtATimeAndNoneTwice() {
        insert(1, 100);
        NewRuns runs = new NewRuns(database);
        insert(101, 2600);

        List<String> all = new ArrayList<>();
        for (List<String> some = told(runs); !some.isEmpty(); some = told(runs)) {
            assertThat(some).hasSizeLessThanOrEqualTo(1000);
            all.addAll(some);
        }
        assertThat(all)
                .containsExactlyElementsOf(IntStream.rangeClosed(101, 2600)
                        .mapToObj(number -> "run" + number)
                        .toList());
        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    }

    private static List<String> told(NewRuns runs) {
        return runs.next().stream().map(added -> added.entry().id()).toList();
    }

    private void add(String config, String id) {
        new History(database, config)
                .add(new History.Entry(id, Instant.EPOCH, Instant.EPOCH, true, RunResult.refused(config), List.of()));
    }

    /** Rows of these numbers, both included. */
    private void insert(int first, int last) {
        database.transaction(() -> {
            for (int number = first; number <= last; number++) {
                database.update(
                        "INSERT INTO run (rowid, config, id, started, finished, success, result, held) VALUES (?, 'alice', ?, 0, 0, 1, ?, '[]')",
                        number,
                        "run" + number,
                        Json.write(RunResult.refused("alice")));
            }
        });
    }
}
