package fr.moncampus.ecal.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code ./manage.sh soak --endurance}: a year in 400 runs of one configuration, in the JVM of a container. */
class EnduranceIT {
    private static final int PATIENCE_MINUTES = 30;

    @TempDir
    private Path folder;

    @Test
    void nothingGrowsInAYearOfRuns() throws Exception {
        Path out = folder.resolve("out.txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(containerOptions());
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Endurance.class.getName(),
                "--configs",
                "1",
                "--runs",
                "400"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as(Files.readString(out))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        System.out.println(Files.readString(out));
        assertThat(out).content().contains("400 passages", "rien ne grandit");
        assertThat(process.exitValue()).isZero();
    }

    private static List<String> containerOptions() throws IOException {
        return Files.readAllLines(Path.of("docker/java.options")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
