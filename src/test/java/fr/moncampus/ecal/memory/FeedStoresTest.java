package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.calendar.CalendarEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of feeds and their addresses, each kept apart by its configuration. */
class FeedStoresTest {
    private final MovableClock clock = new MovableClock("2026-09-14T06:00:00Z");

    @TempDir
    private Path folder;

    private Database database;
    private FeedTable table;
    private FeedTokens tokens;

    @BeforeEach
    void open() {
        database = database(folder);
        table = new FeedTable(database, "alice", clock);
        tokens = new FeedTokens(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    Database database(Path data) {
        return Database.open(data);
    }

    private static CalendarEvent event(String reference, String name) {
        return new CalendarEvent(
                null,
                reference,
                name,
                "B110",
                "2026-09-14",
                "09:00",
                "2026-09-14",
                "10:30",
                "Europe/Paris",
                false,
                "é \\ ; ,",
                "15M",
                0,
                null);
    }

    @Test
    void whatWasWrittenStandsAfterARestartAndForOneConfigurationAlone() {
        String first = table.create(event("r1", "Algèbre"));
        String second = table.create(event("r2", "Analyse"));
        new FeedTable(database, "bob", clock).create(event("r1", "Droit"));
        clock.forward(Duration.ofHours(1));
        assertThat(table.update(first, event("r1", "Algèbre 2"))).isTrue();
        assertThat(table.delete(second)).isTrue();
        database.close();
        open();

        assertThat(table.rows())
                .containsExactly(new FeedTable.Row(event("r1", "Algèbre 2").withId(first), clock.instant()));
        assertThat(table.update(second, event("r2", "Analyse"))).isFalse();
        assertThat(table.delete(second)).isFalse();
    }

    /** Phones know an event by its id: what comes back is known again, and two are never the same. */
    @Test
    void anIdFollowsFromTheReferenceAndIsNeverGivenTwice() {
        String id = table.create(event("r1", "Algèbre"));
        assertThat(table.create(event("r1", "Algèbre"))).as("it stands already").isNull();
        table.delete(id);
        assertThat(table.create(event("r1", "Algèbre"))).isEqualTo(id);

        // taken over by another owner: the event keeps the id of the reference that it had
        table.update(id, event("r9", "Algèbre"));
        String other = table.create(event("r1", "Analyse"));
        assertThat(other).isNotEqualTo(id);
        assertThat(table.rows()).extracting(row -> row.event().reference()).containsExactlyInAnyOrder("r1", "r9");
    }

    @Test
    void anAddressStandsUntilAnotherReplacesItAndIsThenNobodys() {
        String alice = tokens.of("alice", false);
        String bob = tokens.of("bob", false);
        assertThat(Set.of(alice, bob)).hasSize(2).allMatch(token -> token.matches("[0-9a-f]{32}"));
        assertThat(tokens.of("alice", false)).isEqualTo(alice);
        assertThat(tokens.configOf(alice)).isEqualTo("alice");
        assertThat(tokens.configOf(bob)).isEqualTo("bob");

        String next = tokens.of("alice", true);
        assertThat(next).isNotEqualTo(alice);
        assertThat(tokens.configOf(alice)).isNull();
        assertThat(tokens.configOf(next)).isEqualTo("alice");
        assertThat(tokens.configOf(bob)).isEqualTo("bob");
        assertThat(tokens.remove("alice")).isTrue();
        assertThat(tokens.remove("alice")).isFalse();
        assertThat(Stream.of(next, "", "'; --", bob.toUpperCase())
                        .map(tokens::configOf)
                        .toList())
                .containsOnlyNulls();
    }

    @Test
    void whoAsksAtTheSameTimeGetsTheSameAddress() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        Callable<String> asking = () -> tokens.of("alice", false);
        Set<String> answers = new HashSet<>();
        for (Future<String> answer : workers.invokeAll(List.of(asking, asking, asking, asking))) {
            answers.add(answer.get());
        }
        workers.shutdown();

        assertThat(answers).hasSize(1);
    }
}
