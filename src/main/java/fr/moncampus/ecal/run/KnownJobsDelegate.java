package fr.moncampus.ecal.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.quartz.TriggerKey;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;

/**
 * Lets a process take only jobs that it knows. Quartz supposes that all processes know all of them: during an update, or with configurations
 * that only some machines have, those that do not know a job would swallow its firings.
 */
public final class KnownJobsDelegate extends PostgreSQLDelegate {
    /** By the id of the scheduler, since Quartz makes its delegates itself. */
    private static final Map<String, String[]> KNOWN = new ConcurrentHashMap<>();

    private static final String[] NOTHING = {};

    static void know(String instance, Set<String> jobs) {
        KNOWN.put(instance, jobs.toArray(String[]::new));
    }

    static void forget(String instance) {
        KNOWN.remove(instance);
    }

    /** As the statement that it overrides, and with the names of the jobs. */
    @Override
    public List<TriggerKey> selectTriggerToAcquire(
            Connection connection, long noLaterThan, long noEarlierThan, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                rtp(
                        "SELECT trigger_name, trigger_group FROM {0}TRIGGERS WHERE sched_name = ? AND trigger_state = ? AND next_fire_time <= ?"
                                + " AND (misfire_instr = -1 OR next_fire_time >= ?) AND job_name = ANY (?) ORDER BY next_fire_time, priority DESC LIMIT ?"))) {
            statement.setString(1, schedName);
            statement.setString(2, STATE_WAITING);
            statement.setLong(3, noLaterThan);
            statement.setLong(4, noEarlierThan);
            statement.setArray(5, connection.createArrayOf("text", KNOWN.getOrDefault(instanceId, NOTHING)));
            statement.setInt(6, Math.max(1, most));
            List<TriggerKey> triggers = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    triggers.add(TriggerKey.triggerKey(result.getString(1), result.getString(2)));
                }
            }
            return triggers;
        }
    }
}
