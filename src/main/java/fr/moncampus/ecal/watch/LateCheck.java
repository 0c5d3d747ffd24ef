package fr.moncampus.ecal.watch;

import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether all configurations are in time: up to date since the start, and no two scheduled runs in a row were missed. Neither of liveness,
 * since starting again does not cure a portal's outage, nor of readiness, since one student's wrong password must not hold up the others'
 * update; a container of its own for each of them asks it all the same.
 */
final class LateCheck extends AbstractHealthCheck {
    private static final int MAX_NAMES = 20;
    private final LastRuns runs;
    /** Other processes may do the first runs. */
    private final boolean alone;

    LateCheck(LastRuns runs, boolean alone) {
        super("moncampus", "moncampus-configurations");
        this.runs = runs;
        this.alone = alone;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        runs.look();
        List<String> late = runs.late();
        List<String> unfinished = alone ? runs.unfinished() : List.of();
        if (!late.isEmpty()) {
            builder.message("deux passages prévus de suite ont manqué : " + names(late))
                    .down();
        } else if (!unfinished.isEmpty()) {
            builder.message("pas encore de passage réussi depuis le démarrage : " + names(unfinished))
                    .down();
        } else {
            builder.up();
        }
    }

    private static String names(List<String> all) {
        String some = String.join(", ", all.subList(0, Math.min(all.size(), MAX_NAMES)));
        return all.size() > MAX_NAMES ? some + "… (" + all.size() + ")" : some;
    }
}
