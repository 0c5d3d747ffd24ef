package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.memory.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.TriggerKey;
import org.quartz.simpl.SimpleClassLoadHelper;
import org.slf4j.LoggerFactory;

/** Which of the jobs that are due a process takes. */
class KnownJobsDelegateTest {
    private static final String NODE = "node of the test";

    @TempDir
    private Path folder;

    private final KnownJobsDelegate delegate = new KnownJobsDelegate();
    private Connection connection;

    @BeforeEach
    void open() throws Exception {
        MemoryPlace place = PostgresServer.shared().newPlace(folder);
        Database.open(place).close();
        connection = PostgresServer.connect(place);
        delegate.initialize(
                LoggerFactory.getLogger("test"), "QRTZ_", "sched", NODE, new SimpleClassLoadHelper(), false, null);
    }

    @AfterEach
    void close() throws SQLException {
        KnownJobsDelegate.forget(NODE);
        if (connection != null) {
            connection.close();
        }
    }

    @Test
    void itTakesWhatItKnowsAndLeavesTheRestToOthers() throws SQLException {
        due("alice", 1000, 5);
        due("bob", 2000, 5);
        assertThat(acquired(9)).as("nothing is known before it has joined").isEmpty();

        KnownJobsDelegate.know(NODE, Set.of("bob", "carole"));
        assertThat(acquired(9)).containsExactly("bob");
        KnownJobsDelegate.know("another node", Set.of("alice"));
        assertThat(acquired(9)).containsExactly("bob");

        KnownJobsDelegate.forget(NODE);
        assertThat(acquired(9)).as("it leaves").isEmpty();
        KnownJobsDelegate.forget("another node");
    }

    @Test
    void whatIsDueFirstComesFirstThenWhatMattersMostAndNoMoreThanAskedFor() throws SQLException {
        due("late", 3000, 5);
        due("important", 2000, 9);
        due("ordinary", 2000, 5);
        due("early", 1000, 1);
        due("tomorrow", 90_000_000, 5);
        KnownJobsDelegate.know(NODE, Set.of("late", "important", "ordinary", "early", "tomorrow"));

        assertThat(acquired(9)).containsExactly("early", "important", "ordinary", "late");
        assertThat(acquired(2)).containsExactly("early", "important");
        assertThat(acquired(0)).as("one at least, as Quartz itself does").containsExactly("early");
    }

    private List<String> acquired(int most) throws SQLException {
        return delegate.selectTriggerToAcquire(connection, 10_000, 0, most).stream()
                .map(TriggerKey::getName)
                .toList();
    }

    private void due(String name, long at, int priority) throws SQLException {
        execute(
                "INSERT INTO qrtz_job_details (sched_name, job_name, job_group, job_class_name, is_durable, is_nonconcurrent, is_update_data, requests_recovery)"
                        + " VALUES ('sched', ?, 'g', 'x', false, false, false, true)",
                name);
        execute(
                "INSERT INTO qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time, priority, trigger_state, trigger_type, start_time, misfire_instr)"
                        + " VALUES ('sched', ?, 'g', ?, 'g', ?, ?, 'WAITING', 'CRON', 0, 0)",
                name,
                name,
                at,
                priority);
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
