package fr.moncampus.ecal.endurance;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import fr.moncampus.ecal.JumpingClock;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.FollowUp;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.time.WatchedClock;
import fr.moncampus.ecal.watch.Management;
import fr.moncampus.ecal.watch.Watch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import org.apache.camel.main.Main;

/**
 * {@code ./manage.sh soak --endurance}: a year of the scheduler, run after run, as {@code run} sets it up (JMX, metrics, follow-ups), and
 * after each month what it has come to hold. The school changes daily, ECAL refuses writes weekly, MonCampus is down for a day each month, and
 * the wall clock jumps both ways.
 */
public final class Endurance {
    private static final Instant START = Instant.parse("2026-09-01T04:46:00Z");
    private static final int MONTHS = 12;
    /** Each month has the same days, so that they can be compared. */
    private static final int DAYS = 30;

    private static final int LOOKS = 4;
    /** How wrong the wall clock is for the first run of the sixth, the fourteenth, the twenty-second and the thirtieth day of a month. */
    private static final List<Duration> ERRORS =
            List.of(Duration.ofHours(26), Duration.ofDays(-40), Duration.ofDays(400), Duration.ofHours(-26));

    private final PrintStream out;
    private final int runs;
    private final Path folder = Files.createTempDirectory("moncampus-endurance-");
    private final LongAdder logged = new LongAdder();
    private final List<Long> durations = Collections.synchronizedList(new ArrayList<>());
    private final LongAdder broken = new LongAdder();
    /** The time as it is; the program's own clock is wrong now and then. */
    private Instant now = START;

    private Duration error = Duration.ZERO;
    private final JumpingClock time = new JumpingClock(START);
    private final WatchedClock clock = time.watched();
    private List<Configuration> configurations;
    private SchoolProcess school;
    private Engine engine;
    private Watch watch;
    private long errorsBefore;
    private long loggedBefore;
    private long processorBefore;

    private Endurance(PrintStream out, int runs) throws IOException {
        this.out = out;
        this.runs = runs;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int configurations = 10;
        // one a day: the thirteen that the usual schedule has would take two hours and show nothing else
        int runs = 365;
        for (int i = 0; i < arguments.length; i += 2) {
            int value = i + 1 < arguments.length && arguments[i + 1].matches("[1-9]\\d{0,6}")
                    ? Integer.parseInt(arguments[i + 1])
                    : 0;
            switch (value == 0 ? "" : arguments[i]) {
                case "--configs" -> configurations = value;
                case "--runs" -> runs = value;
                default -> {
                    System.err.println("erreur : usage : ./manage.sh soak --endurance [--configs N] [--runs N]");
                    System.exit(2);
                }
            }
        }
        if (runs < MONTHS) {
            System.err.println("erreur : il faut au moins " + MONTHS + " passages, un par mois.");
            System.exit(2);
        }
        Endurance endurance = new Endurance(out, runs);
        endurance.countTheLog();
        int code;
        try {
            code = endurance.year(configurations);
        } finally {
            endurance.clean();
        }
        System.exit(code);
    }

    /** The log goes to standard error, which somebody keeps: here only its size. */
    private void countTheLog() {
        System.setErr(new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int octet) {
                        logged.increment();
                    }

                    @Override
                    public void write(byte[] octets, int from, int length) {
                        logged.add(length);
                    }
                },
                true,
                StandardCharsets.UTF_8));
    }

    private int year(int students) throws Exception {
        long began = System.nanoTime();
        Path configs = Files.createDirectories(folder.resolve("configs"));
        school = SchoolProcess.start(configs, students, START);
        configurations = load(configs);
        Months months = new Months();
        FollowUp followUp = new FollowUp(configurations);
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try (Watch watching = new Watch(configurations, data(), new Management("127.0.0.1", 0, false), clock)) {
            watch = watching;
            try (Engine started = Engine.start(configurations, settings(followUp), this::prepare);
                    followUp) {
                engine = started;
                watch.begin(engine);
                followUp.begin(config -> engine.run(config, Purpose.SYNC));
                out.println(Months.head());
                for (int month = 0; month < MONTHS; month++) {
                    month(month, workers);
                    months.add(figures());
                    out.println(months.last());
                }
                return verdict(months, began);
            }
        } finally {
            workers.shutdownNow();
            school.close();
        }
    }

    private List<Configuration> load(Path configs) throws IOException {
        try (Stream<Path> files = Files.list(configs)) {
            Configurations.Loaded loaded = Configurations.load(files.sorted().toList(), variable -> null, clock);
            if (loaded.hasErrors()) {
                throw new IllegalStateException(loaded.findings().toString());
            }
            return loaded.valid();
        }
    }

    private Engine.Settings settings(FollowUp followUp) {
        return new Engine.Settings(
                Path.of("routes"),
                data(),
                true,
                configurations.stream().map(Configuration::owner).collect(Collectors.toSet()),
                Duration.ofMinutes(1),
                clock,
                followUp.andThen(watch).andThen(this::over));
    }

    private void prepare(Main main) {
        watch.prepare(main);
        main.addOverrideProperty("retry.delay", "1");
        main.addOverrideProperty("retry.maximum-delay", "5");
    }

    private void over(Run run) {
        durations.add(run.millis());
        if (run.result().error() != null) {
            broken.increment();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void month(int month, ExecutorService workers) throws Exception {
        durations.clear();
        processorBefore = processor();
        int mine = runs * (month + 1) / MONTHS - runs * month / MONTHS;
        Duration step = Duration.ofDays(DAYS).dividedBy(mine);
        int day = -1;
        for (int number = 0; number < mine; number++) {
            int today = number * DAYS / mine;
            if (today != day) {
                day = today;
                morning(month, day);
            }
            jump(number * DAYS % mine < DAYS ? error(day) : Duration.ZERO);
            school.now(now);
            List<Future<Run>> all = new ArrayList<>();
            for (Configuration configuration : configurations) {
                all.add(workers.submit(() -> engine.run(configuration.name(), Purpose.SYNC)));
            }
            for (Future<Run> each : all) {
                each.get();
            }
            now = now.plus(step);
            time.pass(step);
        }
    }

    private void morning(int month, int day) throws IOException {
        school.heal();
        school.change(DAYS * month + day);
        if (day == 19) {
            school.down();
        } else if (day % 7 == 3) {
            school.refuse();
        }
        look("/observe/metrics");
        look("/observe/health");
    }

    private static Duration error(int day) {
        return day % 8 == 5 ? ERRORS.get(day / 8) : Duration.ZERO;
    }

    private void jump(Duration wrong) {
        time.jump(wrong.minus(error));
        error = wrong;
    }

    /** Somebody watches. */
    private void look(String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), watch.port())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    private Map<Figure, Double> figures() throws Exception {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        long errors = size(data(), "errors_");
        figures.put(Figure.PROCESSOR, (processor() - processorBefore) / 1e6 / durations.size());
        figures.put(Figure.DURATION, durations().get(durations.size() / 2).doubleValue());
        figures.put(Figure.ERRORS, kilobytes(errors - errorsBefore));
        figures.put(Figure.LOG, kilobytes(logged.sum() - loggedBefore));
        errorsBefore = errors;
        loggedBefore = logged.sum();
        figures.put(Figure.DATABASE, kilobytes(Files.size(data().resolve(Database.FILE))));
        figures.put(Figure.WAL, kilobytes(size(data(), Database.FILE + "-wal")));
        for (int look = 0; look < LOOKS; look++) {
            // what a run or an onlooker needs while it lasts is no growth, and a follow-up may be under way just now
            Thread.sleep(look == 0 ? 0 : 400);
            figures.merge(
                    Figure.THREADS, (double) ManagementFactory.getThreadMXBean().getThreadCount(), Math::min);
            figures.merge(Figure.DESCRIPTORS, descriptors(), Math::min);
            figures.merge(Figure.MAPS, (double) Heap.mapEntries(), Math::min);
            figures.merge(Figure.HEAP, kilobytes(Heap.used()), Math::min);
        }
        return figures;
    }

    private List<Long> durations() {
        synchronized (durations) {
            return durations.stream().sorted().toList();
        }
    }

    /** Nanoseconds since the start. */
    private static long processor() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private static double descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    private static double kilobytes(long bytes) {
        return bytes / 1024.0;
    }

    private static long size(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .mapToLong(file -> {
                        try {
                            return Files.size(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sum();
        }
    }

    private int verdict(Months months, long began) throws IOException, JMException {
        long requests = 0;
        for (Configuration configuration : configurations) {
            for (var each : engine.requests(configuration.name()).values()) {
                requests += each.getAsLong();
            }
        }
        out.printf(
                Locale.FRENCH,
                "%d configurations, %d passages (%d en échec), %d requêtes, %d ko de données, en %d s%n",
                configurations.size(),
                runs * configurations.size(),
                broken.sum(),
                requests,
                size(data(), "") / 1024,
                (System.nanoTime() - began) / 1_000_000_000L);
        List<String> growth = months.growth();
        if (growth.isEmpty()) {
            out.println("rien ne grandit");
            return 0;
        }
        growth.forEach(each -> out.println("grandit : " + each));
        Heap.mostNumerous().forEach(out::println);
        return 1;
    }

    private void clean() throws IOException {
        if (school != null) {
            school.close();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
