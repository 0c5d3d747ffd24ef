package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.moncampus.LoginHistory;
import fr.moncampus.ecal.time.Jump;
import java.lang.reflect.Proxy;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is moved with the clock, and how far; the clock itself is in {@link WrongClockTest}. */
class ClockShiftTest {
    private static final Instant BEGUN = Instant.parse("2026-10-05T06:00:00Z");
    private static final Instant NOTED = BEGUN.plusSeconds(600);
    private static final Instant EXPECTED = BEGUN.plusSeconds(1200);
    private static final Duration HOUR = Duration.ofHours(1);

    /** How far the memory's clock is ahead of this machine's. */
    private Duration offset = Duration.ZERO;

    private Database database;

    @BeforeEach
    void open() throws Exception {
        Sqlite sqlite = Sqlite.on(DriverManager.getConnection("jdbc:sqlite::memory:"));
        // SQLite, dated by a machine of its own
        database = new Database((Backend) Proxy.newProxyInstance(
                Backend.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, values) ->
                        method.getName().equals("clockOffset") ? offset : method.invoke(sqlite, values)));
        note();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whateverIsDatedMovesWithTheClock() {
        for (Duration by : List.of(HOUR, HOUR.negated())) {
            note();
            new ClockShift(database).jumped(jump(by));
            assertThat(dates()).hasSize(6).containsOnly(NOTED.plus(by));
        }
    }

    @Test
    void ofSeveralProcessesOneMovesItForAll() {
        ClockShift one = new ClockShift(database);
        ClockShift other = new ClockShift(database);
        for (int i = 1; i <= 3; i++) {
            Duration moved = HOUR.multipliedBy(i - 1L);
            Jump next = new Jump(
                    BEGUN.plus(moved),
                    EXPECTED.plus(moved),
                    EXPECTED.plus(moved).plus(HOUR));
            one.jumped(next);
            other.jumped(next);
            assertThat(dates()).containsOnly(NOTED.plus(HOUR.multipliedBy(i)));
        }
        new ClockShift(database)
                .jumped(new Jump(
                        BEGUN.plus(HOUR.multipliedBy(3)),
                        EXPECTED.plus(HOUR.multipliedBy(3)),
                        EXPECTED.plus(HOUR.multipliedBy(4))));
        assertThat(dates()).as("what was moved before it began is past").containsOnly(NOTED.plus(HOUR.multipliedBy(4)));
    }

    /** Then this machine was set right, or wrong, and the memory's is as it was. */
    @Test
    void aMemoryOnAMachineWhoseClockHasNotJumpedStays() {
        ClockShift shift = new ClockShift(database);
        offset = HOUR.negated();
        shift.jumped(jump(HOUR));
        assertThat(dates()).containsOnly(NOTED);

        offset = Duration.ZERO;
        shift.jumped(new Jump(BEGUN.plus(HOUR), EXPECTED.plus(HOUR), EXPECTED));
        assertThat(dates()).as("set back").containsOnly(NOTED);
    }

    @Test
    void lessThanAMinuteBetweenTheTwoIsWhatMeasuringTakes() {
        offset = Duration.ofSeconds(59);
        ClockShift shift = new ClockShift(database);
        offset = Duration.ZERO;
        shift.jumped(jump(HOUR));
        assertThat(dates()).containsOnly(NOTED.plus(HOUR));

        note();
        offset = Duration.ZERO;
        shift = new ClockShift(database);
        offset = Duration.ofSeconds(60);
        shift.jumped(jump(HOUR));
        assertThat(dates()).containsOnly(NOTED.plus(HOUR).plusSeconds(60));
    }

    private static Jump jump(Duration by) {
        return new Jump(BEGUN, EXPECTED, EXPECTED.plus(by));
    }

    private void note() {
        long at = NOTED.toEpochMilli();
        for (String table : List.of("written", "absence", "shrunk", "marked", "snapshot", "login")) {
            database.update("DELETE FROM " + table);
        }
        database.update("INSERT INTO written (owner, slot, kind, event, at) VALUES ('o', 's', 'CREATE', '{}', ?)", at);
        database.update("INSERT INTO absence (owner, id, since, reads, days) VALUES ('o', 'a', ?, 1, '')", at);
        database.update("INSERT INTO shrunk (owner, since) VALUES ('o', ?)", at);
        database.update("INSERT INTO marked (owner, id, since) VALUES ('o', 'a', ?)", at);
        database.update(
                "INSERT INTO snapshot (config, owner, at, preview, content) VALUES ('c', 'o', ?, 0, ?)",
                at,
                new byte[1]);
        new LoginStore(database).update("lea@cas", old -> new LoginHistory("salt:hash", NOTED, List.of(), null));
    }

    private List<Instant> dates() {
        List<Instant> dates = new ArrayList<>();
        for (String column : List.of("written.at", "absence.since", "shrunk.since", "marked.since", "snapshot.at")) {
            dates.addAll(database.query(
                    "SELECT " + column + " FROM " + column.replaceFirst("\\..*", ""),
                    row -> Instant.ofEpochMilli(row.getLong(1))));
        }
        new LoginStore(database).update("lea@cas", old -> {
            dates.add(old.refusedAt());
            return old;
        });
        return dates;
    }
}
