package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.time.Jump;
import fr.moncampus.ecal.time.WatchedClock;
import java.time.Duration;
import java.util.UUID;

/**
 * Moves what is remembered with the clock, so that everything stays as old as it is: a clock set forward confirms no deletion and opens no
 * login, one set back hides no change. Of processes that share a memory, the first that notices a jump does it for all.
 * The run history and the journal stay as they were written: their order is a sequence.
 * A memory on another machine is dated by that machine's clock: only as far as that one has jumped is anything moved.
 */
public final class ClockShift implements WatchedClock.Listener {
    private static final int KEPT = 20;
    /** As long as {@code settle} is by default: what a process found to be younger when it began, it took to be so young. */
    private static final Duration YOUNG = Duration.ofMinutes(15);

    private final Database database;
    private final String process = UUID.randomUUID().toString();
    /** The last jump in the memory that this process knows of. */
    private long known;

    /** How far the memory's clock was ahead of this machine's before the next jump. */
    private Duration ahead;

    public ClockShift(Database database) {
        this.database = database;
        this.ahead = database.clockOffset();
        this.known = last();
    }

    @Override
    public void jumped(Jump here) {
        Duration offset = database.clockOffset();
        // less than a jump is what measuring it takes, and drift
        boolean same = offset.minus(ahead).abs().compareTo(WatchedClock.TOLERANCE) < 0;
        Duration nowAhead = same ? ahead : offset;
        move(new Jump(
                here.since().plus(ahead),
                here.expected().plus(ahead),
                here.now().plus(nowAhead)));
        ahead = nowAhead;
    }

    private void move(Jump jump) {
        long[] last = {known};
        database.transaction("clock", () -> {
            Jump rest = rest(jump);
            if (rest.by().abs().compareTo(WatchedClock.TOLERANCE) >= 0) {
                move("written", "at", new Jump(rest.since().minus(YOUNG), rest.expected(), rest.now()));
                move("absence", "since", rest);
                move("shrunk", "since", rest);
                move("marked", "since", rest);
                move("snapshot", "at", rest);
                LoginStore.move(database, rest);
                database.update(
                        "INSERT INTO jump (process, at, moved) VALUES (?, ?, ?)",
                        process,
                        rest.now().toEpochMilli(),
                        rest.by().toMillis());
                database.update("DELETE FROM jump WHERE number <= (SELECT MAX(number) FROM jump) - ?", KEPT);
            }
            last[0] = last();
        });
        known = last[0];
    }

    /**
     * Without what other processes have moved since this one last looked. That is less than the whole jump, or it was another jump: one that had
     * happened when this process began, and that somebody noticed only later.
     */
    private Jump rest(Jump jump) {
        Duration moved = Duration.ofMillis(
                number("SELECT SUM(moved) FROM jump WHERE process <> ? AND number > ?", process, known));
        Jump rest = new Jump(jump.since().plus(moved), jump.expected().plus(moved), jump.now());
        return rest.by().abs().compareTo(jump.by().abs()) < 0 ? rest : jump;
    }

    private long last() {
        return number("SELECT MAX(number) FROM jump");
    }

    /** 0 for null. */
    private long number(String sql, Object... values) {
        return database.query(sql, row -> row.getLong(1), values).get(0);
    }

    /** As {@link Jump#moved}. */
    private void move(String table, String column, Jump jump) {
        database.update(
                "UPDATE %1$s SET %2$s = ? WHERE %2$s > ? AND %2$s < ?".formatted(table, column),
                jump.now().toEpochMilli(),
                jump.latest().toEpochMilli(),
                jump.now().toEpochMilli());
        database.update(
                "UPDATE %1$s SET %2$s = %2$s + ? WHERE %2$s BETWEEN ? AND ?".formatted(table, column),
                jump.by().toMillis(),
                jump.earliest().toEpochMilli(),
                jump.latest().toEpochMilli());
    }
}
