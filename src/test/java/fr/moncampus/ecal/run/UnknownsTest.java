package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Switch;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody knows of MonCampus and ECAL makes no difference to the calendar. */
@Timeout(60)
class UnknownsTest {
    /** These stand for trouble, whose tests are elsewhere. */
    private static final Set<Switch> TROUBLE = Set.of(
            Switch.FOREIGN,
            Switch.INTERMEDIATE_PAGE,
            Switch.SERVICE,
            Switch.LOOP,
            Switch.PAGES,
            Switch.LISTING_LAG,
            Switch.UNKNOWN_CALENDAR);

    @TempDir
    private Path folder;

    private Stage stage;

    @AfterEach
    void close() {
        stage.close();
    }

    /** Between them the rounds have every value of every switch. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void aCalendarGetsInStepAndStaysSo(int round) throws Exception {
        stage = new Stage(folder, 130).start();
        for (Switch each : Switch.values()) {
            if (!TROUBLE.contains(each)) {
                stage.sandbox.set(
                        each, each.choices().get(round % each.choices().size()));
            }
        }
        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::exitCode)
                .containsExactly(130, 0);

        Session moved = stage.sandbox.timetable().sessions().get(60);
        Session cancelled = stage.sandbox.timetable().sessions().get(61);
        stage.sandbox.timetable().move(moved.noCours(), moved.start().plusHours(1));
        stage.sandbox.timetable().cancel(cancelled.noCours());
        stage.sandbox.makeSessionsStale();
        stage.clock.forward("PT31M");
        assertThat(stage.result())
                .extracting(RunResult::updated, RunResult::waiting)
                .containsExactly(1, 1);
        stage.clock.forward("PT31M");
        assertThat(stage.result().deleted()).isEqualTo(1);

        stage.clock.forward("PT31M");
        stage.sandbox.log().clear();
        RunResult last = stage.result();
        assertThat(last).extracting(RunResult::unchanged, RunResult::exitCode).containsExactly(129, 0);
        assertThat(stage.asked()).as("nothing to say, nothing sent").containsOnly("GET");
        assertThat(stage.sandbox.calendar().events()).hasSize(129);
    }

    @Test
    void aCalendarThatDoesNotExistIsAnErrorEvenIfItsListingIsEmpty() throws Exception {
        stage = new Stage(folder, 20).start("ecal_calendar_id: " + "f".repeat(24));
        stage.sandbox.set(Switch.UNKNOWN_CALENDAR, "204");

        assertThat(stage.result().failed()).isPositive();
        assertThat(stage.asked("POST")).as("it gives up").isLessThan(20);
    }
}
