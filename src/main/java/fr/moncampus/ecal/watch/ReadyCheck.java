package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.time.WatchedClock;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Ready: since the start a run of this configuration has reached its end, and no two scheduled ones in a row were missed after it.
 * How long ago that was, the monotonic clock says: the wall clock may have been set to another time since.
 * Never asked about liveness, since starting again does not cure a portal's outage.
 */
final class ReadyCheck extends AbstractHealthCheck {
    private final Configuration configuration;
    private final History history;
    private final WatchedClock clock;
    private final Ages complete;
    private final Ages last;

    ReadyCheck(Configuration configuration, Database database, Clock clock) {
        super("moncampus", "moncampus-" + configuration.name());
        this.configuration = configuration;
        this.history = new History(database, configuration.name());
        this.clock = WatchedClock.of(clock);
        this.complete = new Ages(this.clock, history.lastComplete());
        this.last = new Ages(this.clock, last());
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Instant completeBegan = complete.began(history.lastComplete());
        Instant lastBegan = last.began(last());
        builder.detail("config", configuration.name());
        if (completeBegan == null || lastBegan == null) {
            builder.message(configuration.name() + " : pas encore de passage réussi depuis le démarrage")
                    .down();
        } else if (Punctuality.missedTwo(configuration, completeBegan, lastBegan, clock.instant())) {
            builder.message(configuration.name() + " : deux passages prévus de suite ont manqué depuis "
                            + Status.text(completeBegan))
                    .down();
        } else {
            builder.up();
        }
    }

    private History.Entry last() {
        return history.last(1).stream().findFirst().orElse(null);
    }
}
