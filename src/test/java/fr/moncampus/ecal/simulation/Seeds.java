package fr.moncampus.ecal.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.slf4j.LoggerFactory;

/** Many seeds, on all processors, until as many fail as may. */
final class Seeds {
    private static final Path LOCKS = folder();
    /** Held by every seed under way: an interrupted soak finishes those before the folder goes. */
    private static final ReadWriteLock IN_USE = new ReentrantReadWriteLock();

    /** @param failures by seed; the smallest of those that were begun is among them @param writes that succeeded at ECAL */
    record Outcome(long seeds, long writes, TreeMap<Long, Simulation> failures) {}

    private Seeds() {}

    /** The runs of thousands of simulations are no news. */
    static void quiet() {
        ((Logger) LoggerFactory.getLogger("moncampus-ecal")).setLevel(Level.OFF);
    }

    static void loud() {
        ((Logger) LoggerFactory.getLogger("moncampus-ecal")).setLevel(Level.INFO);
    }

    /** A seed through the plan and the clients, without sockets. @param variant null for the program as it is */
    static Simulation play(long seed, Variant variant) {
        try (Memory memory = new SqliteMemory()) {
            return play(seed, variant, memory);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param memory empty */
    static Simulation play(long seed, Variant variant, Memory memory) {
        Simulation simulation = new Simulation(seed, Simulation.ALICE, Simulation.BOB, Simulation.ECAL);
        run(simulation, locks -> new Direct(memory, locks, variant));
        return simulation;
    }

    /** @param place by the folder of its locks */
    static void run(Simulation simulation, Function<Path, Simulation.Place> place) {
        IN_USE.readLock().lock();
        try {
            // one at a time holds a lock, so that every thread needs a folder of its own
            Path locks =
                    Files.createDirectories(LOCKS.resolve(Thread.currentThread().getName()));
            simulation.run(place.apply(locks));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            IN_USE.readLock().unlock();
        }
    }

    static Outcome play(long from, long seeds) throws InterruptedException {
        return play(from, seeds, seed -> play(seed, (Variant) null));
    }

    static Outcome play(long from, long seeds, LongFunction<Simulation> player) throws InterruptedException {
        return play(
                from,
                seeds,
                player,
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                1,
                new AtomicBoolean(),
                new Listener() {});
    }

    /** Told one thing at a time. */
    interface Listener {
        /** After each seed. @param done how many */
        default void progress(long done) {}

        default void failed(long seed, Simulation simulation) {}
    }

    /**
     * @param variant     null for the program as it is
     * @param maxFailures with so many no more are begun
     * @param stop        whether to begin no more; those that were begun are finished
     */
    static Outcome play(
            long from,
            long seeds,
            Variant variant,
            int threads,
            long maxFailures,
            AtomicBoolean stop,
            Listener listener)
            throws InterruptedException {
        return play(from, seeds, seed -> play(seed, variant), threads, maxFailures, stop, listener);
    }

    private static Outcome play(
            long from,
            long seeds,
            LongFunction<Simulation> player,
            int threads,
            long maxFailures,
            AtomicBoolean stop,
            Listener listener)
            throws InterruptedException {
        AtomicLong next = new AtomicLong(from);
        AtomicLong done = new AtomicLong();
        AtomicLong writes = new AtomicLong();
        AtomicBoolean enough = new AtomicBoolean();
        TreeMap<Long, Simulation> failures = new TreeMap<>();
        List<Throwable> broken = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            workers.execute(() -> {
                try {
                    while (!stop.get() && !enough.get()) {
                        long seed = next.getAndIncrement();
                        if (seed >= from + seeds) {
                            return;
                        }
                        Simulation simulation = player.apply(seed);
                        writes.addAndGet(simulation.writes());
                        synchronized (listener) {
                            if (!simulation.violations().isEmpty()) {
                                failures.put(seed, simulation);
                                listener.failed(seed, simulation);
                                enough.set(failures.size() >= maxFailures);
                            }
                            listener.progress(done.incrementAndGet());
                        }
                    }
                } catch (RuntimeException | Error e) {
                    enough.set(true);
                    synchronized (broken) {
                        broken.add(e);
                    }
                }
            });
        }
        workers.shutdown();
        workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        if (!broken.isEmpty()) {
            throw new IllegalStateException("a seed before " + next.get() + " broke the simulation", broken.get(0));
        }
        return new Outcome(done.get(), writes.get(), failures);
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("moncampus-simulation");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        IN_USE.writeLock().lock();
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // only locks
        }
    }
}
