package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The lock between two processes, of which this one has several threads that want it. */
@Timeout(120)
class RunLockProcessTest {
    @TempDir
    private Path folder;

    private Path file;
    private OtherProcess other;

    @BeforeEach
    void begin() throws Exception {
        file = folder.resolve("alice.lock");
        other = OtherProcess.with(file);
    }

    @AfterEach
    void end() throws Exception {
        other.close();
    }

    @Test
    void whatOneProcessHasNoOtherGets() throws Exception {
        assertThat(other.take()).isTrue();
        assertThat(take(file)).isNull();
        other.leave();
        try (RunLock lock = take(file)) {
            assertThat(lock).isNotNull();
            assertThat(other.take()).isFalse();
        }
        assertThat(other.take()).isTrue();
    }

    @Test
    void aProcessThatDiesLeavesNoLockBehind() throws Exception {
        assertThat(other.take()).isTrue();
        other.close();
        try (RunLock lock = take(file)) {
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void aWaiterThatGivesUpLeavesTheRunInProgressItsLock() throws Exception {
        try (RunLock lock = take(file)) {
            assertThat(lock).isNotNull();
            assertThat(take(file)).isNull();
            assertThat(other.take()).isFalse();
        }
    }

    @Test
    void aWaiterThatIsInterruptedLeavesTheRunInProgressItsLock() throws Exception {
        try (RunLock lock = take(file)) {
            assertThat(lock).isNotNull();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> RunLock.take(file, Duration.ofDays(1), () -> true))
                    .isInstanceOf(InterruptedException.class);
            assertThat(other.take()).isFalse();
        }
    }

    @Test
    void allPathsToTheFileAreOneLock() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("elsewhere"), folder);
        Path linked = Files.createSymbolicLink(folder.resolve("bob.lock"), Files.createFile(file));
        Path relative = Path.of("").toAbsolutePath().relativize(file);
        List<Path> paths = List.of(
                file,
                link.resolve("alice.lock"),
                linked,
                relative,
                folder.resolve("../" + folder.getFileName() + "/./alice.lock"));
        for (Path first : paths) {
            try (RunLock lock = take(first)) {
                assertThat(lock).as("%s", first).isNotNull();
                assertThat(paths).allSatisfy(second -> {
                    assertThat(take(second)).as("%s after %s", second, first).isNull();
                    assertThat(other.take()).isFalse();
                });
            }
        }
    }

    @Test
    void aLockThatIsLeftTwiceIsNotTakenFromWhoHasItNow() throws Exception {
        RunLock first = take(file);
        first.close();
        try (RunLock second = take(file)) {
            assertThat(second).isNotNull();
            first.close();
            assertThat(take(file)).isNull();
            assertThat(other.take()).isFalse();
        }
    }

    @Test
    void neverAreThereTwoAtATime() throws Exception {
        Path counter = Files.writeString(folder.resolve("counter"), "0");
        other.startCounting(counter, 400);
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            threads.add(CompletableFuture.runAsync(() -> OtherProcess.count(file, counter, 200)));
        }
        threads.forEach(CompletableFuture::join);
        other.awaitCounting();

        assertThat(counter).hasContent("1000");
    }

    @Test
    @EnabledIf("linux")
    void aProcessHasOneDescriptorOfALockInUseAndNoneOfOthers() throws Exception {
        try (RunLock lock = take(file)) {
            assertThat(lock).isNotNull();
            assertThat(take(file)).isNull();
            assertThat(descriptors()).isEqualTo(1);
        }
        assertThat(descriptors()).isZero();
    }

    static boolean linux() {
        return Files.isDirectory(Path.of("/proc/self/fd"));
    }

    private long descriptors() throws IOException {
        Path real = file.toRealPath();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(each -> {
                        try {
                            return Files.readSymbolicLink(each).equals(real);
                        } catch (IOException e) {
                            return false; // that of this very listing
                        }
                    })
                    .count();
        }
    }

    private static RunLock take(Path path) throws IOException, InterruptedException {
        return RunLock.take(path, Duration.ZERO, () -> true);
    }
}
