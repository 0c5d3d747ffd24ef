package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.memory.EveningStore.Known;
import fr.moncampus.ecal.memory.EveningStore.Turn;
import fr.moncampus.ecal.sync.Outlook;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an evening is compared with, and whose turn it is. */
class EveningStoreTest {
    private static final LocalDate MONDAY = LocalDate.parse("2026-10-05");
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);

    @TempDir
    private Path folder;

    private Database database;
    private EveningStore store;

    @BeforeEach
    void open() {
        database = Database.open(folder);
        store = new EveningStore(database, "alice", "0a1b2c3d");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anEveningHasOneTurnAndIsComparedWithTheOneBefore() {
        assertThat(store.take(MONDAY, lessonsOn(MONDAY, "08:00")))
                .as("nothing to compare with")
                .isEqualTo(new Turn(true, null));
        assertThat(store.take(MONDAY, lessonsOn(MONDAY, "09:00"))).isEqualTo(new Turn(false, null));

        assertThat(store.take(TUESDAY, lessonsOn(TUESDAY, "10:00")))
                .isEqualTo(new Turn(true, new Known(MONDAY, lessonsOn(MONDAY, "08:00"))));
    }

    @Test
    void whatWasKnownOnTheLastDayOfLessonsIsKeptOverAFreeDay() {
        store.take(MONDAY, lessonsOn(MONDAY, "08:00"));
        store.take(TUESDAY, lessonsOn(WEDNESDAY, "14:00"));

        assertThat(store.take(WEDNESDAY, lessonsOn(WEDNESDAY, "15:00")).known())
                .isEqualTo(new Known(MONDAY, lessonsOn(MONDAY, "08:00")));
        assertThat(store.take(WEDNESDAY.plusDays(1), lessonsOn(MONDAY, "08:00")).known())
                .isEqualTo(new Known(WEDNESDAY, lessonsOn(WEDNESDAY, "15:00")));
    }

    @Test
    void whatAClockThatWasAheadHasLeftIsNotCompared() {
        store.take(WEDNESDAY, lessonsOn(WEDNESDAY, "08:00"));

        assertThat(store.take(MONDAY, lessonsOn(MONDAY, "08:00"))).isEqualTo(new Turn(true, null));
        assertThat(store.take(TUESDAY, lessonsOn(TUESDAY, "08:00")).known().day())
                .isEqualTo(MONDAY);
    }

    @Test
    void eachConfigurationAndEachCalendarHasItsOwn() {
        store.take(MONDAY, lessonsOn(MONDAY, "08:00"));

        assertThat(new EveningStore(database, "bob", "0a1b2c3d").take(TUESDAY, lessonsOn(TUESDAY, "08:00")))
                .isEqualTo(new Turn(true, null));
        assertThat(new EveningStore(database, "alice", "ffffffff").take(MONDAY, lessonsOn(MONDAY, "09:00")))
                .isEqualTo(new Turn(true, null));
        assertThat(new EveningStore(database, "alice", "ffffffff")
                        .take(TUESDAY, lessonsOn(TUESDAY, "08:00"))
                        .known())
                .as("another calendar takes the place of the one before")
                .isEqualTo(new Known(MONDAY, lessonsOn(MONDAY, "09:00")));
    }

    private static Outlook lessonsOn(LocalDate day, String start) {
        return new Outlook(Map.of(
                day.toString(), List.of(new Outlook.Lesson("mc-0a1b2c3d-1", "Algorithmique", start, "B110", ""))));
    }
}
