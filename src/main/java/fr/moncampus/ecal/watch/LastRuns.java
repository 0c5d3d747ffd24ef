package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.memory.NewRuns;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.time.WatchedClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The last runs of every configuration here, whatever process made them. What was added is read as it comes, so that a look costs the same for
 * one configuration and for a thousand.
 */
final class LastRuns {
    private static final long NEVER = Long.MAX_VALUE;

    private final Map<String, One> all = new LinkedHashMap<>();
    private final Database database;
    private final WatchedClock clock;
    private final long started;
    private final NewRuns added;
    /** Wall clock less monotonic one, in milliseconds: when it changes, schedules are counted anew. */
    private long offset;

    LastRuns(List<Configuration> configurations, Database database, Clock clock) {
        this.database = database;
        this.clock = WatchedClock.of(clock);
        this.started = this.clock.nanos();
        this.added = new NewRuns(database);
        configurations.forEach(configuration -> all.put(configuration.name(), new One(configuration)));
    }

    /** Reads what was added since the last look. */
    synchronized void look() {
        for (List<NewRuns.Added> some = added.next(); !some.isEmpty(); some = added.next()) {
            some.forEach(each -> {
                One one = all.get(each.config());
                if (one != null) {
                    one.add(each.entry());
                }
            });
        }
    }

    /** Those that have missed two scheduled runs in a row since the last one that reached its end, or since the start. */
    synchronized List<String> late() {
        long nanos = clock.nanos();
        long now = clock.instant().toEpochMilli() - TimeUnit.NANOSECONDS.toMillis(nanos);
        if (Math.abs(now - offset) >= WatchedClock.TOLERANCE.toMillis()) {
            all.values().forEach(One::countAnew);
            offset = now;
        }
        return names(one -> one.isLate(nanos));
    }

    /** Those of which no run has reached its end since the start. */
    synchronized List<String> unfinished() {
        return names(one -> one.completeBegan() == null);
    }

    private List<String> names(Predicate<One> which) {
        return all.entrySet().stream()
                .filter(each -> which.test(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A number of the last run; 0 when there was none. */
    synchronized int last(String config, ToIntFunction<RunResult> number) {
        RunResult result = all.get(config).result;
        return result == null ? 0 : number.applyAsInt(result);
    }

    /** When the last good run ended; one in the future would keep an alarm silent until the clock catches up. Null when there was none. */
    synchronized Instant lastSuccess(String config) {
        One one = all.get(config);
        Instant now = clock.instant().plus(WatchedClock.TOLERANCE);
        if (one.success != null && one.success.isAfter(now)) {
            History.Entry before = new History(database, config).lastSuccess(clock.instant());
            return before == null ? null : before.finished();
        }
        return one.success;
    }

    private final class One {
        private final Configuration configuration;
        private final Ages complete;
        private final Ages last;
        /** Since the start; null when there was none. */
        private History.Entry newest;

        private History.Entry newestComplete;
        private RunResult result;
        private Instant success;
        /** In monotonic nanoseconds; null when it has to be counted anew. */
        private Long lateFrom;

        One(Configuration configuration) {
            this.configuration = configuration;
            History history = new History(database, configuration.name());
            History.Entry newest = history.last(1).stream().findFirst().orElse(null);
            History.Entry good = newest == null || newest.success() ? newest : history.lastSuccess();
            this.complete = new Ages(clock, null);
            this.last = new Ages(clock, null);
            this.result = newest == null ? null : newest.result();
            this.success = good == null ? null : good.finished();
        }

        void add(History.Entry entry) {
            newest = entry;
            last.began(entry);
            if (entry.result().error() == null) {
                newestComplete = entry;
                complete.began(entry);
            }
            result = entry.result();
            success = entry.success() ? entry.finished() : success;
            lateFrom = null;
        }

        Instant completeBegan() {
            return complete.began(newestComplete);
        }

        void countAnew() {
            lateFrom = null;
        }

        boolean isLate(long nanos) {
            if (lateFrom == null) {
                lateFrom = lateFrom(nanos);
            }
            return lateFrom != NEVER && nanos - lateFrom >= 0;
        }

        private long lateFrom(long nanos) {
            Instant now = clock.instant();
            Instant start = now.minusNanos(nanos - started);
            Instant completeBegan = completeBegan();
            Instant lastBegan = last.began(newest);
            Instant missed = Punctuality.missed(
                    configuration,
                    completeBegan == null ? start : completeBegan,
                    lastBegan == null ? start : lastBegan);
            // as nanoseconds, some hundred years
            return missed == null || missed.isAfter(now.plus(Duration.ofDays(36500)))
                    ? NEVER
                    : nanos + Duration.between(now, missed).toNanos();
        }
    }
}
