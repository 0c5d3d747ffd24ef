package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.http.LimitStore.Place;
import fr.moncampus.ecal.http.Pace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three processes, as far as PostgreSQL can see, that spare one host together. */
@Timeout(120)
class SharedLimitsTest {
    private static final int PLACES = 5;

    @TempDir
    private Path folder;

    private MemoryPlace memory;
    private final List<Database> databases = new ArrayList<>();
    private List<SharedLimits> all;

    @BeforeEach
    void open() {
        memory = PostgresServer.shared().newPlace(folder);
        for (int i = 0; i < 3; i++) {
            databases.add(Database.open(memory));
        }
        all = databases.stream().map(SharedLimits::new).toList();
    }

    @AfterEach
    void close() {
        databases.forEach(Database::close);
    }

    @Test
    void togetherTheyHaveNoMoreThanThePlacesOfAHostAndADeadOneGivesItsOwnBack() {
        List<Place> taken = takeAll();
        assertThat(taken).hasSize(PLACES);
        assertThat(all.get(1).place("calendar", PLACES)).as("another host").isNotNull();
        taken.get(0).close();
        taken.get(0).close();
        assertThat(takeAll()).as("one was left").hasSize(1);

        databases.get(0).locks().close();
        List<Place> freed = takeAll();
        assertThat(freed).as("those of the one that has died").hasSizeBetween(1, 2);
        assertThat(takeAll()).isEmpty();
    }

    /** In turn, as long as there are any. */
    private List<Place> takeAll() {
        return IntStream.range(0, 2 * all.size())
                .mapToObj(i -> all.get(i % all.size()).place("school", PLACES))
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    void whatAHostHasAskedOneForAllKnow() {
        assertThat(all.get(1).pause("school")).isNotPositive();
        all.get(0).pause("school", 120_000);
        all.get(2).pause("school", 1000);
        all.forEach(each -> assertThat(each.pause("school")).isBetween(60_000L, 120_000L));
        assertThat(all.get(1).pause("calendar")).isNotPositive();
    }

    @Test
    void aPauseFromBeforeTheDatabasesClockWasSetBackHoldsNobodyUp() throws Exception {
        all.get(0).pause("school", 120_000);
        sql("UPDATE host SET paused_until = paused_until + 3600000, next_login = paused_until + 3600000");
        assertThat(all.get(1).pause("school")).isNotPositive();
        assertThat(all.get(1).turn("school", new Pace(60))).isZero();
        all.get(1).pause("school", 2000);
        assertThat(all.get(2).pause("school")).isBetween(1L, 2000L);
    }

    @Test
    void turnsAreTakenFromOneRow() {
        Pace pace = new Pace(20);
        List<Long> waits = Stream.iterate(0, i -> i + 1)
                .limit(6)
                .parallel()
                .map(i -> all.get(i % all.size()).turn("school", pace))
                .sorted()
                .toList();
        assertThat(waits.subList(0, 2)).containsOnly(0L);
        for (int i = 2; i < waits.size(); i++) {
            assertThat(waits.get(i)).isBetween((i - 2) * 3000L, (i - 1) * 3700L);
        }
        all.get(0).pause("school", 1000);
        assertThat(all.get(1).turn("school", pace))
                .as("a pause leaves the turns")
                .isGreaterThan(10_000L);
    }

    private void sql(String sql) throws Exception {
        try (Connection connection = PostgresServer.connect(memory);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
