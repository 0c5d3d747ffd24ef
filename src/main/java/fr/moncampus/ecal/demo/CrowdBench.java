package fr.moncampus.ecal.demo;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Switch;
import fr.moncampus.ecal.sandbox.Term;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What many configurations cost in one process. The sandbox beside them is left out of what is counted. */
final class CrowdBench {
    private static final int COURSES = 20;
    private static final long MAX_MINUTES = 20;
    private static final String HEAD = "%n%-16s %8s %12s %12s %10s %10s %8s %16s %14s%n";
    private static final String ROW = "%-16d %8d %9d ms %9d ms %7d Mo %10d %8s %13d ms %14d%n";

    private final Path routes;
    private final int latency;

    CrowdBench(Path routes, int latency) {
        this.routes = routes;
        this.latency = latency;
    }

    void measure(List<Integer> counts) throws Exception {
        System.out.printf(
                HEAD,
                "Configurations",
                "routes",
                "démarrage",
                "processeur",
                "tas vidé",
                "threads",
                "sockets",
                "1re synchro",
                "à MonCampus");
        for (int count : counts) {
            measure(count);
        }
        System.out.println(
                "(" + COURSES
                        + " cours chacune ; processeur : ce que le démarrage en a pris, quoi que fasse le reste de la machine ; tas et sockets : au repos, tas de la mesure seule ; threads : au plus ; "
                        + "1re synchro : de toutes, connexion comprise, depuis la fin du démarrage ; à MonCampus : requêtes en même temps au plus)");
    }

    private void measure(int count) throws Exception {
        Path folder = Files.createTempDirectory("moncampus-ecal-bench");
        long before = heap();
        Sandbox sandbox = Sandbox.start(Options.standard()
                .sessions(Term.believable(LocalDate.now(), 1, COURSES))
                .logLimit(0));
        try {
            List<Configuration> configurations = configurations(sandbox, folder, count);
            sandbox.set(Switch.LATENCY_MILLIS, String.valueOf(latency));
            CountDownLatch over = new CountDownLatch(count);
            AtomicInteger failed = new AtomicInteger();
            long start = System.nanoTime();
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            try (Engine engine = Engine.start(
                    configurations,
                    new Engine.Settings(
                            routes,
                            folder.resolve("data"),
                            true,
                            configurations.stream().map(Configuration::owner).collect(Collectors.toSet()),
                            Duration.ofSeconds(60),
                            Clock.systemUTC(),
                            run -> over(run, over, failed)))) {
                long started = System.nanoTime();
                long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
                int threads = await(over);
                long done = System.nanoTime();
                if (failed.get() > 0) {
                    System.out.println(failed + " synchronisations ont échoué.");
                }
                int atOnce = Math.max(
                        sandbox.log().counter(Server.TIMETABLE).mostAtOnce(),
                        sandbox.log().counter(Server.CAS).mostAtOnce());
                String sockets = sockets();
                sandbox.close();
                sandbox = null;
                System.out.printf(
                        ROW,
                        count,
                        engine.context().getRoutesSize(),
                        (started - start) / 1_000_000,
                        used / 1_000_000,
                        heap() - before >> 20,
                        threads,
                        sockets,
                        (done - started) / 1_000_000,
                        atOnce);
            }
        } finally {
            if (sandbox != null) {
                sandbox.close();
            }
            clear(folder);
        }
    }

    private static void over(Run run, CountDownLatch over, AtomicInteger failed) {
        if (run.result().exitCode() != 0) {
            failed.incrementAndGet();
        }
        over.countDown();
    }

    private static List<Configuration> configurations(Sandbox sandbox, Path folder, int count) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            String name = "eleve-%04d".formatted(number);
            sandbox.enrol(name, "mot-de-passe-" + number, Term.believable(LocalDate.now(), number, COURSES));
            // a schedule that stays quiet meanwhile
            files.add(Files.writeString(
                    folder.resolve(name + ".yml"), sandbox.configuration(name) + "schedule: '0 0 4 1 1 ?'\n"));
        }
        return Configurations.load(files, System::getenv, Clock.systemUTC()).valid();
    }

    /** @return how many threads there were at most, those of the sandbox aside */
    private static int await(CountDownLatch over) throws InterruptedException {
        int most = 0;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MAX_MINUTES);
        while (!over.await(20, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
            most = Math.max(most, threads());
        }
        return Math.max(most, threads());
    }

    private static int threads() {
        Thread[] all = new Thread[10_000];
        int count = Thread.enumerate(all);
        return (int) Stream.of(all)
                .limit(count)
                .filter(thread ->
                        !thread.getName().equals("sandbox") && !thread.getName().startsWith("HTTP-Dispatcher"))
                .count();
    }

    /** Ours: the other end of each is the sandbox's. */
    private static String sockets() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return "?";
        }
        try (Stream<Path> all = Files.list(descriptors)) {
            return String.valueOf(all.filter(CrowdBench::isSocket).count() / 2);
        }
    }

    static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
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
