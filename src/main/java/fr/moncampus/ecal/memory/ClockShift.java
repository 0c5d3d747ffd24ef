package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.time.Jump;
import fr.moncampus.ecal.time.WatchedClock;
import java.time.Duration;
import java.util.UUID;

/**
 * Moves what is remembered with the clock, so that everything stays as old as it is: a clock set forward confirms no deletion and opens no
 * login, one set back hides no change. Of processes that share a memory, the first that notices a jump does it for all.
 * The run history and the journal stay as they were written: their order is a sequence.
 */
public final class ClockShift implements WatchedClock.Listener {
    /** Processes notice the same jump within that time. */
    private static final Duration SAME = Duration.ofMinutes(10);

    private static final int KEPT = 20;
    private final Database database;
    private final String process = UUID.randomUUID().toString();

    public ClockShift(Database database) {
        this.database = database;
    }

    @Override
    public void jumped(Jump jump) {
        database.transaction(() -> {
            if (isDone(jump)) {
                return;
            }
            move("written", "at", jump);
            move("absence", "since", jump);
            move("shrunk", "since", jump);
            LoginStore.move(database, jump);
            database.update(
                    "INSERT INTO jump (process, at, moved) VALUES (?, ?, ?)",
                    process,
                    jump.now().toEpochMilli(),
                    jump.by().toMillis());
            database.update("DELETE FROM jump WHERE number <= (SELECT MAX(number) FROM jump) - ?", KEPT);
        });
    }

    private boolean isDone(Jump jump) {
        return !database.query(
                        "SELECT 1 FROM jump WHERE process <> ? AND abs(moved - ?) < ? AND abs(at - ?) < ?",
                        row -> true,
                        process,
                        jump.by().toMillis(),
                        WatchedClock.TOLERANCE.toMillis(),
                        jump.now().toEpochMilli(),
                        SAME.toMillis())
                .isEmpty();
    }

    private void move(String table, String column, Jump jump) {
        database.update(
                "UPDATE %1$s SET %2$s = %2$s + ? WHERE %2$s BETWEEN ? AND ?".formatted(table, column),
                jump.by().toMillis(),
                jump.earliest().toEpochMilli(),
                jump.latest().toEpochMilli());
    }
}
