package fr.moncampus.ecal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.CountedDatabase;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Engine;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CliConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thousand configurations in one process, and what it takes to watch them. */
@Timeout(120)
class ManyWatchedTest {
    private static final int MANY = 1000;
    private static final int MEGABYTE = 1_000_000;

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-10-01T06:46:00Z"));

    @Test
    void whatIsServedOfAThousandStaysSmallThoughAllAreLate() throws Exception {
        List<Configuration> configurations = configurations(MANY);
        Path data = folder.resolve("data");
        try (Watch watch = new Watch(configurations, data, new Management("127.0.0.1", 0, true), clock);
                Engine engine = Engine.start(
                        configurations,
                        new Engine.Settings(Path.of("routes"), data, false, Set.of(), Duration.ZERO, clock, watch),
                        watch::prepare)) {
            watch.begin(engine);
            assertThat(engine.context().hasService(CliConnector.class)).isNull();
            clock.forward(Duration.ofMinutes(137));

            String metrics = get(watch, "/observe/metrics").body();
            assertThat(metrics.getBytes(StandardCharsets.UTF_8).length).isLessThan(MEGABYTE - 100_000);
            assertThat(metrics)
                    .contains(
                            "moncampus_late{config=\"prenom-compose.nom-77\"} 1.0",
                            "moncampus_late_configurations 1000.0");
            HttpResponse<String> health = get(watch, "/observe/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("prenom-compose.nom-0", "(1000)");
            assertThat(health.body().length()).isLessThan(2000);
            HttpResponse<String> ready = get(watch, "/observe/health/ready?exposureLevel=full");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body().length()).isLessThan(2000);
        }
    }

    /** No time is taken: the queries and their rows are counted. */
    @Test
    void aQuestionCostsTheSameForOneAndForAThousand() throws Exception {
        assertThat(costs(MANY)).isEqualTo(costs(1));
    }

    /** Of readiness, and of who is late: with nothing new, and after a run. */
    private List<String> costs(int configurations) throws Exception {
        try (CountedDatabase counted = CountedDatabase.open()) {
            LastRuns runs = new LastRuns(configurations(configurations), counted.database(), clock);
            LateCheck late = new LateCheck(runs, true);
            ReadyCheck ready = new ReadyCheck(new DefaultCamelContext(), counted.database());
            late.call(Map.of());
            String nothingNew = counted.costOf(() -> late.call(Map.of()));
            new History(counted.database(), "prenom-compose.nom-0").add(entry(clock.instant()));
            String oneRun = counted.costOf(() -> late.call(Map.of()));
            return List.of(counted.costOf(() -> ready.call(Map.of())), nothingNew, oneRun);
        }
    }

    private static History.Entry entry(Instant at) {
        return new History.Entry(at.toString(), at, at, true, RunResult.refused("a", null), List.of());
    }

    private static List<Configuration> configurations(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Fixtures.configuration("prenom-compose.nom-" + i))
                .toList();
    }

    private static HttpResponse<String> get(Watch watch, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + watch.port() + path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
