package fr.moncampus.ecal.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A process of its own that takes and leaves a run lock when it is told to. */
final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    private OtherProcess(Process process) {
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static OtherProcess with(Path lockFile) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-cp",
                folder(RunLock.class) + System.getProperty("path.separator") + folder(OtherProcess.class),
                OtherProcess.class.getName(),
                lockFile.toString());
        return new OtherProcess(
                builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    private static Path folder(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** False when somebody else has it. */
    boolean take() throws IOException {
        return ask("take").equals("taken");
    }

    void leave() throws IOException {
        ask("leave");
    }

    /** Adds one to the number in a file, as often as it is told, each time under the lock. Does not wait until that is done. */
    void startCounting(Path counter, int times) {
        orders.println("count " + times + " " + counter);
    }

    void awaitCounting() throws IOException {
        answers.readLine();
    }

    private String ask(String order) throws IOException {
        orders.println(order);
        return answers.readLine();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        RunLock lock = null;
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            if (order.equals("take")) {
                lock = RunLock.take(file, Duration.ZERO, () -> true);
                System.out.println(lock == null ? "busy" : "taken");
            } else if (order.equals("leave")) {
                lock.close();
                System.out.println("left");
            } else {
                String[] parts = order.split(" ", 3);
                count(file, Path.of(parts[2]), Integer.parseInt(parts[1]));
                System.out.println("counted");
            }
        }
    }

    /** Two that count at the same time would lose one. */
    static void count(Path lockFile, Path counter, int times) {
        try {
            for (int done = 0; done < times; ) {
                try (RunLock lock = RunLock.take(lockFile, Duration.ZERO, () -> true)) {
                    if (lock == null) {
                        Thread.yield();
                        continue;
                    }
                    int number = Integer.parseInt(Files.readString(counter));
                    Files.writeString(counter, String.valueOf(number + 1));
                    done++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
