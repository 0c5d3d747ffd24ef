package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Run;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** One configuration in numbers. Counters are updated by each run, gauges are read from the data folder. */
final class Metrics {
    private static final String CONFIG = "config";
    private static final String KIND = "kind";
    private final String config;
    private final MeterRegistry registry;
    /** Held here, since the registry has only weak references to them. */
    private Map<String, LongSupplier> requests;

    Metrics(String config, MeterRegistry registry) {
        this.config = config;
        this.registry = registry;
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

    void read(Database database, Clock clock) {
        History history = new History(database, config);
        gauge(
                        "moncampus.last.success.timestamp",
                        history,
                        of -> lastSuccess(of, clock),
                        "End of the last good run, in seconds since 1970; 0 when there was none")
                .baseUnit("seconds")
                .register(registry);
        gauge(
                        "moncampus.deletions.waiting",
                        history,
                        of -> last(of, RunResult::waiting),
                        "Deletions that wait for their confirmation")
                .register(registry);
        gauge(
                        "moncampus.deletions.held",
                        history,
                        of -> last(of, RunResult::held),
                        "Deletions that a guard holds back (and creations, should the calendar have shrunk)")
                .register(registry);
    }

    /** With a strong reference, since nothing else holds the history. */
    private Gauge.Builder<History> gauge(
            String name, History history, ToDoubleFunction<History> value, String description) {
        return Gauge.builder(name, history, value)
                .strongReference(true)
                .tag(CONFIG, config)
                .description(description);
    }

    void count(Engine engine) {
        requests = engine.requests(config);
        requests.forEach((kind, sent) -> FunctionCounter.builder("moncampus.requests", sent, LongSupplier::getAsLong)
                .tag(CONFIG, config)
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
                .description("Changes carried out at ECAL")
                .register(registry);
    }

    private Timer duration() {
        return Timer.builder("moncampus.run.duration")
                .tag(CONFIG, config)
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
                .description("Logins that MonCampus refused")
                .register(registry);
    }

    /** A time in the future would keep an alarm silent until the clock catches up. */
    private static double lastSuccess(History history, Clock clock) {
        History.Entry success = history.lastSuccess(clock.instant());
        return success == null ? 0 : success.finished().toEpochMilli() / 1000.0;
    }

    private static double last(History history, ToIntFunction<RunResult> number) {
        return history.last(1).stream()
                .mapToInt(entry -> number.applyAsInt(entry.result()))
                .sum();
    }
}
