package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is there, and who is the first to know a job. */
class NodesTest {
    @TempDir
    private Path folder;

    private Database here;
    private Database there;
    private Nodes one;
    private Nodes other;

    @BeforeEach
    void open() {
        MemoryPlace place = PostgresServer.shared().newPlace(folder);
        here = Database.open(place);
        there = Database.open(place);
        one = new Nodes(here, "one");
        other = new Nodes(there, "other");
    }

    @AfterEach
    void close() {
        if (here != null) {
            here.close();
            there.close();
        }
    }

    @Test
    void aJobIsNewToTheFirstThatKnowsIt() {
        assertThat(one.join(Set.of("alice", "bob"))).containsExactlyInAnyOrder("alice", "bob");
        assertThat(other.join(Set.of("bob", "carole"))).containsExactly("carole");
        assertThat(one.join(Set.of("alice", "bob"))).as("joined again").containsExactly("alice");
    }

    @Test
    void whatTheDeadKnewIsForgottenWithThem() {
        one.join(Set.of("alice"));
        here.locks().close();

        assertThat(other.unknown(Set.of("alice", "bob"), Set.of("bob"))).containsExactly("alice");
        assertThat(other.join(Set.of("alice"))).containsExactly("alice");
    }

    @Test
    void whatALivingOneKnowsIsNotUnknown() {
        one.join(Set.of("alice"));
        assertThat(other.unknown(Set.of("alice", "bob", "carole"), Set.of("bob")))
                .containsExactly("carole");
        assertThat(other.count()).isEqualTo(2);
        assertThat(there.locks().tryTake("node one")).as("while it lives").isNull();
        one.close();
        assertThat(there.locks().tryTake("node one")).as("once it has left").isNotNull();
        assertThat(other.count()).isEqualTo(1);
        assertThat(other.unknown(Set.of("alice"), Set.of("bob"))).containsExactly("alice");
    }

    /** Its line was cut, or it was paused: nobody takes over what it still has. */
    @Test
    void whoLosesItsLockTakesAnotherWhenItLooksNext() {
        one.join(Set.of("alice"));
        one.unknown(Set.of(), Set.of("alice"));
        assertThat(other.join(Set.of("alice"))).isEmpty();
        here.locks().close();

        one.unknown(Set.of(), Set.of("alice"));

        assertThat(other.unknown(Set.of("alice"), Set.of("bob"))).isEmpty();
        assertThat(other.count()).isEqualTo(2);
    }

    @Test
    void whoNeverJoinedLeavesNothingBehind() {
        other.join(Set.of("alice"));
        one.close();
        assertThat(other.count()).isEqualTo(1);
    }

    @Test
    void whileSomebodyStartsNothingIsUnknown() {
        one.announce();
        assertThat(other.unknown(Set.of("alice"), Set.of("bob"))).isEmpty();
        assertThat(one.join(Set.of("alice"))).containsExactly("alice");
    }
}
