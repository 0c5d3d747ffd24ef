package fr.moncampus.ecal.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The finished program as a process of its own: the jar that {@code mvn package} made, in a small heap. */
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    static final Path JAR = Path.of(System.getProperty("basedir", ""), "target/moncampus-ecal/moncampus-ecal.jar")
            .toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path out;
    private final Path err;

    /** What a process left when it ended. */
    record Outcome(int exit, String out, String err) {

        /** The lines of {@code --format json}; fails when standard output holds anything else. */
        List<JsonNode> json() {
            return out.lines().map(Outcome::parse).toList();
        }

        JsonNode json(String config) {
            return json().stream()
                    .filter(line -> line.path("config").asText().equals(config))
                    .findFirst()
                    .orElseThrow(() -> new NoSuchElementException("no line of " + config + " in:\n" + this));
        }

        private static JsonNode parse(String line) {
            try {
                return JSON.readTree(line);
            } catch (JsonProcessingException e) {
                throw new AssertionError("standard output holds something else than JSON: " + line, e);
            }
        }

        @Override
        public String toString() {
            return "exit " + exit + "\n--- standard output\n" + out + "--- standard error\n" + err;
        }
    }

    /** The classes of a run, loaded once and shared by all processes of the tests: each starts in two thirds of the time. */
    private static final class Archive {
        private static final List<String> OPTIONS = make();

        private static List<String> make() {
            Path file = JAR.resolveSibling("../end-to-end.jsa").normalize();
            try (Workplace workplace = new Workplace()) {
                workplace.person("training", 1);
                try (Program training = start(
                        workplace.folder(),
                        null,
                        List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable"),
                        List.of("sync"),
                        Map.of())) {
                    training.await();
                }
            }
            // without the JVM's own warnings, which go to standard output: an archive that it cannot use is no matter
            return List.of("-XX:SharedArchiveFile=" + file, "-Xlog:disable");
        }
    }

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * @param folder      where it is started, and where its output is kept
     * @param environment added to the test's own, of which nothing that steers the program is left
     */
    static Program start(
            Path folder, List<String> properties, Map<String, String> environment, List<String> arguments) {
        return start(folder, null, properties, environment, arguments);
    }

    /** @param out where standard output goes; null: it is kept */
    static Program start(
            Path folder, Path out, List<String> properties, Map<String, String> environment, List<String> arguments) {
        return start(
                folder,
                out,
                Stream.concat(Archive.OPTIONS.stream(), properties.stream().map(property -> "-D" + property))
                        .toList(),
                arguments,
                environment);
    }

    private static Program start(
            Path folder, Path target, List<String> options, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(arguments);
        try {
            Path out = Files.createTempFile(folder, "out-", ".txt");
            Path err = Files.createTempFile(folder, "err-", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput((target == null ? out : target).toFile())
                    .redirectError(err.toFile());
            List.of(
                            "CONFIG_FILE",
                            "CONFIGS_DIR",
                            "ROUTES_DIR",
                            "DATA_DIR",
                            "LOG_LEVEL",
                            "JAVA_TOOL_OPTIONS",
                            "LANG",
                            "LC_ALL",
                            "MANAGEMENT_HOST",
                            "MANAGEMENT_PORT",
                            "MEMORY_URL",
                            "MEMORY_USER",
                            "MEMORY_PASSWORD",
                            "MEMORY_PASSWORD_FILE",
                            "FEED_HOST",
                            "FEED_PORT",
                            "FEED_PUBLISHED",
                            "PAGE_HOST",
                            "PAGE_PUBLISHED_HOST",
                            "PAGE_NAMES")
                    .forEach(builder.environment()::remove);
            // it writes to the home of whoever runs the tests
            builder.environment().put("CAMEL_CLI", "false");
            // two at once would want the same port
            builder.environment().put("PAGE_PORT", "0");
            builder.environment().putAll(environment);
            return new Program(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that its standard input will ever hold. */
    Program type(String... lines) {
        try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
            input.write(String.join("\n", lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** SIGTERM. */
    Program terminate() {
        process.destroy();
        return this;
    }

    /** SIGKILL. */
    Program kill() {
        process.destroyForcibly();
        return this;
    }

    /** By name, such as STOP and CONT. */
    Program signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill -" + name + " ended with " + code);
            }
            return this;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Outcome await() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                tellThreads();
                process.destroyForcibly();
                throw new AssertionError("still running after " + PATIENCE.toSeconds() + " s:\n"
                        + new Outcome(-1, read(out), read(err)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return new Outcome(process.exitValue(), read(out), read(err));
    }

    /** What everybody on this machine can read of a process while it runs. */
    String arguments() {
        Path line = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
        return Files.exists(line)
                ? read(line).replace('\0', ' ')
                : process.info().commandLine().orElseThrow();
    }

    /** Waits until something is so while the program runs. */
    Program until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > deadline || process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    if (condition.getAsBoolean()) {
                        break;
                    }
                    tellThreads();
                    throw new AssertionError("it never came to that:\n" + new Outcome(-1, read(out), read(err)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return this;
    }

    /** A program that hangs writes what each of its threads waits for to its standard output. */
    private void tellThreads() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        try {
            new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            while (!read(out).contains("JNI global refs") && System.nanoTime() < deadline) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line of the log. @param words any of them */
    Program untilLogged(String... words) {
        return until(() -> Stream.of(words).anyMatch(read(err)::contains));
    }

    private static String read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
