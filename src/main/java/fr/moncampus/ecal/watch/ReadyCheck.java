package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Ready: since the start a run of this configuration has reached its end, and no two scheduled ones in a row were missed after it.
 * Never asked about liveness, since starting again does not cure a portal's outage.
 */
final class ReadyCheck extends AbstractHealthCheck {
    private final Configuration configuration;
    private final History history;
    private final Instant started;
    private final Clock clock;

    ReadyCheck(Configuration configuration, Database database, Instant started, Clock clock) {
        super("moncampus", "moncampus-" + configuration.name());
        this.configuration = configuration;
        this.history = new History(database, configuration.name());
        this.started = started;
        this.clock = clock;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        History.Entry complete = history.lastComplete();
        builder.detail("config", configuration.name());
        if (complete == null || complete.started().isBefore(started)) {
            builder.message(configuration.name() + " : pas encore de passage réussi depuis le démarrage")
                    .down();
        } else if (Punctuality.missedTwo(
                configuration, complete.started(), history.last(1).get(0).started(), clock.instant())) {
            builder.message(configuration.name() + " : deux passages prévus de suite ont manqué depuis "
                            + Status.text(complete.started()))
                    .down();
        } else {
            builder.up();
        }
    }
}
