package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.time.WatchedClock;
import java.time.Duration;
import java.time.Instant;

/**
 * When a run of the history began, by the current clock: the history holds what the clock said at the time. The
 * monotonic clock counts the age of a run from the moment it was first seen; its age at that moment comes from the wall
 * clock, limited to the time since the previous look.
 */
final class Ages {
    private final WatchedClock clock;
    /** Of the run that was the last one before the start. */
    private final String before;

    private String id;
    private long began;
    private long looked;

    Ages(WatchedClock clock, History.Entry before) {
        this.clock = clock;
        this.before = before == null ? null : before.id();
        this.looked = clock.nanos();
    }

    /** @return null when no run was added since the start */
    synchronized Instant began(History.Entry entry) {
        Instant now = clock.instant();
        long nanos = clock.nanos();
        boolean isNew = entry != null && !entry.id().equals(before);
        if (isNew && !entry.id().equals(id)) {
            id = entry.id();
            Duration most = Duration.ofNanos(nanos - looked);
            Duration age = Duration.between(entry.started(), now);
            Duration believed = age.isNegative() ? Duration.ZERO : age.compareTo(most) > 0 ? most : age;
            began = nanos - believed.toNanos();
        }
        looked = nanos;
        return isNew ? now.minusNanos(nanos - began) : null;
    }
}
