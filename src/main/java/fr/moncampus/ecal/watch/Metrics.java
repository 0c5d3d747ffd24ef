package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Run;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** One configuration in numbers. Counters are updated by each run, gauges tell of the last one. */
final class Metrics {
    private static final String CONFIG = "config";
    private static final String KIND = "kind";
    private final String config;
    private final MeterRegistry registry;
    /** Held here, since the registry has only weak references to them. */
    private Map<String, LongSupplier> requests;

    /** Of many configurations, durations and requests are only told of all together: the page would be larger than a megabyte. */
    private final Tags detail;

    Metrics(String config, MeterRegistry registry, boolean detailed) {
        this.config = config;
        this.registry = registry;
        this.detail = detailed ? Tags.of(CONFIG, config) : Tags.empty();
        for (String outcome : new String[] {"success", "failure"}) {
            runs(outcome);
        }
        for (String kind : new String[] {"created", "updated", "deleted"}) {
            changes(kind);
        }
        duration();
        deadLetters();
        refusedLogins();
    }

    void read(LastRuns runs) {
        gauge(
                        "moncampus.last.success.timestamp",
                        runs,
                        of -> seconds(of.lastSuccess(config)),
                        "End of the last good run, in seconds since 1970; 0 when there was none")
                .baseUnit("seconds")
                .register(registry);
        gauge(
                        "moncampus.deletions.waiting",
                        runs,
                        of -> of.last(config, RunResult::waiting),
                        "Deletions that wait for their confirmation")
                .register(registry);
        gauge(
                        "moncampus.deletions.held",
                        runs,
                        of -> of.last(config, RunResult::held),
                        "Deletions that a guard holds back (and creations, should the calendar have shrunk)")
                .register(registry);
    }

    private Gauge.Builder<LastRuns> gauge(
            String name, LastRuns runs, ToDoubleFunction<LastRuns> value, String description) {
        return Gauge.builder(name, runs, value).tag(CONFIG, config).description(description);
    }

    private static double seconds(Instant instant) {
        return instant == null ? 0 : instant.toEpochMilli() / 1000.0;
    }

    /** @param supplied by the service that was asked */
    void count(Map<String, LongSupplier> supplied) {
        requests = supplied;
        requests.forEach((kind, sent) -> FunctionCounter.builder("moncampus.requests", sent, LongSupplier::getAsLong)
                .tags(detail)
                .tag(KIND, kind)
                .description("HTTP requests, by the service that was asked")
                .register(registry));
    }

    void count(Run run) {
        RunResult result = run.result();
        runs(result.exitCode() == 0 ? "success" : "failure").increment();
        changes("created").increment(result.created());
        changes("updated").increment(result.updated());
        changes("deleted").increment(result.deleted());
        duration().record(Duration.ofMillis(result.millis()));
        deadLetters().increment(result.failed() + (result.error() == null ? 0 : 1));
        refusedLogins().increment(run.isLoginRefused() ? 1 : 0);
    }

    private Counter runs(String outcome) {
        return Counter.builder("moncampus.runs")
                .tag(CONFIG, config)
                .tag("outcome", outcome)
                .description("Runs, by how they ended")
                .register(registry);
    }

    private Counter changes(String kind) {
        return Counter.builder("moncampus.changes")
                .tag(CONFIG, config)
                .tag(KIND, kind)
                .description("Changes carried out in the calendar")
                .register(registry);
    }

    private Timer duration() {
        return Timer.builder("moncampus.run.duration")
                .tags(detail)
                .description("Duration of the runs")
                .register(registry);
    }

    private Counter deadLetters() {
        return Counter.builder("moncampus.dead.letters")
                .tag(CONFIG, config)
                .description("Failures of changes, rows and runs")
                .register(registry);
    }

    private Counter refusedLogins() {
        return Counter.builder("moncampus.refused.logins")
                .tag(CONFIG, config)
                .description("Logins that the portal refused")
                .register(registry);
    }
}
