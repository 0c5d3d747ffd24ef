package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.JumpingClock;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.LoginStore;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.moncampus.LoginHistory;
import fr.moncampus.ecal.time.WatchedClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of an engine, and that of its logins, which may be another. */
class MemoriesTest {
    private static final Instant NOW = Instant.parse("2026-10-05T06:00:00Z");
    private static final Duration AHEAD = Duration.ofDays(3);

    @TempDir
    private Path folder;

    private final JumpingClock time = new JumpingClock(NOW);
    private final WatchedClock clock = time.watched();

    @Test
    void loginsOfTheirOwnMoveWithTheClockAsWell() {
        MemoryPlace here = MemoryPlace.in(folder.resolve("here"));
        MemoryPlace shared = MemoryPlace.in(folder.resolve("shared"));
        try (Memories memories = Memories.open(here, shared, clock)) {
            assertThat(memories.logins()).isNotSameAs(memories.database());
            refuse(memories.database());
            refuse(memories.logins());
            time.jump(AHEAD);
            clock.instant();

            assertThat(refused(memories.database())).isEqualTo(NOW.plus(AHEAD));
            assertThat(refused(memories.logins())).isEqualTo(NOW.plus(AHEAD));
        }
        try (Memories memories = Memories.open(here, shared, clock)) {
            memories.close();
            assertThatThrownBy(() -> refused(memories.database())).isInstanceOf(MemoryException.class);
            assertThatThrownBy(() -> refused(memories.logins())).isInstanceOf(MemoryException.class);
        }
    }

    @Test
    void oneMemoryMovesOnceAndNotAfterItsEnd() {
        MemoryPlace here = MemoryPlace.in(folder);
        Memories memories = Memories.open(here, here, clock);
        assertThat(memories.logins()).isSameAs(memories.database());
        refuse(memories.logins());
        time.jump(AHEAD);
        clock.instant();
        assertThat(refused(memories.logins())).isEqualTo(NOW.plus(AHEAD));
        memories.close();

        time.jump(AHEAD);
        assertThat(clock.instant()).as("nobody is told who has ended").isEqualTo(NOW.plus(AHEAD.multipliedBy(2)));
    }

    @Test
    void whereTheLoginsCannotBeNothingStaysOpen() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> Memories.open(
                        MemoryPlace.in(folder.resolve("here")), MemoryPlace.in(file.resolve("logins")), clock))
                .isInstanceOf(MemoryException.class);
        assertThat(folder.resolve("here/" + Database.FILE + "-wal")).doesNotExist();
    }

    private static void refuse(Database logins) {
        new LoginStore(logins).update("lea@cas", old -> new LoginHistory("salt:hash", NOW, List.of(), null));
    }

    private static Instant refused(Database logins) {
        Instant[] at = new Instant[1];
        new LoginStore(logins).update("lea@cas", old -> {
            at[0] = old.refusedAt();
            return old;
        });
        return at[0];
    }
}
