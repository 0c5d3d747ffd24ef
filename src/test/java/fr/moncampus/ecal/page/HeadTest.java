package fr.moncampus.ecal.page;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.report.Kept;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadTest {
    private static final Kept HELD = new Kept("too-many", "Anglais", "");
    private static final Kept WAITS = new Kept(Kept.WAITING, "Anglais", "2026-11-26T10:00:00Z");

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
    void aHeadSaysWhenItLastWentWellAndWhatIsNext() {
        add("alice", Sample.NOW.minus(Duration.ofMinutes(104)), null, List.of());
        add("alice", Sample.NOW.minus(Duration.ofMinutes(44)), null, List.of(WAITS, HELD, HELD));

        Head head = head("alice");

        assertThat(head.state()).isEqualTo(Head.State.HELD);
        assertThat(head.held()).isEqualTo(2);
        assertThat(head.waiting()).isEqualTo(1);
        assertThat(head.lastSuccess()).isEqualTo("Dernier succès aujourd'hui à 11 h 46 (il y a 1 h 44 min)");
        assertThat(head.next()).isEqualTo("prochain passage aujourd'hui à 13 h 46 (dans 16 min)");
    }

    /** "No error shown though nothing syncs" is what people hate most. */
    @Test
    void whoseRunsStoppedComingIsLateThoughTheLastOneWasGood() {
        add("alice", Sample.NOW.minus(Duration.ofHours(5)), null, List.of());

        assertThat(head("alice").state()).isEqualTo(Head.State.LATE);
    }

    @Test
    void whatFailsComesFirst() {
        Instant recent = Sample.NOW.minus(Duration.ofMinutes(44));
        add("fine", recent, null, List.of());
        add("down", recent, new RunError(RunError.Kind.MONCAMPUS, "MonCampus est en panne"), List.of());
        add("kept", recent, null, List.of(HELD));
        add("asleep", Sample.NOW.minus(Duration.ofDays(2)), null, List.of());

        assertThat(Stream.of("fine", "kept", "new", "asleep", "down")
                        .map(this::head)
                        .sorted(Head.URGENT_FIRST)
                        .map(Head::config))
                .containsExactly("down", "asleep", "kept", "new", "fine");
        assertThat(head("down").trouble()).isEqualTo("MonCampus est en panne");
    }

    private Head head(String config) {
        return Head.of(
                Fixtures.configuration(config), "/c/" + config, new History(database, config), false, Sample.NOW);
    }

    private void add(String config, Instant finished, RunError error, List<Kept> kept) {
        int held = (int) kept.stream().filter(each -> each == HELD).count();
        RunResult result = new RunResult(config, 0, 0, 0, 350, kept.size() - held, held, 0, 0, 6, 500, error);
        new History(database, config)
                .add(new History.Entry(
                        config + finished + held,
                        finished.minusSeconds(1),
                        finished,
                        result.exitCode() == 0,
                        result,
                        kept));
    }
}
