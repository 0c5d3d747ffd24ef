package fr.moncampus.ecal.simulation;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code ./manage.sh soak}: simulates seed after seed, tells how far it is, and stops at the first that breaks a promise (or at another one, by
 * {@code --failures}), or when it is told to.
 */
public final class Soak implements Seeds.Listener {
    private static final long DEFAULT_SEEDS = 100_000;
    private static final Duration EVERY = Duration.ofSeconds(10);
    private final PrintStream out;
    private final PrintStream err;
    private final Variant variant;
    private final AtomicBoolean stop = new AtomicBoolean();
    private long seeds = DEFAULT_SEEDS;
    private long from;
    private long maxFailures = 1;
    private int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    private long start;
    private long told;
    private long toldSeeds;
    private double toldProcessor;

    Soak(PrintStream out, PrintStream err) {
        this(out, err, null);
    }

    /** @param variant null for the program as it is */
    Soak(PrintStream out, PrintStream err, Variant variant) {
        this.out = out;
        this.err = err;
        this.variant = variant;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Soak soak = new Soak(System.out, System.err);
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> soak.interrupt(over)));
        int code;
        try {
            code = soak.run(arguments);
        } finally {
            over.countDown();
        }
        if (!soak.stop.get()) {
            System.exit(code);
        }
    }

    /** Ctrl-C: the seeds under way are finished, and what was done is told. */
    private void interrupt(CountDownLatch over) {
        stop.set(true);
        try {
            over.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stop.set(true);
    }

    /** @return 0 when all is well or it was stopped, 1 when a seed broke a promise, 2 for options that are none */
    int run(String... arguments) throws InterruptedException {
        for (int i = 0; i < arguments.length; i += 2) {
            long value = i + 1 < arguments.length && arguments[i + 1].matches("\\d{1,15}")
                    ? Long.parseLong(arguments[i + 1])
                    : -1;
            switch (value < 0 ? "" : arguments[i]) {
                case "--seeds" -> seeds = value;
                case "--from" -> from = value;
                case "--failures" -> maxFailures = Math.max(1, value);
                case "--threads" -> threads = (int) Math.max(1, Math.min(value, 1000));
                default -> {
                    err.println(
                            "erreur : usage : ./manage.sh soak [--seeds N] [--from GRAINE] [--threads N] [--failures N]");
                    return 2;
                }
            }
        }
        Seeds.quiet();
        start = System.nanoTime();
        told = start;
        return report(Seeds.play(from, seeds, variant, threads, maxFailures, stop, this));
    }

    @Override
    public void failed(long seed, Simulation simulation) {
        if (maxFailures > 1) {
            err.println("graine " + seed + " : " + simulation.violations());
        }
    }

    @Override
    public void progress(long done) {
        long now = System.nanoTime();
        if (now - told >= EVERY.toNanos()) {
            told = now;
            double rate = done / seconds(now);
            // on a shared machine the time on the clock says more of the neighbours
            double processor = processor();
            double ofProcessor = (done - toldSeeds) / Math.max(0.01, processor - toldProcessor);
            toldSeeds = done;
            toldProcessor = processor;
            err.printf(
                    Locale.FRENCH,
                    "%d/%d graines, %.1f par seconde, %.1f par seconde de processeur, encore %s%n",
                    done,
                    seeds,
                    rate,
                    ofProcessor,
                    words(Math.round((seeds - done) / rate)));
        }
    }

    private int report(Seeds.Outcome outcome) {
        double seconds = seconds(System.nanoTime());
        out.printf(
                Locale.FRENCH,
                "%d graines à partir de %d, de %d passages, %d écritures chez ECAL, %s, %.1f graines par seconde, %.1f par seconde de processeur%n",
                outcome.seeds(),
                from,
                Simulation.RUNS,
                outcome.writes(),
                words(Math.round(seconds)),
                outcome.seeds() / seconds,
                outcome.seeds() / Math.max(0.01, processor()));
        if (outcome.failures().size() > 1) {
            out.println(outcome.failures().size() + " graines rompent une promesse : "
                    + outcome.failures().keySet());
        }
        if (outcome.failures().isEmpty()) {
            out.println("aucune promesse rompue");
        } else {
            tell(outcome.failures().firstKey(), outcome.failures().firstEntry().getValue());
        }
        if (stop.get() && outcome.seeds() < seeds) {
            long next = from + outcome.seeds();
            out.println("interrompu après la graine " + (next - 1) + " ; pour continuer : ./manage.sh soak --from "
                    + next + " --seeds " + (seeds - outcome.seeds()));
        }
        return outcome.failures().isEmpty() ? 0 : 1;
    }

    private void tell(long seed, Simulation failed) {
        failed.story().forEach(out::println);
        out.println("promesse rompue, graine " + seed + " :");
        failed.violations().forEach(violation -> out.println("  " + violation));
        out.println("pour la rejouer : ./manage.sh soak --from " + seed + " --seeds 1");
    }

    /** Seconds that this process has had of all processors. */
    private static double processor() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
    }

    private double seconds(long now) {
        return Math.max(1, now - start) / 1e9;
    }

    private static String words(long seconds) {
        return seconds < 60
                ? seconds + " s"
                : seconds < 3600
                        ? seconds / 60 + " min " + seconds % 60 + " s"
                        : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }
}
