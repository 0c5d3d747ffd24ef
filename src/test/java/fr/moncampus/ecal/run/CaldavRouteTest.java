package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.config.Connectors;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sandbox.DavCalendar;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Switch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Message;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A calendar on a CalDAV server, by the route as it is shipped. */
class CaldavRouteTest {
    private static final int SESSIONS = 20;
    private static final String PASSWORD = "da5-pa55-w0rd";

    @TempDir
    private Path folder;

    private Stage stage;
    private DavCalendar calendar;

    @BeforeEach
    void open() {
        stage = new Stage(folder, SESSIONS);
        calendar = stage.sandbox.davCalendar(Stage.STUDENT);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void start(String... lines) throws Exception {
        stage.configureCaldav("alice", Stage.STUDENT, lines).open(false);
    }

    private RunResult later() {
        stage.clock.forward("PT31M");
        return stage.result();
    }

    private List<String> methods() {
        return stage.sandbox.log().requests(Server.CALDAV).stream()
                .map(request -> request.method())
                .toList();
    }

    /** Of the session in the middle. */
    private Session session() {
        return stage.sandbox.timetable().sessions().get(SESSIONS / 2);
    }

    private String nameOf(Session session) {
        return calendar.texts().keySet().stream()
                .filter(name -> name.contains("-" + session.noCours()))
                .findFirst()
                .orElseThrow();
    }

    private void edit(Session session, String at, String more) {
        calendar.edit(nameOf(session), text -> text.replace(at, more + at));
    }

    @Test
    void aTimetableBecomesACalendarAndStaysOneWithoutAWrite() throws Exception {
        start();
        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::unconfirmed, RunResult::error)
                .containsExactly(SESSIONS, 0, null);
        stage.sandbox.log().clear();

        assertThat(later()).extracting(RunResult::unchanged, RunResult::error).containsExactly(SESSIONS, null);
        assertThat(methods()).as("nothing to say, nothing sent").containsExactly("REPORT");
        assertThat(calendar.text(nameOf(session())))
                .contains(
                        "BEGIN:VTIMEZONE",
                        "DTSTART;TZID=Europe/Paris:",
                        "DTEND;TZID=Europe/Paris:",
                        "TRIGGER:-PT15M",
                        "UID:" + nameOf(session()).replace(".ics", "@moncampus-ecal"));
    }

    @Test
    void aMovedCourseIsOneUpdateAndACancelledOneGoes() throws Exception {
        start();
        stage.sync();
        Session moved = session();
        Session gone = stage.sandbox.timetable().sessions().get(SESSIONS / 2 + 2);
        stage.sandbox.timetable().move(moved.noCours(), moved.start().plusHours(1));
        stage.sandbox.timetable().cancel(gone.noCours());
        stage.sandbox.log().clear();

        assertThat(later()).extracting(RunResult::updated, RunResult::waiting).containsExactly(1, 1);
        assertThat(methods()).containsExactly("REPORT", "PUT", "REPORT");
        assertThat(later()).extracting(RunResult::deleted, RunResult::error).containsExactly(1, null);
        assertThat(later().unchanged()).isEqualTo(SESSIONS - 1);
        assertThat(calendar.texts()).hasSize(SESSIONS - 1);
    }

    /** Alarm, colour, note, guest, what nobody knows: all but what the timetable says. */
    @Test
    void whatAPersonHasAddedStaysWhenTheCourseMoves() throws Exception {
        start();
        stage.sync();
        Session moved = session();
        edit(
                moved,
                "END:VEVENT",
                "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P1D\r\nDESCRIPTION:demain\r\nEND:VALARM\r\n");
        edit(
                moved,
                "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M",
                "COLOR:turquoise\r\nATTENDEE;CN=\"Noé; l'ami\";X-FOO=a^nb:mailto:noe@example.org\r\n"
                        + "X-UNKNOWN;A=B:1,2;3\\, quatre 🎓\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n");
        calendar.edit(
                nameOf(moved),
                text -> text.replaceAll("\r\n ", "")
                        .replaceFirst(
                                "\r\nDESCRIPTION:(.*)", "\r\nDESCRIPTION:$1\\\\nApporter le dossier\\\\, en double"));

        assertThat(later().unchanged()).as("a note is no change of ours").isEqualTo(SESSIONS);
        stage.sandbox.timetable().move(moved.noCours(), moved.start().plusHours(1));
        assertThat(later()).extracting(RunResult::updated, RunResult::error).containsExactly(1, null);
        assertThat(later().unchanged()).isEqualTo(SESSIONS);

        assertThat(calendar.text(nameOf(moved)).replaceAll("\r\n ", ""))
                .contains(
                        "TRIGGER:-P1D",
                        "DESCRIPTION:demain",
                        "COLOR:turquoise",
                        "ATTENDEE;CN=\"Noé; l'ami\";X-FOO=a^nb:mailto:noe@example.org",
                        "X-UNKNOWN;A=B:1,2;3\\, quatre 🎓",
                        "RRULE:FREQ=WEEKLY;COUNT=2",
                        "Apporter le dossier\\, en double",
                        "T%02d".formatted(moved.start().getHour() + 1))
                .containsOnlyOnce("TRIGGER:-PT15M");
    }

    @Test
    void anAlarmThatAPersonHasChangedOrTakenAwayStaysSo() throws Exception {
        start();
        stage.sync();
        calendar.edit(nameOf(session()), text -> text.replaceAll("(?s)BEGIN:VALARM.*END:VALARM\r\n", ""));
        Session other = stage.sandbox.timetable().sessions().get(3);
        calendar.edit(nameOf(other), text -> text.replace("-PT15M", "-PT45M"));
        stage.sandbox.timetable().changeRoom(session().noCours(), "Ailleurs");
        stage.sandbox.timetable().changeRoom(other.noCours(), "Ailleurs");

        assertThat(later().updated()).isEqualTo(2);
        assertThat(calendar.text(nameOf(session()))).contains("Ailleurs").doesNotContain("VALARM");
        assertThat(calendar.text(nameOf(other))).contains("Ailleurs", "-PT45M").doesNotContain("-PT15M");
    }

    /** The listing was read before, so that the update names a version that is no more. */
    @Test
    void anEventThatSomebodyChangesBeneathAnUpdateIsReadAgainAndKeepsBoth() throws Exception {
        start();
        stage.sync();
        stage.sandbox.timetable().changeRoom(session().noCours(), "Ailleurs");
        String name = nameOf(session());
        calendar.beforeNextWrite(
                () -> calendar.edit(name, text -> text.replace("END:VEVENT", "COLOR:red\r\nEND:VEVENT")));
        stage.sandbox.log().clear();

        assertThat(later()).extracting(RunResult::updated, RunResult::failed).containsExactly(1, 0);
        assertThat(methods()).containsExactly("REPORT", "PUT", "REPORT", "PUT", "REPORT");
        assertThat(calendar.text(name)).contains("COLOR:red", "Ailleurs");
    }

    @Test
    void anEventThatSomebodyDeletesBeneathAnUpdateIsCreatedAgain() throws Exception {
        start();
        stage.sync();
        stage.sandbox.timetable().changeRoom(session().noCours(), "Ailleurs");
        String name = nameOf(session());
        calendar.beforeNextWrite(() -> calendar.remove(name));

        assertThat(later())
                .extracting(RunResult::failed, RunResult::unconfirmed)
                .containsExactly(0, 0);
        assertThat(calendar.text(name)).contains("Ailleurs");
        assertThat(later().unchanged()).isEqualTo(SESSIONS);
    }

    @ParameterizedTest
    @CsvSource({"CUT", "CUT_AFTER"})
    void anAnswerThatIsLostDoublesNothing(Effect.Kind kind) throws Exception {
        start();
        stage.sandbox
                .faults()
                .add(Fault.on(Server.CALDAV, Effect.of(kind)).method("PUT").times(5));

        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::failed)
                .containsExactly(SESSIONS, 0);
        assertThat(later().unchanged()).isEqualTo(SESSIONS);
        assertThat(calendar.texts()).hasSize(SESSIONS);
    }

    @Test
    void aCopyThatAPersonMakesIsThatPersonsAndOthersEventsAreLeftAlone() throws Exception {
        start();
        stage.sync();
        String copy = calendar.text(nameOf(session())).replaceFirst("UID:[^\r]*", "UID:copie@example.org");
        calendar.put("copie.ics", copy);
        String broken =
                "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART:20261006T100000\r\nrien\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        calendar.put("cassé.ics", broken);
        stage.sandbox.timetable().cancel(session().noCours());
        later();

        assertThat(later().deleted()).isEqualTo(1);
        assertThat(calendar.texts()).containsEntry("copie.ics", copy).containsEntry("cassé.ics", broken);
    }

    /** Far from the days that are listed; its name tells. */
    @Test
    void anEventThatAPersonHasMovedFarAwayComesBackAndIsNotDoubled() throws Exception {
        start();
        stage.sync();
        String name = nameOf(session());
        calendar.edit(name, text -> text.replaceAll("(?m)^(DT(?:START|END);TZID=Europe/Paris:)\\d{4}", "$12031"));
        stage.clock.forward("PT1H");

        assertThat(stage.result())
                .extracting(RunResult::failed, RunResult::error)
                .containsExactly(0, null);
        assertThat(later().unchanged()).isEqualTo(SESSIONS);
        assertThat(calendar.texts()).hasSize(SESSIONS);
        assertThat(calendar.text(name)).doesNotContain(":2031");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-calendar | autre chose qu'un calendrier",
                "read-only | en lecture seule",
                "elsewhere | renvoie ailleurs"
            })
    void whatIsNoCalendarToWriteInIsSaidBeforeAnythingIsSent(String access, String words) throws Exception {
        start();
        stage.sandbox.set(Switch.CALDAV_ACCESS, access);
        RunResult result = stage.result();

        assertThat(result.error()).satisfies(error -> {
            assertThat(error.kind()).isEqualTo(RunError.Kind.TARGET);
            assertThat(error.exitCode()).isEqualTo(4);
            assertThat(error.message()).contains(words).doesNotContain(PASSWORD);
        });
        assertThat(methods()).doesNotContain("PUT");
        assertThat(stage.sandbox.log().requests(Server.ELSEWHERE))
                .as("another host hears nothing of the password")
                .isEmpty();
    }

    @Test
    void aWrongPasswordAndAWrongAddressAreSaidAndNotRepeated() throws Exception {
        start("caldav_password: faux");
        assertThat(stage.result().error().message()).contains("401", "mot de passe d'application");
        assertThat(methods()).hasSize(1);
        assertThat(String.join("\n", stage.errors("alice"))).contains("401").doesNotContain("faux");
    }

    @Test
    void anAddressThatHoldsNoCalendarIsSaid() throws Exception {
        start("caldav_url: " + stage.sandbox.caldavUrl(Stage.STUDENT).replace("agenda", "rien"));
        assertThat(stage.result().error().message()).contains("404", "caldav_url");
    }

    @ParameterizedTest
    @CsvSource({"CUT", "CUT_BODY", "TRUNCATED", "HTML"})
    void aListingThatIsCutOffWritesNothing(Effect.Kind kind) throws Exception {
        start();
        stage.sandbox
                .faults()
                .add(Fault.on(Server.CALDAV, Effect.of(kind)).method("REPORT").times(100));

        assertThat(stage.result().error().kind()).isEqualTo(RunError.Kind.TARGET);
        assertThat(methods()).doesNotContain("PUT");
    }

    /** As Zoho was seen to do; a person's own 1,200 events stand before ours. */
    @ParameterizedTest
    @CsvSource({"1000", "507", "none"})
    void anAnswerThatMayHaveBeenCutOffIsAskedForInParts(String cap) throws Exception {
        stage.sandbox.set(Switch.CALDAV_CAP, cap);
        crowd();
        start();
        assertThat(stage.result().created()).isEqualTo(SESSIONS);
        assertThat(later()).extracting(RunResult::unchanged, RunResult::error).containsExactly(SESSIONS, null);
        assertThat(calendar.texts()).hasSize(SESSIONS + 1200);
    }

    @Test
    void aDayThatAServerDoesNotGiveAsAWholeIsAFailure() throws Exception {
        start();
        stage.sync();
        for (int i = 0; i < 1200; i++) {
            calendar.put("a-%04d.ics".formatted(i), foreign(i, 10, 9));
        }
        for (String cap : List.of("507", "1000")) {
            stage.sandbox.set(Switch.CALDAV_CAP, cap);
            assertThat(later().error().message()).contains("pas donné tout le calendrier");
        }
        assertThat(calendar.texts()).hasSize(SESSIONS + 1200);
    }

    private void crowd() {
        for (int i = 0; i < 1200; i++) {
            calendar.put("a-%04d.ics".formatted(i), foreign(i, 9 + i % 3, 1 + i % 28));
        }
    }

    private static String foreign(int number, int month, int day) {
        return "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a-%d\r\nDTSTART:2026%02d%02dT100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
                .formatted(number, month, day);
    }

    /** Between them the rounds have every value of every switch that is no trouble. */
    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void whateverTheServerIsLikeTheCalendarGetsInStepAndStaysSo(int round) throws Exception {
        for (Switch each : Switch.values()) {
            if (each.name().startsWith("CALDAV_")) {
                List<String> choices = each == Switch.CALDAV_ACCESS ? List.of("write", "moved") : each.choices();
                stage.sandbox.set(each, choices.get(round % choices.size()));
            }
        }
        // of five requests one is refused
        stage.property("retry.attempts", "8");
        start();
        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::failed)
                .containsExactly(SESSIONS, 0);
        Session moved = session();
        stage.sandbox.timetable().move(moved.noCours(), moved.start().plusHours(1));
        assertThat(later()).extracting(RunResult::updated, RunResult::failed).containsExactly(1, 0);
        stage.sandbox.timetable().changeRoom(moved.noCours(), "Ailleurs");
        assertThat(later()).extracting(RunResult::updated, RunResult::failed).containsExactly(1, 0);
        stage.sandbox.timetable().cancel(moved.noCours());
        later();
        assertThat(later()).extracting(RunResult::deleted, RunResult::failed).containsExactly(1, 0);
        stage.sandbox.log().clear();
        assertThat(later()).extracting(RunResult::unchanged, RunResult::error).containsExactly(SESSIONS - 1, null);
        assertThat(methods()).doesNotContain("PUT", "DELETE");
        assertThat(calendar.texts()).hasSize(SESSIONS - 1);
    }

    /** The first name was given away by the server; the second may be had. */
    @ParameterizedTest
    @CsvSource({"400", "409", "403"})
    void aSecondEventOfOneUidIsNotWritten(String answer) throws Exception {
        stage.sandbox.set(Switch.CALDAV_NAMES, "rewritten");
        stage.sandbox.set(Switch.CALDAV_SECOND_UID, answer);
        start();
        stage.sandbox
                .faults()
                .add(Fault.on(Server.CALDAV, Effect.of(Effect.Kind.CUT_AFTER))
                        .method("PUT")
                        .times(5));

        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::failed)
                .containsExactly(SESSIONS, 0);
        assertThat(later().unchanged()).isEqualTo(SESSIONS);
        assertThat(calendar.texts()).hasSize(SESSIONS);
    }

    @Test
    void theKeysThatAreMissingAreAskedForAndExplained() throws Exception {
        Path file = Files.writeString(
                folder.resolve("lea.yml"),
                "source: ics\nics_url: https://ecole.example/edt.ics\ntarget: caldav\ncaldav_url: https://nuage.example/dav/lea/cours/\n");
        Connectors connectors = Connectors.of(RouteFiles.read(Path.of("routes")).templates(), Engine.PARAMETERS);
        Configurations.Loaded loaded = Configurations.load(List.of(file), connectors, name -> null, stage.clock);

        assertThat(loaded.findings())
                .extracting(finding -> finding.message() + " " + finding.fix())
                .satisfiesExactlyInAnyOrder(
                        user -> assertThat(user).contains("caldav_user", "identifiant chez le serveur"),
                        password -> assertThat(password).contains("caldav_password", "mot de passe d'application"));
    }

    /** Whatever a step of a user's could look at, wherever it stands. */
    @Test
    void neitherThePasswordNorAPersonsEventsStandInAnExchange() throws Exception {
        calendar.put("rendez-vous.ics", foreign(1, 10, 9).replace("UID:a-1", "UID:a-1\r\nSUMMARY:Dermatologue"));
        start();
        List<String> seen = new CopyOnWriteArrayList<>();
        stage.engine().context().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeEvent sent) {
                    Message message = sent.getExchange().getMessage();
                    seen.add(message.getHeaders() + " " + message.getBody() + " "
                            + sent.getExchange().getProperties());
                }
            }
        });
        assertThat(stage.sync().result().error()).isNull();

        String encoded =
                Base64.getEncoder().encodeToString((Stage.STUDENT + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(seen)
                .hasSizeGreaterThan(SESSIONS)
                .allSatisfy(each -> assertThat(each).doesNotContain(PASSWORD, encoded, "Dermatologue"));
        assertThat(stage.engine().context().getEndpoints())
                .allSatisfy(endpoint -> assertThat(endpoint.getEndpointUri()).doesNotContain(PASSWORD, "agenda"));
    }
}
