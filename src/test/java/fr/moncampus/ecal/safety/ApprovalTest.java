package fr.moncampus.ecal.safety;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.sync.Plan;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a checksum releases is what was shown with it, and nothing else. */
class ApprovalTest {
    private static final int HELD = 11;
    private final Installation installation = new Installation(20);
    private String shown;

    @BeforeEach
    void moreAreCancelledThanTheRulesAllow() {
        installation.sync();
        for (int course = 1; course <= HELD; course++) {
            installation.sandbox().timetable().cancel(course);
        }
        hour();
        installation.sync();
        hour();
        assertThat(installation.sync().held()).isEqualTo(HELD);
        Plan plan = installation.run(Purpose.PLAN).plan();
        assertThat(plan.held()).hasSize(HELD).allMatch(held -> held.reason() == Plan.Reason.TOO_MANY);
        shown = plan.checksum();
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void theShownDeletionsAreCarriedOut() {
        RunResult result = approve();

        assertThat(result.deleted()).isEqualTo(HELD);
        assertThat(result.exitCode()).isZero();
        installation.isInStep();
        hour();
        assertThat(installation.sync().unchanged()).isEqualTo(20 - HELD);
    }

    @Test
    void whatTheSchoolChangedSinceIsLeftToTheNextSync() {
        installation.sandbox().timetable().add(Installation.courses(21).get(20));
        installation.sandbox().timetable().changeRoom(15, "C300");

        RunResult result = approve();

        assertThat(result.deleted()).isEqualTo(HELD);
        assertThat(result.created() + result.updated()).isZero();
        hour();
        RunResult next = installation.sync();
        assertThat(next.created()).isEqualTo(1);
        assertThat(next.updated()).isEqualTo(1);
        installation.isInStep();
    }

    @Test
    void aCourseThatCameBackVoidsTheApproval() {
        installation.sandbox().timetable().add(Installation.courses(20).get(2));
        isRefused();
    }

    @Test
    void anotherCancelledCourseVoidsTheApproval() {
        installation.sandbox().timetable().cancel(16);
        hour();
        installation.sync();
        hour();
        isRefused();
    }

    @Test
    void anEventThatSomebodyChangedInTheCalendarVoidsTheApproval() {
        String id = installation.events().stream()
                .filter(event -> event.path("name").asText().equals("Cours 3"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        installation.sandbox().calendar().change(id, "name", "Examen, à garder");
        isRefused();
    }

    @Test
    void anEventThatIsGoneVoidsTheApproval() {
        installation
                .sandbox()
                .calendar()
                .remove(installation.events().stream()
                        .filter(event -> event.path("name").asText().equals("Cours 3"))
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asText());
        isRefused();
    }

    @Test
    void anyOtherSumReleasesNothing() {
        shown = "0123456789ab";
        isRefused();
    }

    private void isRefused() {
        int writes = installation.writes();

        RunResult result = approve();

        assertThat(result.error().kind()).isEqualTo(RunError.Kind.APPROVAL);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(installation.writes()).isEqualTo(writes);
    }

    private RunResult approve() {
        return installation.run(new Purpose(false, shown, null)).result();
    }

    private void hour() {
        installation.later(Duration.ofHours(1));
    }
}
