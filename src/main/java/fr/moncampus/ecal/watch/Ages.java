package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.time.WatchedClock;
import java.time.Duration;
import java.time.Instant;

/**
 * When a run of the history began, in the time of the clock as it is now: the history says what the clock said then. A run is as old as the
 * monotonic clock says since it was first seen; how old it was then, the wall clock tells, within the time since the look before.
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
