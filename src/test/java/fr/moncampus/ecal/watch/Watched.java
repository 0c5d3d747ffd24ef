package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Session;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.ObjectName;

/** A sandbox and an engine that is watched, without its timers. The clock moves by hand. */
final class Watched implements AutoCloseable {
    static final String NAME = "lea";
    /** In the password, in key and secret. */
    static final String SECRET = "s3cr3t-mark";

    final Sandbox sandbox;
    final Engine engine;
    private final Watch watch;
    private final MovableClock clock = new MovableClock(Instant.now());
    /** Not HTTP/2: in its change of protocol, Java's client and the server now and then wait for each other, whatever the timeout. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String home = System.getProperty("user.home");

    Watched(Path folder, String... lines) throws Exception {
        // where the camel command line's connector writes
        System.setProperty(
                "user.home", Files.createDirectories(folder.resolve("home")).toString());
        LocalDate soon = LocalDate.now().plusDays(10);
        sandbox = Sandbox.start(Options.standard()
                .student("camille.martin", "pass-" + SECRET)
                .key("key-" + SECRET, "secret-" + SECRET)
                .sessions(List.of(
                        Session.of(1, "Java", "B110", soon.atTime(9, 0)),
                        Session.of(2, "Réseaux", "B111", soon.atTime(14, 0)),
                        Session.of(3, "Anglais", "B112", soon.plusDays(1).atTime(9, 0)))));
        Path file = Files.writeString(
                folder.resolve(NAME + ".yml"),
                sandbox.configuration() + "schedule: 0 0 * * * ?\n" + String.join("\n", lines));
        List<Configuration> configurations = Configurations.load(List.of(file), name -> null, Clock.systemUTC())
                .valid();
        Path data = folder.resolve("data");
        watch = new Watch(configurations, data, new Management("127.0.0.1", 0, true), clock);
        engine = Engine.start(
                configurations,
                new Engine.Settings(
                        Path.of("routes"),
                        data,
                        false,
                        Set.of(configurations.get(0).owner()),
                        Duration.ofSeconds(5),
                        clock,
                        watch),
                main -> {
                    watch.prepare(main);
                    main.addOverrideProperty("retry.attempts", "0");
                });
        watch.begin(engine);
    }

    /** The mark, and what the services made up: cookies, tickets, executions, signatures. */
    List<String> secrets() {
        Stream<String> seen = sandbox.log().requests().stream()
                .flatMap(request -> Stream.concat(
                        Stream.of(
                                request.parameters().get("ticket"),
                                request.parameters().get("apiSign"),
                                request.form().get("execution")),
                        request.headers().getOrDefault("cookie", List.of()).stream()
                                .flatMap(line -> Stream.of(line.split(";\\s*")))
                                .map(pair -> pair.split("=", 2)[1])));
        return Stream.concat(Stream.of(SECRET), seen.filter(value -> value != null && value.length() > 8))
                .distinct()
                .toList();
    }

    /** No two runs begin at once. */
    Run sync() {
        pass(Duration.ofSeconds(1));
        return engine.run(NAME, Purpose.SYNC);
    }

    void pass(Duration time) {
        clock.forward(time);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + watch.port() + path))
                .timeout(Duration.ofSeconds(60));
        return client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    ConfigurationMXBean bean() throws Exception {
        return JMX.newMXBeanProxy(
                ManagementFactory.getPlatformMBeanServer(),
                new ObjectName("moncampus-ecal:type=Configuration,name=\"lea\""),
                ConfigurationMXBean.class);
    }

    @Override
    public void close() throws Exception {
        engine.close();
        // it may be writing its file yet, under the folder that is deleted next
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().contains("LocalCliConnector")) {
                thread.join();
            }
        }
        watch.close();
        sandbox.close();
        System.setProperty("user.home", home);
    }
}
