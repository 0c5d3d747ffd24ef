package fr.moncampus.ecal.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A process, as the kernel sees it. */
final class MeasuredProcess {
    private static final double TICKS_A_SECOND = 100;

    private final Process process;
    private final Path files;
    private long threads;
    private long sockets;

    MeasuredProcess(Process process) {
        this.process = process;
        this.files = Path.of("/proc", String.valueOf(process.pid()));
    }

    void look() {
        threads = Math.max(threads, status("Threads"));
        try (Stream<Path> all = Files.list(files.resolve("fd"))) {
            sockets = Math.max(sockets, all.filter(CrowdBench::isSocket).count());
        } catch (IOException e) {
            throw new IllegalStateException("un nœud s'est arrêté, ou ce système n'a pas de /proc", e);
        }
    }

    /** A number of its status; memory is in kilobytes. */
    long status(String field) {
        try (Stream<String> lines = Files.lines(files.resolve("status"))) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new IllegalStateException("un nœud s'est arrêté, ou ce système n'a pas de /proc", e);
        }
    }

    /** At most, when somebody looked. */
    long threads() {
        return threads;
    }

    /** At most, when somebody looked. */
    long sockets() {
        return sockets;
    }

    double cpuSeconds() {
        try {
            // behind the name, which may hold anything
            String[] numbers = Files.readString(files.resolve("stat"))
                    .replaceFirst("^.*\\) ", "")
                    .split(" ");
            return (Long.parseLong(numbers[11]) + Long.parseLong(numbers[12])) / TICKS_A_SECOND;
        } catch (IOException e) {
            throw new IllegalStateException("un nœud s'est arrêté, ou ce système n'a pas de /proc", e);
        }
    }

    void end() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
