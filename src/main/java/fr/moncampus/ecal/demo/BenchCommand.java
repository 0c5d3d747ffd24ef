package fr.moncampus.ecal.demo;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.ops.Help;
import fr.moncampus.ecal.ops.MoreCommand;
import fr.moncampus.ecal.ops.RoutesOption;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Switch;
import fr.moncampus.ecal.sandbox.Term;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "bench",
        description =
                "Mesure les durées sur un bac à sable, rapportées au plancher (les requêtes inévitables × le délai).")
public final class BenchCommand implements MoreCommand {
    private static final int WRITERS = 4;
    private static final int PAGE = 100;
    private static final int RUNS = 5;
    private static final String ROW = "%-46s %10s %10s %10s %8s%n";

    @Option(
            names = "--latency",
            paramLabel = "MS",
            defaultValue = "50",
            description = "Délai ajouté à chaque réponse, en millisecondes (par défaut 50).")
    private int latency;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            split = ",",
            defaultValue = "100,1000,10000",
            description = "Tailles d'emploi du temps (par défaut 100,1000,10000).")
    private List<Integer> sizes;

    @Option(
            names = "--configurations",
            paramLabel = "N",
            split = ",",
            description = "Mesure à la place ce que coûtent tant de configurations dans un processus : 1,10,100,1000.")
    private List<Integer> configurations = List.of();

    @Option(
            names = "--scale",
            paramLabel = "N",
            split = ",",
            arity = "0..1",
            fallbackValue = "1,10,100,1000",
            description =
                    "Mesure à la place « run » lui-même, avec tant de configurations dans un processus, et le plus grand nombre dans deux : 1,10,100,1000.")
    private List<Integer> scale = List.of();

    @Option(
            names = "--page",
            paramLabel = "N",
            split = ",",
            description = "Mesure à la place la page, avec tant de cours et 10 000 passages : 350,5000.")
    private List<Integer> page = List.of();

    @Mixin
    private RoutesOption routes;

    @Mixin
    private Help help;

    private long firstRequestMillis;

    @Override
    public Integer call() throws Exception {
        System.setProperty("log.level", "warn");
        System.out.printf(
                "%d cœurs, tas de %d Mo au plus, Java %s, %d ms de délai par réponse%n%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                Runtime.version().feature(),
                latency);
        if (!configurations.isEmpty()) {
            new CrowdBench(routes.folder(), latency).measure(configurations);
            return 0;
        }
        if (!scale.isEmpty()) {
            // a PostgreSQL that manage.sh has made for this
            new ScaleBench(routes.folder(), latency, System.getenv("BENCH_POSTGRESQL")).measure(scale);
            return 0;
        }
        if (!page.isEmpty()) {
            new PageBench(routes.folder()).measure(page);
            return 0;
        }
        System.out.printf(ROW, "Mesure", "requêtes", "ms", "plancher", "rapport");
        firstSyncs(350);
        unchanged(350);
        for (int size : sizes) {
            growth(size);
        }
        System.out.printf(
                "%nDu départ de la JVM à la première requête (bac à sable compris) : %d ms%n", firstRequestMillis);
        System.out.println("Mémoire résidente au plus (bac à sable compris) : " + peakResidentMemory());
        return 0;
    }

    private static String peakResidentMemory() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return "inconnue sur ce système";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.substring(6).strip())
                .findFirst()
                .orElse("inconnue");
    }

    /** Each first sync has a new, empty calendar; the JVM is warm from the third on. */
    private void firstSyncs(int size) throws Exception {
        for (int run = 1; run <= 4; run++) {
            try (Bench bench = new Bench(size, latency)) {
                if (run > 1) {
                    bench.login();
                } else {
                    firstRequestMillis = System.currentTimeMillis()
                            - ManagementFactory.getRuntimeMXBean().getStartTime();
                }
                RunResult result = bench.sync();
                long login = run == 1 ? 4 : 0;
                row(
                        "première synchronisation, " + size + " cours" + label(run),
                        result,
                        login + 1 + 1 + (size + WRITERS - 1) / WRITERS + pages(size));
            }
        }
    }

    private void unchanged(int size) throws Exception {
        try (Bench bench = new Bench(size, latency)) {
            bench.sync();
            for (int run = 2; run <= RUNS; run++) {
                row("rien de changé, " + size + " cours" + label(run), bench.sync(), 1 + pages(size));
            }
        }
    }

    /** Without delay, so that only our own time is seen. */
    private void growth(int size) throws Exception {
        try (Bench bench = new Bench(size, 0)) {
            bench.sync();
            bench.sync();
            RunResult result = bench.sync();
            System.out.printf(
                    ROW,
                    "rien de changé, sans délai, " + size + " cours",
                    result.requests(),
                    result.millis(),
                    "",
                    String.format("%.2f ms/cours", result.millis() / (double) size));
        }
    }

    private static String label(int run) {
        return run == 1 ? " (à froid, avec connexion)" : " (" + run + "e passage)";
    }

    private static long pages(int size) {
        return (size + PAGE - 1) / PAGE + 1L;
    }

    private void row(String what, RunResult result, long floorRequests) {
        long floor = floorRequests * latency;
        System.out.printf(
                ROW,
                what,
                result.requests(),
                result.millis(),
                floor,
                String.format("%.2f", result.millis() / (double) floor));
    }

    /** A sandbox with a school of that size, and an engine that syncs it. */
    private final class Bench implements AutoCloseable {
        private final Path folder = Files.createTempDirectory("moncampus-ecal-bench");
        private final Sandbox sandbox;
        private final Engine engine;
        private final int latencyMillis;

        Bench(int size, int latencyMillis) throws Exception {
            this.latencyMillis = latencyMillis;
            sandbox = Sandbox.start(Options.standard()
                    .sessions(Term.believable(LocalDate.now(), 1, size))
                    .logLimit(0));
            Path file = Files.writeString(folder.resolve("bench.yml"), sandbox.configuration());
            List<Configuration> configurations = Configurations.load(List.of(file), System::getenv, Clock.systemUTC())
                    .valid();
            engine = Engine.start(
                    configurations,
                    new Engine.Settings(
                            routes.folder(),
                            folder.resolve("data"),
                            false,
                            Set.of(configurations.get(0).owner()),
                            Duration.ofSeconds(60),
                            Clock.systemUTC(),
                            run -> {}));
            sandbox.set(Switch.LATENCY_MILLIS, String.valueOf(latencyMillis));
        }

        /** A live session, as from the second run of a process on. */
        void login() {
            sandbox.set(Switch.LATENCY_MILLIS, "0");
            engine.run("bench", Purpose.PLAN);
            sandbox.set(Switch.LATENCY_MILLIS, String.valueOf(latencyMillis));
        }

        RunResult sync() {
            Run run = engine.run("bench", Purpose.SYNC);
            if (run.result().exitCode() != 0) {
                throw new IllegalStateException("the bench needs a healthy run: " + run.result());
            }
            return run.result();
        }

        @Override
        public void close() throws IOException {
            engine.close();
            sandbox.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
