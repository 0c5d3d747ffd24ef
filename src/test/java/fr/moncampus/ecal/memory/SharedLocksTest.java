package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.Threads;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, as far as PostgreSQL can see, that want one lock. */
@Timeout(120)
class SharedLocksTest {
    @TempDir
    private Path folder;

    private MemoryPlace place;
    private SharedLocks one;
    private SharedLocks other;

    @BeforeEach
    void open() {
        place = PostgresServer.shared().newPlace(folder);
        one = locks(place);
        other = locks(place);
    }

    @AfterEach
    void close() {
        if (one != null) {
            one.close();
            other.close();
        }
    }

    @Test
    void whatOneHasNobodyElseGets() {
        HeldLock held = one.tryTake("alice");
        assertThat(held).isNotNull();
        assertThatCode(held::check).doesNotThrowAnyException();
        assertThat(one.tryTake("alice"))
                .as("another thread of the same process")
                .isNull();
        assertThat(other.tryTake("alice")).isNull();
        assertThat(other.tryTake("bob")).isNotNull();

        held.close();
        assertThatThrownBy(held::check).as("given back").isInstanceOf(MemoryException.class);
        HeldLock next = other.tryTake("alice");
        assertThat(next).isNotNull();
        held.close();
        assertThatCode(next::check)
                .as("left twice, it is not taken from who has it now")
                .doesNotThrowAnyException();
    }

    @Test
    void whoWaitsGetsItWhenItIsFree() throws Exception {
        HeldLock held = one.tryTake("alice");
        CompletableFuture<HeldLock> waiting = CompletableFuture.supplyAsync(() -> take(other));
        held.close();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aSessionThatEndsTakesItsLocksAlongForGood() throws Exception {
        HeldLock held = one.tryTake("alice");
        endSessions();

        assertThatThrownBy(held::check).isInstanceOf(MemoryException.class).hasMessageContaining("relais");
        assertThat(take(other)).isNotNull();
        assertThat(one.tryTake("alice")).as("with its next session").isNull();
        assertThat(one.tryTake("bob")).as("with its next session").isNotNull();
        assertThatThrownBy(held::check).isInstanceOf(MemoryException.class);
    }

    @Test
    void whoeverFindsThatTheSessionHasEndedTheNextGetsANewOne() throws Exception {
        HeldLock held = one.tryTake("alice");
        endSessions();
        assertThatThrownBy(() -> one.tryTake("bob")).isInstanceOf(MemoryException.class);
        assertThat(one.tryTake("bob")).isNotNull();
        assertThatThrownBy(held::check).isInstanceOf(MemoryException.class);

        held = one.tryTake("alice");
        endSessions();
        held.close();
        assertThat(one.tryTake("bob")).isNotNull();

        endSessions();
        one.beat();
        assertThat(one.tryTake("bob")).isNotNull();
    }

    @Test
    void theServerHearsOfThisProcessByAThreadThatKeepsNoProcessAlive() throws Exception {
        AtomicReference<SharedLocks> third = new AtomicReference<>();
        List<Thread> beating = Threads.begunBy("shared-locks", () -> third.set(locks(place)));
        third.get().beat();
        assertThat(beating).hasSize(1).allMatch(Thread::isDaemon);

        third.get().close();

        beating.get(0).join();
    }

    /** The other then has it: what was taken is given back. */
    @Test
    void aMachineWhoseClockIsMoreThanAMinuteOffGetsNone() {
        for (int seconds : List.of(-65, 65)) {
            try (SharedLocks wrong =
                    new SharedLocks(place, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds)))) {
                assertThatThrownBy(() -> wrong.tryTake("alice"))
                        .isInstanceOf(MemoryException.class)
                        .hasMessageContaining("horloge");
                one.tryTake("alice").close();
            }
        }
        try (SharedLocks nearly = new SharedLocks(place, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(30)))) {
            assertThat(nearly.tryTake("alice")).isNotNull();
        }
    }

    /** Neither side is told: the one notices when it looks, the server when it has heard nothing for a while. */
    @Test
    void aLineThatStallsLosesTheLockOnBothSides() throws Exception {
        try (Proxy proxy = new Proxy(PostgresServer.shared().port());
                SharedLocks far = locks(PostgresServer.by(place, proxy.port()))) {
            HeldLock held = far.tryTake("alice");
            assertThat(other.tryTake("alice")).isNull();
            long begun = System.nanoTime();
            proxy.stall();

            assertThatThrownBy(held::check).isInstanceOf(MemoryException.class);
            assertThat(take(other)).isNotNull();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(SharedLocks.SILENCE_SECONDS + 5L));
        }
    }

    @Test
    void whoIsNotPatientOrIsAskedToLeaveGoesWithoutIt() throws Exception {
        HeldLock held = one.tryTake("alice");
        assertThat(other.take("alice", Duration.ZERO, () -> true)).isNull();
        assertThat(other.take("alice", Duration.ofDays(1), () -> false)).isNull();
        held.close();
        assertThat(other.take("alice", Duration.ZERO, () -> true)).isNotNull();
    }

    @Test
    void ofSeveralThatAreWorthTheSameEachIsTakenOnceAndASessionThatWasLostIsReplaced() throws Exception {
        HeldLock first = one.tryTakeOne("place", 2);
        HeldLock second = other.tryTakeOne("place", 2);
        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        assertThat(one.tryTakeOne("place", 2)).isNull();
        second.close();
        assertThat(one.tryTakeOne("place", 2)).isNotNull();

        endSessions();
        assertThatThrownBy(() -> one.tryTakeOne("place", 2)).isInstanceOf(MemoryException.class);
        assertThat(one.tryTakeOne("place", 2)).isNotNull();
        assertThatThrownBy(first::check).as("of the session before").isInstanceOf(MemoryException.class);
    }

    private void endSessions() throws Exception {
        try (Connection admin = PostgresServer.connect(place);
                Statement statement = admin.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND application_name = 'moncampus-ecal locks'");
        }
    }

    private static SharedLocks locks(MemoryPlace place) {
        return new SharedLocks(place, Clock.systemUTC());
    }

    private static HeldLock take(SharedLocks locks) {
        try {
            return locks.take("alice", Duration.ofSeconds(60), () -> true);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
