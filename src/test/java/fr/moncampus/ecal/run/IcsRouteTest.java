package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Switch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Feeds as schools give them out, by the route as it is shipped. */
class IcsRouteTest {
    private static final int SESSIONS = 20;
    private static final String TOKEN = "5ec4e700ken";

    @TempDir
    Path folder;

    private Stage stage;

    @BeforeEach
    void school() {
        stage = new Stage(folder, SESSIONS);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void start(String dialect, String... lines) throws Exception {
        stage.sandbox.set(Switch.FEED_DIALECT, dialect);
        stage.configureFeed("alice", Stage.STUDENT, lines).open(false);
    }

    @ParameterizedTest
    @CsvSource({"hyperplanning, Hyperplanning", "pronote, PRONOTE", "ade, ADE", "plain, iCalendar"})
    void theDialectIsRecognisedAndItsWordsAreRead(String dialect, String label) throws Exception {
        start(dialect);
        Run run = stage.sync();

        Session session = stage.sandbox.timetable().sessions().get(0);
        assertThat(run.kind()).isEqualTo("flux " + label);
        assertThat(stage.sandbox.calendar().events())
                .filteredOn(event -> event.path("startDate")
                                .asText()
                                .equals(session.start().toLocalDate().toString())
                        && event.path("startTime")
                                .asText()
                                .equals(session.start().toLocalTime().toString()))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.path("name").asText()).isEqualTo(name(session));
                    assertThat(event.path("location").asText()).isEqualTo(session.salle());
                    assertThat(event.path("details").asText()).contains(session.prof(), session.groupe());
                    assertThat(event.path("timezone").asText()).isEqualTo("Europe/Paris");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"hyperplanning", "pronote", "plain"})
    void aCancelledSessionThatTheFeedShowsIsOneUpdate(String dialect) throws Exception {
        start(dialect);
        stage.sync();
        Session gone = stage.sandbox.timetable().sessions().get(SESSIONS / 2);
        stage.sandbox.timetable().cancel(gone.noCours());

        assertThat(stage.result())
                .extracting(RunResult::updated, RunResult::created, RunResult::waiting, RunResult::unchanged)
                .containsExactly(1, 0, 0, SESSIONS - 1);
        assertThat(names()).contains("ANNULÉ – " + name(gone)).hasSize(SESSIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated", "page", "empty", "rrule"})
    void whatIsNoWholeFeedIsAFailureThatSaysWhatToDo(String trouble) throws Exception {
        start("ade");
        stage.sync();
        stage.sandbox.set(Switch.FEED_TROUBLE, trouble);
        for (int read = 0; read < 3; read++) {
            stage.clock.forward(Duration.ofHours(1));
            assertThat(stage.result().error()).satisfies(error -> {
                assertThat(error.kind()).isEqualTo(RunError.Kind.SOURCE);
                assertThat(error.message()).contains("Rien n'a été changé").doesNotContain(TOKEN, "MonCampus");
            });
        }
        stage.sandbox.set(Switch.FEED_TROUBLE, "none");

        assertThat(stage.result())
                .extracting(RunResult::unchanged, RunResult::waiting)
                .containsExactly(SESSIONS, 0);
        assertThat(String.join("\n", stage.errors("alice")))
                .contains("lecture de ics", "résolu")
                .doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad-date", "bad-zone"})
    void aSessionThatCannotBeReadHoldsWhatItMayStandFor(String trouble) throws Exception {
        start("hyperplanning");
        stage.sync();
        stage.sandbox.set(Switch.FEED_TROUBLE, trouble);
        for (int read = 0; read < 3; read++) {
            stage.clock.forward(Duration.ofHours(1));
            assertThat(stage.result())
                    .extracting(RunResult::failed, RunResult::waiting, RunResult::deleted, RunResult::unchanged)
                    .containsExactly(1, 0, 0, SESSIONS - 1);
        }
        assertThat(stage.sandbox.calendar().events()).hasSize(SESSIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-uids", "new-uids", "double-uids", "latin1"})
    void uidsThatTellNothingAndOldCharsetsWriteNothingTwice(String trouble) throws Exception {
        start("plain");
        stage.sandbox.set(Switch.FEED_TROUBLE, trouble);
        stage.sync();
        for (int read = 0; read < 3; read++) {
            stage.clock.forward(Duration.ofHours(1));
            assertThat(stage.result())
                    .extracting(RunResult::unchanged, RunResult::waiting, RunResult::error)
                    .containsExactly(SESSIONS, 0, null);
        }
        assertThat(names()).allSatisfy(name -> assertThat(name).doesNotContain("Ã", "\uFFFD"));
    }

    /** What lies behind its last course is not missing: it was not spoken of. */
    @Test
    void aFeedThatBreaksOffDeletesNothing() throws Exception {
        start("hyperplanning");
        stage.sync();
        stage.sandbox.set(Switch.FEED_TROUBLE, "partial");
        for (int read = 0; read < 5; read++) {
            stage.clock.forward(Duration.ofHours(13));
            assertThat(stage.result())
                    .extracting(RunResult::deleted, RunResult::waiting, RunResult::error)
                    .containsExactly(0, 0, null);
        }
        assertThat(stage.sandbox.calendar().events()).hasSize(SESSIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"etag", "modified"})
    void nothingHasChangedIsACompleteRead(String how) throws Exception {
        stage.sandbox.set(Switch.FEED_UNCHANGED, how);
        start("ade");
        stage.sync();
        stage.sandbox.calendar().add(java.util.Map.of("name", "Dentiste"));
        stage.sandbox.log().clear();

        assertThat(stage.result())
                .extracting(RunResult::unchanged, RunResult::error)
                .containsExactly(SESSIONS, null);
        assertThat(stage.sandbox.log().requests(Server.FEED))
                .hasSize(1)
                .allSatisfy(request -> assertThat(
                                request.header("If-None-Match") != null || request.header("If-Modified-Since") != null)
                        .isTrue());

        stage.engine().close();
        stage.open(false);
        stage.sandbox.log().clear();
        assertThat(stage.result())
                .extracting(RunResult::unchanged, RunResult::error)
                .containsExactly(SESSIONS, null);
        assertThat(stage.sandbox.log().requests(Server.FEED))
                .singleElement()
                .satisfies(
                        request -> assertThat(request.header("If-None-Match")).isNull());
    }

    @Test
    void theAddressIsInNoOutputAndNoExchangeAndTheOwnerOutlivesItsToken() throws Exception {
        start("ade");
        Configuration configuration = stage.configurations().get(0);
        stage.sandbox.faults().add(Fault.on(Server.FEED, Effect.status(403)));

        assertThat(stage.result().error().message())
                .contains("lien n'est plus valable")
                .doesNotContain(TOKEN);
        assertThat(configuration.toString()).doesNotContain(TOKEN);
        stage.engine().close();
        String before = configuration.owner();
        stage.configureFeed("alice", Stage.STUDENT, "ics_url: " + stage.sandbox.feedUrl(Stage.STUDENT) + "&version=2")
                .open(false);
        assertThat(stage.configurations().get(0).owner()).isEqualTo(before);
    }

    private static String name(Session session) {
        String name = session.commentaire() == null ? session.title() : session.commentaire();
        return name.strip().replaceAll("\\s+", " ");
    }

    private List<String> names() {
        return stage.sandbox.calendar().events().stream()
                .map(event -> event.path("name").asText())
                .toList();
    }
}
