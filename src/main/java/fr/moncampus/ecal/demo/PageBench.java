package fr.moncampus.ecal.demo;

import com.sun.management.OperatingSystemMXBean;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.door.DoorSettings;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.page.Page;
import fr.moncampus.ecal.page.PageServer;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Term;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How large and how fast the page is, and what it costs: a school of some size, and a history of many runs. */
final class PageBench {
    private static final int RUNS = 10_000;
    private static final int REQUESTS = 200;
    private static final String ROW = "%-34s %10s %10s %10s %14s%n";

    private final Path routes;

    PageBench(Path routes) {
        this.routes = routes;
    }

    void measure(List<Integer> sizes) throws Exception {
        for (int size : sizes) {
            Path folder = Files.createTempDirectory("moncampus-ecal-bench");
            try (Sandbox sandbox = Sandbox.start(Options.standard()
                    .sessions(Term.believable(LocalDate.now(), 1, size))
                    .logLimit(0))) {
                measure(size, folder, sandbox);
            } finally {
                clear(folder);
            }
        }
    }

    private void measure(int size, Path folder, Sandbox sandbox) throws Exception {
        Path file = Files.writeString(folder.resolve("bench.yml"), sandbox.configuration());
        Clock clock = Clock.systemUTC();
        List<Configuration> configurations =
                Configurations.load(List.of(file), System::getenv, clock).valid();
        Path data = folder.resolve("data");
        Set<String> owners = Set.of(configurations.get(0).owner());
        try (Engine engine = Engine.start(
                configurations,
                new Engine.Settings(routes, data, false, owners, Duration.ofSeconds(60), clock, run -> {}))) {
            engine.run("bench", Purpose.SYNC);
            remember(data, clock.instant());
            long without = heap();
            long residentWithout = resident();
            PageServer server =
                    new PageServer(new DoorSettings("127.0.0.1", 0, null, Set.of()), data, System::nanoTime);
            server.begin(engine.context(), () -> Page.serve(configurations, data, engine, clock));
            long idle = heap();
            long residentIdle = resident();
            System.out.printf(
                    "%n" + ROW, size + " cours, " + RUNS + " passages", "octets", "ms", "ms (95 %)", "processeur, ms");
            for (String path : List.of(
                    "c/bench", "c/bench/changements", "c/bench/historique", "c/bench/erreurs", "c/bench/retenus")) {
                ask(server.address() + path);
            }
            long after = heap();
            System.out.printf(
                    "mémoire : tas vidé %.1f Mo, avec la page %+.1f Mo au repos, %+.1f Mo après %d requêtes ; résidente %.0f Mo, %+.0f Mo, %+.0f Mo%n",
                    mega(without),
                    mega(idle - without),
                    mega(after - without),
                    10 * REQUESTS,
                    residentWithout / 1024.0,
                    (residentIdle - residentWithout) / 1024.0,
                    (resident() - residentWithout) / 1024.0);
        }
    }

    private static void remember(Path data, Instant now) {
        try (Database database = Database.open(data)) {
            History history = new History(database, "bench");
            Duration apart = Duration.ofDays(89).dividedBy(RUNS);
            for (int i = RUNS; i > 0; i--) {
                Instant at = now.minus(apart.multipliedBy(i));
                RunResult result =
                        new RunResult("bench", 0, i % 40 == 0 ? 2 : 0, 0, 350, 0, 0, 0, 0, 6, 400 + i % 300, null);
                history.add(new History.Entry("r" + i, at, at.plusMillis(500), true, result, List.of()));
            }
        }
    }

    private static void ask(String address) throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            get(address); // until the JVM has compiled what is used
        }
        long[] nanos = new long[REQUESTS];
        int bytes = 0;
        long cpu = processor();
        for (int i = 0; i < REQUESTS; i++) {
            long start = System.nanoTime();
            bytes = get(address);
            nanos[i] = System.nanoTime() - start;
        }
        double used = (processor() - cpu) / 1e6 / REQUESTS;
        Arrays.sort(nanos);
        System.out.printf(
                ROW,
                URI.create(address).getPath(),
                bytes,
                "%.1f".formatted(nanos[REQUESTS / 2] / 1e6),
                "%.1f".formatted(nanos[REQUESTS * 95 / 100] / 1e6),
                "%.1f".formatted(used));
    }

    private static int get(String address) throws IOException {
        try (InputStream in = URI.create(address).toURL().openStream()) {
            return in.readAllBytes().length;
        }
    }

    /** Of the whole process, asking and answering, whatever else the machine does. */
    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Kilobytes of memory in use; 0 where the system does not say. */
    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static double mega(long bytes) {
        return bytes / 1024.0 / 1024.0;
    }

    /** After a collection. */
    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
