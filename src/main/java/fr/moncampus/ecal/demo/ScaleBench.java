package fr.moncampus.ecal.demo;

import fr.moncampus.ecal.App;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Switch;
import fr.moncampus.ecal.sandbox.Term;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What many configurations cost: {@code run} as it is shipped, in processes of its own, on SQLite or, when there are several, on PostgreSQL.
 * The sandbox is this process, and is left out of what is counted; but it takes its share of the machine.
 */
final class ScaleBench {
    private static final int COURSES = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    /** Then each configuration has run again a few times, and found nothing to do. */
    private static final Duration QUIET = Duration.ofMinutes(Integer.getInteger("bench.minutes", 4));

    private static final String SCHEDULE = "0 0/2 * * * ?";
    static final int POLL_MILLIS = 250;
    private static final String SUCCESSES = "SELECT COUNT(DISTINCT config) FROM run WHERE success = 1";
    private static final String HEAD = "%-8s %6s %12s %10s %18s %9s %9s %20s %10s %12s %14s%n";
    private static final String ROW =
            "%-8d %6d %9d ms %8.1f s %11d (%d) Mo %9d %9d %9.0f, au plus %3d %10d %10.1f s %12.4f s%n";

    private final Path routes;
    private final int latency;
    /** Of a PostgreSQL where databases may be made; null when there is none. */
    private final String server;

    private int databases;

    /** @param server {@code jdbc:postgresql://…/?user=…&password=…} */
    ScaleBench(Path routes, int latency, String server) {
        this.routes = routes;
        this.latency = latency;
        this.server = server;
    }

    void measure(List<Integer> counts) throws Exception {
        System.out.printf(
                HEAD,
                "config.",
                "nœuds",
                "1re requête",
                "à jour",
                "mémoire (max)",
                "threads",
                "sockets",
                "req/s",
                "à la fois",
                "processeur",
                "par passage");
        for (int count : counts) {
            measure(count, 1, null);
        }
        if (server == null) {
            System.out.println(
                    "Plusieurs nœuds : sauté, PostgreSQL n'est pas installé ici (paquet Debian : postgresql).");
        } else {
            int most = counts.stream().max(Comparator.naturalOrder()).orElseThrow();
            String name = "moncampus_bench_" + ++databases;
            query(server, "CREATE DATABASE " + name);
            try {
                measure(most, 2, server.replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1"));
            } finally {
                query(server, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            }
        }
        System.out.println(
                "(" + COURSES
                        + " cours chacune. 1re requête à l'école : depuis le départ de la JVM. À jour : toutes, depuis lors. "
                        + "Mémoire résidente d'un nœud au repos, et au plus. Threads et sockets d'un nœud au plus. Requêtes par seconde chez MonCampus, connexions comprises, "
                        + "jusque-là ; à la fois : au plus. Processeur de tous les nœuds jusque-là ; par passage où rien n'a changé : ensuite.)");
    }

    private void measure(int count, int nodes, String url) throws Exception {
        Path folder = Files.createTempDirectory("moncampus-ecal-bench");
        List<MeasuredProcess> all = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.start(Options.standard()
                .sessions(Term.believable(LocalDate.now(), 1, COURSES))
                .logLimit(0))) {
            enrol(sandbox, Files.createDirectory(folder.resolve("configs")), count);
            sandbox.set(Switch.LATENCY_MILLIS, String.valueOf(latency));
            long start = System.currentTimeMillis();
            for (int node = 1; node <= nodes; node++) {
                all.add(new MeasuredProcess(start(folder, node, count, url)));
            }
            String memory = url != null ? url : "jdbc:sqlite:" + folder.resolve("data1/moncampus-ecal.db");
            SchoolRate rate = new SchoolRate(sandbox);
            await(all, rate, PATIENCE, () -> number(memory, SUCCESSES) >= count);
            long inStep = System.currentTimeMillis() - start;
            double perSecond = 1000.0 * rate.total() / inStep;
            long most = rate.most();
            double cpu = all.stream().mapToDouble(MeasuredProcess::cpuSeconds).sum();
            int atOnce = Math.max(
                    sandbox.log().counter(Server.TIMETABLE).mostAtOnce(),
                    sandbox.log().counter(Server.CAS).mostAtOnce());
            long runs = number(memory, "SELECT COUNT(*) FROM run");
            long written = written(url);
            long from = System.nanoTime();
            await(
                    all,
                    rate,
                    QUIET,
                    () -> System.nanoTime() - from
                            > QUIET.toNanos() - Duration.ofSeconds(1).toNanos());
            long more = number(memory, "SELECT COUNT(*) FROM run") - runs;
            double quiet = all.stream().mapToDouble(MeasuredProcess::cpuSeconds).sum() - cpu;
            System.out.printf(
                    ROW,
                    count,
                    nodes,
                    sandbox.log().first().toEpochMilli() - start,
                    inStep / 1000.0,
                    all.stream()
                            .mapToLong(node -> node.status("VmRSS") / 1024)
                            .max()
                            .orElse(0),
                    all.stream()
                            .mapToLong(node -> node.status("VmHWM") / 1024)
                            .max()
                            .orElse(0),
                    all.stream().mapToLong(node -> node.threads()).max().orElse(0),
                    all.stream().mapToLong(node -> node.sockets()).max().orElse(0),
                    perSecond,
                    most,
                    atOnce,
                    cpu,
                    quiet / Math.max(1, more));
            System.out.printf(
                    "         %d passages où rien n'a changé en %d s ; base : %.1f Mo%s%n",
                    more,
                    QUIET.toSeconds(),
                    size(folder, url) / 1_000_000.0,
                    url == null
                            ? ""
                            : String.format(
                                    ", %.1f lignes écrites par passage",
                                    (written(url) - written) / (double) Math.max(1, more)));
        } finally {
            for (MeasuredProcess node : all) {
                node.end();
            }
            clear(folder);
        }
    }

    private static void enrol(Sandbox sandbox, Path configs, int count) throws IOException {
        for (int number = 0; number < count; number++) {
            String name = "eleve-%04d".formatted(number);
            sandbox.enrol(name, "mot-de-passe-" + number, Term.believable(LocalDate.now(), number, COURSES));
            Files.writeString(
                    configs.resolve(name + ".yml"), sandbox.configuration(name) + "schedule: '" + SCHEDULE + "'\n");
        }
    }

    private Process start(Path folder, int node, int count, String url) throws IOException, URISyntaxException {
        Path jar = Path.of(
                App.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        // as in a container, where that is at hand
        Path options = Path.of("docker/java.options").toAbsolutePath();
        command.addAll(
                Files.exists(options)
                        ? List.of("@" + options)
                        : List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        // as generate-compose --cluster and generate-k8s give it
        command.add("-Xmx" + (128 + count / 8) + "m");
        command.addAll(List.of("-jar", jar.toString(), "run", "--data", "data" + node));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log" + node).toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("(MEMORY|MANAGEMENT|PAGE)_.*|CONFIG.*|.*_DIR|LOG_LEVEL"));
        environment.putAll(Map.of(
                "ROUTES_DIR", routes.toAbsolutePath().toString(),
                "CAMEL_CLI", "false",
                "PAGE_PORT", "0",
                "MANAGEMENT_PORT", "0",
                "LOG_LEVEL", "warn"));
        if (url != null) {
            environment.put("MEMORY_URL", url);
        }
        return builder.start();
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void await(List<MeasuredProcess> nodes, SchoolRate rate, Duration patience, Condition condition)
            throws InterruptedException, SQLException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("pas à jour après " + patience.toMinutes() + " minutes");
            }
            for (MeasuredProcess node : nodes) {
                node.look();
            }
            rate.look();
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Nothing as long as the memory is not there. */
    private static long number(String url, String sql) throws SQLException {
        if (url.startsWith("jdbc:sqlite:") && !Files.exists(Path.of(url.substring("jdbc:sqlite:".length())))) {
            return 0;
        }
        try {
            return query(url, sql);
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).matches("(?s).*(no such table|does not exist|locked).*")) {
                return 0;
            }
            throw e;
        }
    }

    private static long query(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return 0;
            }
            try (ResultSet result = statement.getResultSet()) {
                return result.next() ? result.getLong(1) : 0;
            }
        }
    }

    /** Rows, as PostgreSQL counts them, a little late. */
    private static long written(String url) throws SQLException {
        return url == null
                ? 0
                : query(
                        url,
                        "SELECT tup_inserted + tup_updated + tup_deleted FROM pg_stat_database WHERE datname = current_database()");
    }

    private static long size(Path folder, String url) throws SQLException, IOException {
        if (url != null) {
            return query(url, "SELECT pg_database_size(current_database())");
        }
        // what was written last is in a file beside it
        try (Stream<Path> files = Files.list(folder.resolve("data1"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("moncampus-ecal.db"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
