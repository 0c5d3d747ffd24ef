package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.moncampus.LoginHistory;
import fr.moncampus.ecal.report.RunResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins, runs and failures, each kept apart by its account or configuration. */
class StoresTest {
    private static final Instant NOW = Instant.parse("2026-09-14T06:00:00Z");

    @TempDir
    private Path folder;

    private Database database;
    private History history;

    @BeforeEach
    void open() {
        database = database(folder);
        history = new History(database, "alice");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void loginsSurviveARestart() {
        LoginHistory full = new LoginHistory("salt:hash", NOW, List.of(NOW.minusSeconds(60), NOW), NOW);
        List<LoginHistory> found = new ArrayList<>();
        for (LoginHistory next : List.of(full, LoginHistory.NOTHING, full)) {
            new LoginStore(database).update("alice@cas", old -> {
                found.add(old);
                return next;
            });
            database.close();
            open();
        }
        new LoginStore(database).update("bob@cas", old -> {
            found.add(old);
            return old;
        });

        assertThat(found).containsExactly(LoginHistory.NOTHING, full, LoginHistory.NOTHING, LoginHistory.NOTHING);
    }

    @Test
    void aLoginThatMayNotBeLeavesTheHistoryAsItWas() {
        LoginStore store = new LoginStore(database);
        LoginHistory known = new LoginHistory(null, null, List.of(NOW), NOW);
        store.update("alice@cas", old -> known);

        assertThatThrownBy(() -> store.update("alice@cas", old -> {
                    throw new IllegalStateException("blocked");
                }))
                .hasMessage("blocked");
        store.update("alice@cas", old -> {
            assertThat(old).isEqualTo(known);
            return old;
        });
    }

    @Test
    void runsAreKeptForNinetyDaysNewestFirst() {
        history.add(entry("old", NOW.minusSeconds(91 * 86_400L), true));
        database.update("INSERT INTO day VALUES (1, 0, 1, 0), (91, 0, 1, 0)");
        history.add(entry("good", NOW.minusSeconds(60), true));
        history.add(entry("bad", NOW, false));
        new History(database, "bob").add(entry("bob", NOW, true));

        assertThat(history.last(9))
                .containsExactly(entry("bad", NOW, false), entry("good", NOW.minusSeconds(60), true));
        assertThat(history.lastSuccess()).isEqualTo(entry("good", NOW.minusSeconds(60), true));
        assertThat(new History(database, "carol").lastSuccess()).isNull();
    }

    @Test
    void aFailureIsNewUntilItIsCuredOrBecomesAnother() {
        assertThat(history.failed("run", "panne", NOW)).isTrue();
        assertThat(history.failed("run", "panne", NOW.plusSeconds(1))).isFalse();
        assertThat(history.failed("run", "refus", NOW.plusSeconds(2))).isTrue();
        assertThat(history.failed("mc-1", "refus", NOW.plusSeconds(3))).isTrue();
        assertThat(new History(database, "bob").failed("run", "refus", NOW)).isTrue();
        assertThat(history.open())
                .containsExactly(
                        new History.Failure("run", "refus", NOW.plusSeconds(2)),
                        new History.Failure("mc-1", "refus", NOW.plusSeconds(3)));

        history.cured("run");
        assertThat(history.open()).containsExactly(new History.Failure("mc-1", "refus", NOW.plusSeconds(3)));
        assertThat(history.failed("run", "refus", NOW.plusSeconds(4))).isTrue();
        assertThat(new History(database, "bob").open()).hasSize(1);
    }

    private static History.Entry entry(String id, Instant started, boolean success) {
        return new History.Entry(id, started, started.plusSeconds(5), success, RunResult.refused("alice"), List.of());
    }

    @Test
    void runsAreAddedUpByTheHour() {
        Instant hour = Instant.parse("2026-09-14T05:00:00Z");
        history.add(run("a", hour, true, 1, 200));
        history.add(run("b", hour.plusSeconds(3599), false, 2, 500));
        history.add(run("c", hour.plusSeconds(3600), true, 4, 100));
        history.add(run("early", hour.minusSeconds(1), true, 8, 9000));
        history.add(run("late", hour.plusSeconds(7200), true, 8, 9000));
        new History(database, "bob").add(run("bob", hour, true, 8, 9000));

        long hours = hour.getEpochSecond() / 3600;
        assertThat(history.hours(hour, hour.plusSeconds(7200)))
                .containsExactly(
                        new History.Hour(hours, 2, 1, 9, 700, 500), new History.Hour(hours + 1, 1, 0, 12, 100, 100));
    }

    private static History.Entry run(String id, Instant started, boolean success, int changes, long millis) {
        RunResult result = new RunResult("alice", changes, changes, changes, 0, 0, 0, 0, 0, 1, millis, null);
        return new History.Entry(id, started, started.plusSeconds(5), success, result, List.of());
    }

    @Test
    void writesAreToldByRunAndByPageNewestFirst() {
        Journal journal = new Journal(database, "alice", Clock.systemUTC());
        note("alice", "run1", 1, "POST");
        note("alice", "run2", 1, "PUT");
        note("bob", "run2", 1, "PUT");
        note("alice", "run2", 2, "DELETE");

        assertThat(journal.entries(9)).extracting(Journal.Entry::method).containsExactly("DELETE", "PUT", "POST");
        assertThat(journal.entries(2)).extracting(Journal.Entry::method).containsExactly("DELETE", "PUT");
        assertThat(journal.entries("run1", 9)).extracting(Journal.Entry::method).containsExactly("POST");
        assertThat(journal.of("run2")).extracting(Journal.Entry::method).containsExactly("PUT", "DELETE");
        assertThat(journal.of("run1").get(0).at()).isEqualTo(NOW);

        List<Journal.Numbered> page = journal.before(Long.MAX_VALUE, 2);
        assertThat(page).extracting(each -> each.entry().method()).containsExactly("DELETE", "PUT");
        assertThat(journal.before(page.get(1).number(), 2))
                .extracting(each -> each.entry().method())
                .containsExactly("POST");
        assertThat(journal.before(page.get(0).number(), 1).get(0)).isEqualTo(page.get(1));
    }

    private void note(String config, String run, int number, String method) {
        database.update(
                "INSERT INTO journal (config, run, number, at, method) VALUES (?, ?, ?, ?, ?)",
                config,
                run,
                number,
                NOW.toEpochMilli(),
                method);
    }

    @Test
    void theLastSuccessIsTheLastThatCanBeTrue() {
        history.add(entry("good", NOW.minusSeconds(60), true));
        history.add(entry("ahead", NOW.plusSeconds(86_400), true));
        history.add(entry("bad", NOW, false));

        assertThat(history.lastSuccess().id()).isEqualTo("ahead");
        assertThat(history.lastSuccess(NOW).id()).isEqualTo("good");
        assertThat(history.lastSuccess(NOW.minusSeconds(86_400))).isNull();
    }

    /** Of the engine that is tried. */
    Database database(Path folder) {
        return Database.open(folder);
    }

    @Test
    void addingUpOpensNoResultOfAFile() {
        try (Database file = Database.open(folder)) {
            assertThat(file.query(
                            "EXPLAIN QUERY PLAN " + History.hours(file),
                            row -> row.getString(4),
                            "alice",
                            0,
                            Long.MAX_VALUE))
                    .anySatisfy(step -> assertThat(step).contains("USING COVERING INDEX run_figures"));
        }
    }
}
