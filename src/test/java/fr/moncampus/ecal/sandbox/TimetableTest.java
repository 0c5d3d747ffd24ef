package fr.moncampus.ecal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.moncampus.ecal.MovableClock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimetableTest {
    private static final LocalDateTime SUMMER = LocalDateTime.parse("2026-04-07T10:00");
    private static final LocalDateTime WINTER = LocalDateTime.parse("2026-12-08T10:00");

    private final MovableClock clock = new MovableClock("2026-04-07T07:00:00Z");
    private final Sandbox sandbox = Sandbox.start(Options.standard()
            .at(clock)
            .student("prenom.nom", "x")
            .sessions(List.of(
                    Session.of(20, "Anglais", "B204", SUMMER)
                            .withTeams("https://teams.example/main?a=1", "https://teams.example/second"),
                    Session.of(10, "Java", "Aucune", WINTER))));
    private final Timetable timetable = sandbox.timetable();
    private final Browser browser = new Browser();

    @BeforeEach
    void logIn() {
        browser.logIn(sandbox);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void timesCarryTheTimeBug() {
        assertThat(rows().get(0).get("Start").asText()).isEqualTo("2026-04-07T12:00:00+02:00");
        assertThat(rows().get(1).get("Start").asText()).isEqualTo("2026-12-08T11:00:00+01:00");
        assertThat(rows().get(1).get("End").asText()).isEqualTo("2026-12-08T12:30:00+01:00");
    }

    @Test
    void theEnvelopeIsComplete() {
        JsonNode envelope = envelope();

        assertThat(envelope.get("Total").asInt()).isEqualTo(2);
        assertThat(envelope.get("Errors").isNull()).isTrue();
        assertThat(envelope.get("AggregateResults").isNull()).isTrue();
    }

    @Test
    void theTeamsLinkIsHtmlWithTheLoginInIt() {
        assertThat(rows().get(0).get("TeamsUrl").asText())
                .startsWith("<a href=\"https://teams.example/main?a=1&amp;Tel=prenom.nom\"")
                .contains("/second?Tel=prenom.nom");
        assertThat(rows().get(1).get("TeamsUrl").isNull()).isTrue();
        sandbox.set(Switch.TEAMS_KEY, "TeamsURL");
        assertThat(rows().get(0).has("TeamsURL")).isTrue();
    }

    /** The session is from 08:00Z to 09:30Z, or naively from 10:00Z to 11:30Z. */
    @ParameterizedTest
    @CsvSource({
        "overlap, 09:29, 10:00, 1", "overlap, 09:30, 10:00, 0", "inside, 08:00, 09:30, 1", "inside, 08:01, 09:30, 0",
        "inside, 08:00, 09:29, 0", "starts, 08:00, 08:01, 1", "starts, 08:01, 12:00, 0", "starts, 07:00, 08:00, 0",
        "naive, 08:00, 10:00, 0", "naive, 11:29, 12:00, 1"
    })
    void theRangeIsReadAsTheSwitchSays(String range, String from, String to, int rows) {
        sandbox.set(Switch.RANGE, range);

        String answer = browser.get(sandbox.timetableUrl() + "/Home/Get?sort=&dateDebut=2026-04-07T" + from
                        + ":00Z&dateFin=2026-04-07T" + to + ":00Z")
                .body();

        assertThat(Json.parse(answer).get("Total").asInt()).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource({"''", "?dateDebut=2026-04-07T00:00:00Z", "?dateDebut=x&dateFin=y"})
    void withoutBothDatesThereIsAnError(String query) {
        assertThat(browser.get(sandbox.timetableUrl() + "/Home/Get" + query).statusCode())
                .isEqualTo(500);
    }

    @Test
    void theSchoolChangesWhatItLikes() {
        timetable.move(20, SUMMER.plusDays(1));
        timetable.changeRoom(20, "A012");
        timetable.rename(10, "Java avancé");
        timetable.renumber(10, 11);

        assertThat(timetable.find(20).end()).isEqualTo(SUMMER.plusDays(1).plusMinutes(90));
        assertThat(rows().get(0).get("Salles").asText()).isEqualTo("A012");
        assertThat(rows().get(1).get("Commentaire").asText()).isEqualTo("Java avancé");
        assertThat(numbers()).containsExactly("20", "11");
        timetable.duplicate(20);
        timetable.dropNumber(11);
        timetable.addRaw("{\"NoCours\":\"??\"}");
        assertThat(numbers()).containsExactly("20", "20", "null", "??");
        timetable.cancel(20);
        timetable.removeRaw();
        assertThat(numbers()).containsExactly("20", "null");
    }

    @Test
    void twoStudentsSeeTheirOwnTimetables() {
        sandbox.enrol("autre.nom", "y", List.of(Session.of(99, "Droit", "A1", SUMMER)));
        Browser other = new Browser();

        String answer = other.follow(other.submit(other.open(Browser.timetable(sandbox)), "autre.nom", "y"))
                .body();

        assertThat(Json.parse(answer).get("Data").findValuesAsText("NoCours")).containsExactly("99");
        assertThat(numbers()).containsExactly("20", "10");
    }

    private JsonNode envelope() {
        return Json.parse(browser.open(Browser.timetable(sandbox)).body());
    }

    private JsonNode rows() {
        return envelope().get("Data");
    }

    private List<String> numbers() {
        List<String> numbers = new ArrayList<>();
        rows().forEach(row -> numbers.add(row.get("NoCours").asText()));
        return numbers;
    }
}
