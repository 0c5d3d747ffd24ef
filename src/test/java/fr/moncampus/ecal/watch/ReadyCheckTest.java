package fr.moncampus.ecal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Contexts;
import fr.moncampus.ecal.memory.Database;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scheduler and the memory, and nothing of any configuration. */
class ReadyCheckTest {
    private final DefaultCamelContext context = Contexts.withoutCommandLine();
    private final QuartzComponent quartz = new QuartzComponent();
    private Database database;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(folder);
        context.addComponent("quartz", quartz);
        context.start();
    }

    @AfterEach
    void close() {
        context.stop();
        database.close();
    }

    @Test
    void itIsReadyWhileTheSchedulerRuns() throws Exception {
        quartz.getScheduler().start();
        assertThat(isReady()).isTrue();
        quartz.getScheduler().standby();
        assertThat(isReady()).isFalse();
        quartz.getScheduler().start();
        assertThat(isReady()).isTrue();
        quartz.getScheduler().shutdown();
        assertThat(isReady()).isFalse();
    }

    @Test
    void itIsNotReadyWithoutItsMemory() throws Exception {
        quartz.getScheduler().start();
        database.close();
        assertThat(isReady()).isFalse();
    }

    private boolean isReady() {
        return new ReadyCheck(context, database).call(Map.of()).getState() == State.UP;
    }
}
