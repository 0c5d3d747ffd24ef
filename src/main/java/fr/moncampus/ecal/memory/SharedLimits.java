package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.http.LimitStore;
import fr.moncampus.ecal.http.Pace;
import fr.moncampus.ecal.http.RetryAfterHeader;
import java.util.List;

/**
 * What all processes together spare a host: its places are locks, which a process that dies gives back; pauses and turns are rows, dated by
 * the database's clock, so that the processes' own do not matter.
 */
public final class SharedLimits implements LimitStore {
    private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    private final Database database;

    /** @param database that several processes share */
    public SharedLimits(Database database) {
        this.database = database;
    }

    @Override
    public Place place(String host, int places) {
        HeldLock lock = database.locks().tryTakeOne("place " + host, places);
        return lock == null ? null : lock::close;
    }

    /** More than anybody can have asked for is left of another time: the database's clock was set back. */
    @Override
    public long pause(String host) {
        return database
                .query("SELECT paused_until - " + NOW + " FROM host WHERE name = ?", row -> row.getLong(1), host)
                .stream()
                .filter(left -> left <= RetryAfterHeader.MAX_DELAY.toMillis())
                .findFirst()
                .orElse(0L);
    }

    @Override
    public void pause(String host, long millis) {
        database.transaction("host " + host, () -> {
            long until = now() + Math.max(millis, pause(host));
            database.update(
                    "INSERT INTO host (name, paused_until) VALUES (?, ?)"
                            + " ON CONFLICT (name) DO UPDATE SET paused_until = excluded.paused_until",
                    host,
                    until);
        });
    }

    @Override
    public long turn(String host, Pace pace) {
        long[] wait = {0};
        database.transaction("host " + host, () -> {
            List<Long> kept = database.query("SELECT next_login FROM host WHERE name = ?", row -> row.getLong(1), host);
            Pace.Turn turn = pace.turn(kept.isEmpty() ? 0 : kept.get(0), now());
            database.update(
                    "INSERT INTO host (name, next_login) VALUES (?, ?)"
                            + " ON CONFLICT (name) DO UPDATE SET next_login = excluded.next_login",
                    host,
                    turn.next());
            wait[0] = turn.millis();
        });
        return wait[0];
    }

    private long now() {
        return database.query("SELECT " + NOW, row -> row.getLong(1)).get(0);
    }
}
