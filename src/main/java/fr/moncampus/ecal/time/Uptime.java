package fr.moncampus.ecal.time;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Nanoseconds since the machine has started. Where the system tells (Linux), time spent asleep counts: the JVM's own monotonic clock
 * stands still while a laptop sleeps, and would make every morning look like a clock that was set forward.
 */
final class Uptime implements LongSupplier {
    private final Path file;
    private final LongSupplier fallback;
    /** What the last reading was ahead of the fallback. */
    private long ahead;

    Uptime() {
        this(Path.of("/proc/uptime"), System::nanoTime);
    }

    Uptime(Path file, LongSupplier fallback) {
        this.file = file;
        this.fallback = fallback;
    }

    @Override
    public synchronized long getAsLong() {
        long nanos = fallback.getAsLong();
        try {
            String seconds = Files.readString(file).split(" ", 2)[0].strip();
            ahead = new BigDecimal(seconds).movePointRight(9).longValueExact() - nanos;
        } catch (IOException | ArithmeticException | NumberFormatException e) {
            // as far ahead as before
        }
        return nanos + ahead;
    }
}
