package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.MovableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;

/** What all configurations share. */
class ServicesTest {
    private static final Pattern CALLED = Pattern.compile("\\bref: \"?([a-z-]+)|#bean:([a-z-]+)");
    /** Bound by the engine, the page and the evening themselves. */
    private static final Set<String> OTHERS = Set.of("run", "sync", "page", "page-api", "evening");

    private final Services services = new Services(null, new MovableClock("2026-10-05T06:00:00Z"));

    @Test
    void whateverOurRoutesCallIsThere() throws Exception {
        Main main = new Main();
        services.bind(main, new MovableClock("2026-10-05T06:00:00Z"));
        // those that users' own routes call, and those that are called by other words
        Set<String> called = new TreeSet<>(Set.of("timetable", "calendar", "keys-http", "ecal-json", "retry-after"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Matcher matcher = CALLED.matcher(Files.readString(file));
                while (matcher.find()) {
                    called.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
                }
            }
        }
        called.removeAll(OTHERS);
        assertThat(called)
                .hasSizeGreaterThan(9)
                .allSatisfy(name ->
                        assertThat(main.lookup(name, Object.class)).as(name).isNotNull());
        services.close();
    }

    @Test
    void writersThatHaveNothingToDoEnd() {
        assertThat(((ThreadPoolExecutor) services.writers()).allowsCoreThreadTimeOut())
                .isTrue();
        services.close();
        assertThat(((ThreadPoolExecutor) services.writers()).isShutdown()).isTrue();
    }

    @Test
    void itsConnectionsEndWithIt() {
        Main main = new Main();
        services.bind(main, new MovableClock("2026-10-05T06:00:00Z"));
        PoolingHttpClientConnectionManager connections =
                main.lookup("connections", PoolingHttpClientConnectionManager.class);
        HttpRoute route = new HttpRoute(new HttpHost("localhost", 1));
        assertThat(connections.lease("before", route, null)).isNotNull();

        services.close();

        assertThatThrownBy(() -> connections.lease("after", route, null)).isInstanceOf(IllegalStateException.class);
    }
}
