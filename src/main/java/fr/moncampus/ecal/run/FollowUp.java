package fr.moncampus.ecal.run;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.report.RunResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** While deletions wait for their confirmation, one extra sync after {@code delete_after}: a cancelled course need not stay until the next hour. */
public final class FollowUp implements Consumer<Run>, AutoCloseable {
    private static final Duration AT_LEAST = Duration.ofSeconds(1);
    private final Map<String, Duration> delays;
    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "follow-up");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Consumer<String> syncs = config -> {};

    public FollowUp(List<Configuration> configurations) {
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        delays = configurations.stream()
                .collect(Collectors.toMap(
                        Configuration::name,
                        configuration -> configuration.rules().deleteAfter()));
    }

    /** @param sync one sync of a configuration; until there is one, nothing is done */
    public void begin(Consumer<String> sync) {
        syncs = sync;
    }

    @Override
    public void accept(Run run) {
        RunResult result = run.result();
        if (run.purpose().dryRun() || result.waiting() == 0 || !pending.add(result.config())) {
            return;
        }
        Duration delay = delays.get(result.config()).plus(AT_LEAST);
        timer.schedule(() -> sync(result.config()), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sync(String config) {
        pending.remove(config);
        syncs.accept(config);
    }

    /**
     * Waiting syncs are cancelled; a running one is ended by the engine, since an interruption would cut off the change
     * in flight.
     */
    @Override
    public void close() {
        timer.shutdown();
    }
}
