package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunLockTest {
    @TempDir
    private Path folder;

    @Test
    void onlyOneHasItAtATime() throws Exception {
        try (RunLock first = take("alice", Duration.ZERO)) {
            assertThat(first).isNotNull();
            assertThat(take("alice", Duration.ZERO)).isNull();
            try (RunLock other = take("bob", Duration.ZERO)) {
                assertThat(other).isNotNull();
            }
        }
        try (RunLock again = take("alice", Duration.ZERO)) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void whoIsPatientGetsItWhenTheOtherIsDone() throws Exception {
        RunLock first = take("alice", Duration.ZERO);
        CompletableFuture<RunLock> second = CompletableFuture.supplyAsync(() -> {
            try {
                return take("alice", Duration.ofMinutes(1));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(second).isNotDone();
        first.close();

        try (RunLock taken = second.get(30, TimeUnit.SECONDS)) {
            assertThat(taken).isNotNull();
        }
    }

    @Test
    void whoIsAskedToLeaveWaitsNoLonger() throws Exception {
        try (RunLock first = take("alice", Duration.ZERO)) {
            assertThat(first).isNotNull();
            assertThat(RunLock.take(folder.resolve("alice.lock"), Duration.ofDays(1), () -> false))
                    .isNull();
        }
    }

    @Test
    void whereNoFileCanBeThereIsNoLock() {
        assertThatThrownBy(() -> take("missing/alice", Duration.ZERO)).isInstanceOf(IOException.class);
    }

    private RunLock take(String name, Duration patience) throws IOException, InterruptedException {
        return RunLock.take(folder.resolve(name + ".lock"), patience, () -> true);
    }
}
