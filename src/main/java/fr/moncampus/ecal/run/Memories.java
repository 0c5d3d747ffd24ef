package fr.moncampus.ecal.run;

import fr.moncampus.ecal.memory.ClockShift;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.time.WatchedClock;
import java.time.Clock;

/**
 * What an engine remembers, moved with the clock when that jumps.
 *
 * @param logins the same as {@code database}, or one that other data folders use as well
 */
record Memories(Database database, Database logins, Runnable unwatchClock) implements AutoCloseable {

    static Memories open(MemoryPlace memory, MemoryPlace loginMemory, Clock clock) {
        Database database = Database.open(memory);
        try {
            Database logins = loginMemory.equals(memory) ? database : Database.open(loginMemory);
            return new Memories(database, logins, watch(clock, database, logins));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static Runnable watch(Clock clock, Database database, Database logins) {
        ClockShift shift = new ClockShift(database);
        ClockShift loginShift = logins == database ? null : new ClockShift(logins);
        return WatchedClock.of(clock).onJump(jump -> {
            shift.jumped(jump);
            if (loginShift != null) {
                loginShift.jumped(jump);
            }
        });
    }

    @Override
    public void close() {
        unwatchClock.run();
        database.close();
        logins.close();
    }
}
