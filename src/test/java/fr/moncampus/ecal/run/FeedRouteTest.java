package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.feed.FeedServer;
import fr.moncampus.ecal.feed.FeedSettings;
import fr.moncampus.ecal.memory.FeedTokens;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Switch;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A calendar that phones subscribe to, by the routes as they are shipped and over HTTP. */
class FeedRouteTest {
    private static final int SESSIONS = 20;

    @TempDir
    Path folder;

    private final HttpClient phone = HttpClient.newHttpClient();
    private Stage stage;
    private FeedServer server;

    @BeforeEach
    void school() {
        stage = new Stage(folder, SESSIONS);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void start(String... lines) throws Exception {
        stage.configure("alice", Stage.STUDENT, lines.length == 0 ? new String[] {"target: feed"} : lines)
                .open(false);
        serve();
    }

    private void serve() throws Exception {
        server = new FeedServer(
                new FeedSettings("127.0.0.1", 0, null),
                stage.configurations(),
                stage.engine().memory(),
                stage.clock);
        server.begin(stage.engine().context());
    }

    private String token(boolean another) {
        return new FeedTokens(stage.engine().database()).of("alice", another);
    }

    private HttpResponse<String> ask(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return phone.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> read() throws Exception {
        return ask("GET", "/" + token(false) + ".ics");
    }

    /** Each event's lines, unfolded, by its UID. */
    private Map<String, String> events() throws Exception {
        return events(read().body());
    }

    private static Map<String, String> events(String calendar) {
        return Pattern.compile("(?s)BEGIN:VEVENT\n(.*?)END:VEVENT")
                .matcher(calendar.replace("\r\n", "\n").replace("\n ", ""))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toMap(event -> event.replaceFirst("(?s).*?UID:(\\S+).*", "$1"), event -> event));
    }

    private static String utc(LocalDateTime paris) {
        return DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
                .format(paris.atZone(ZoneId.of("Europe/Paris")).withZoneSameInstant(ZoneOffset.UTC));
    }

    @Test
    void aTimetableBecomesACalendarAsPhonesLikeIt() throws Exception {
        start();
        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::failed, RunResult::unconfirmed, RunResult::error)
                .containsExactly(SESSIONS, 0, 0, null);
        assertThat(stage.result())
                .extracting(RunResult::unchanged, RunResult::created, RunResult::unconfirmed)
                .containsExactly(SESSIONS, 0, 0);

        HttpResponse<String> answer = read();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map())
                .containsEntry("content-type", List.of("text/calendar; charset=utf-8"))
                .containsEntry("x-robots-tag", List.of("noindex, nofollow"))
                .containsEntry("cache-control", List.of("private, no-cache"))
                .doesNotContainKeys("content-encoding", "set-cookie");
        assertThat(answer.body())
                .contains("REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n", "X-PUBLISHED-TTL:PT1H\r\n")
                .doesNotContain("STATUS", "TZID", "VTIMEZONE");
        Map<String, String> events = events(answer.body());
        assertThat(events).hasSize(SESSIONS);
        for (Session session : stage.sandbox.timetable().sessions()) {
            assertThat(events.values())
                    .anySatisfy(event -> assertThat(event)
                            .contains(
                                    "DTSTART:" + utc(session.start()) + "\n",
                                    "DTEND:" + utc(session.end()) + "\n",
                                    "LOCATION:" + session.salle() + "\n",
                                    "TRIGGER:-PT15M",
                                    session.prof()));
        }
        assertThat(stage.asked()).as("ECAL has nothing to do with it").isEmpty();
    }

    @Test
    void aMovedCourseIsTheSameEventToPhones() throws Exception {
        start();
        stage.sync();
        Set<String> before = events().keySet();
        Session moved = stage.sandbox.timetable().sessions().get(SESSIONS / 2);
        LocalDateTime free = moved.start().plusMinutes(7);
        stage.sandbox.timetable().move(moved.noCours(), free);

        assertThat(stage.result())
                .extracting(RunResult::updated, RunResult::created, RunResult::waiting)
                .containsExactly(1, 0, 0);
        assertThat(events().keySet()).isEqualTo(before);
        assertThat(events().values()).anyMatch(event -> event.contains("DTSTART:" + utc(free)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Effect.Kind.class,
            names = {"CUT", "CUT_BODY", "HTML", "TRUNCATED", "HALF_ROWS", "EMPTY"})
    void aSchoolInTroubleLeavesTheFeedAsItIs(Effect.Kind trouble) throws Exception {
        start();
        stage.sync();
        HttpResponse<String> before = read();
        stage.sandbox
                .faults()
                .add(Fault.on(Server.TIMETABLE, new Effect(trouble, 200, Map.of(), null, 0))
                        .always());
        for (int run = 0; run < 5; run++) {
            stage.clock.forward(Duration.ofHours(1));
            stage.sync();
        }

        HttpResponse<String> after = read();
        assertThat(after.body()).isEqualTo(before.body());
        assertThat(after.headers().firstValue("etag"))
                .isEqualTo(before.headers().firstValue("etag"));
    }

    @Test
    void aMassDeletionWaitsForApprovalAndACancelledCourseForItsConfirmation() throws Exception {
        start();
        stage.sync();
        List<Session> sessions = stage.sandbox.timetable().sessions();
        stage.sandbox.timetable().cancel(sessions.get(SESSIONS - 1).noCours());
        assertThat(stage.result().waiting()).isEqualTo(1);
        assertThat(events()).hasSize(SESSIONS);
        stage.clock.forward(Duration.ofMinutes(31));
        assertThat(stage.result().deleted()).isEqualTo(1);
        assertThat(events()).hasSize(SESSIONS - 1);

        List<Session> ahead = sessions.subList(0, SESSIONS - 1).stream()
                .filter(session ->
                        session.start().isAfter(Stage.TODAY.plusDays(1).atStartOfDay()))
                .toList();
        ahead.subList(1, ahead.size())
                .forEach(session -> stage.sandbox.timetable().cancel(session.noCours()));
        for (int run = 0; run < 3; run++) {
            stage.clock.forward(Duration.ofHours(1));
            assertThat(stage.result().deleted()).isZero();
        }
        assertThat(events()).hasSize(SESSIONS - 1);
        Run held = stage.engine().run("alice", Purpose.PLAN);
        stage.engine().run("alice", new Purpose(false, held.plan().checksum(), null));
        assertThat(events()).hasSize(SESSIONS - ahead.size());
    }

    @Test
    void aPhoneThatHasItIsToldSoAndAHeadIsAGetWithoutItsBody() throws Exception {
        start();
        stage.sync();
        String etag = read().headers().firstValue("etag").orElseThrow();
        String path = "/" + token(false) + ".ics";

        for (String known : List.of(etag, "W/" + etag, "\"other\", " + etag)) {
            HttpResponse<String> same = ask("GET", path, "If-None-Match", known);
            assertThat(same.statusCode()).isEqualTo(304);
            assertThat(same.body()).isEmpty();
            assertThat(same.headers().firstValue("etag")).contains(etag);
        }
        assertThat(ask("GET", path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        HttpResponse<String> head = ask("HEAD", path);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("etag")).contains(etag);
        assertThat(head.headers().firstValueAsLong("content-length"))
                .hasValue(read().body().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void whateverIsNoAddressGetsTheSameAnswerAndARevokedOneIsNone() throws Exception {
        start();
        stage.sync();
        String old = token(false);
        assertThat(old).matches("[0-9a-f]{32}").isEqualTo(token(false));
        assertThat(token(true)).isNotEqualTo(old);

        HttpResponse<String> nothing = ask("GET", "/");
        assertThat(nothing.statusCode()).isEqualTo(404);
        for (String path : List.of(
                "/" + old + ".ics",
                "/" + "0".repeat(32) + ".ics",
                "/" + token(false),
                "/" + token(false).toUpperCase() + ".ics",
                "/alice.ics",
                "/favicon.ico",
                "/x/../" + token(false) + ".ics",
                "/%00")) {
            HttpResponse<String> answer = ask("GET", path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(nothing.body());
            assertThat(answer.headers().map()).isEqualTo(nothing.headers().map());
        }
        for (String method : List.of("POST", "PUT", "DELETE", "PROPFIND", "OPTIONS")) {
            assertThat(ask(method, "/" + token(false) + ".ics").statusCode())
                    .as(method)
                    .isEqualTo(ask(method, "/").statusCode())
                    .isEqualTo(405);
        }
        assertThat(ask("GET", "/robots.txt").body()).isEqualTo("User-agent: *\nDisallow:\n");
        assertThat(events()).hasSize(SESSIONS);
    }

    @Test
    void aPortThatAnotherProgramHasCostsTheFeedsAndNothingElse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            stage.start("target: feed");
            server = new FeedServer(
                    new FeedSettings("127.0.0.1", taken.getLocalPort(), null),
                    stage.configurations(),
                    stage.engine().memory(),
                    stage.clock);
            server.begin(stage.engine().context());

            assertThat(server.port()).isZero();
            assertThat(stage.result().created()).isEqualTo(SESSIONS);
        }
    }

    @Test
    void noPortIsOpenedWhereNobodyHasAFeed() throws Exception {
        stage.start();
        serve();

        assertThat(server.port()).isZero();
    }

    /** The move from one kind of timetable to another: same person, same phone, same subscription. */
    @Test
    void anotherSourceTakesTheEventsOverUnderTheSameAddressAndNames() throws Exception {
        start();
        stage.sync();
        String token = token(false);
        Set<String> before = events().keySet();
        String owner = stage.configurations().get(0).owner();
        stage.engine().close();

        stage.sandbox.set(Switch.FEED_DIALECT, "hyperplanning");
        stage.configureFeed("alice", Stage.STUDENT, "target: feed").open(false);
        serve();
        Run adopting = stage.engine().run("alice", new Purpose(false, null, owner));
        // a few courses are called otherwise in the feed of the school: these are other events, and the old ones wait
        int others = adopting.result().created();
        assertThat(others).isLessThan(SESSIONS / 4);
        stage.clock.forward(Duration.ofHours(1));
        assertThat(stage.result())
                .extracting(RunResult::unchanged, RunResult::created, RunResult::waiting, RunResult::error)
                .containsExactly(SESSIONS, 0, others, null);
        assertThat(token(false)).isEqualTo(token);
        assertThat(events().keySet()).containsAll(before).hasSize(SESSIONS + others);
    }

    @Test
    void withAFileTheFileSaysTheSameAndIsReplacedWholeForTheSameReaders() throws Exception {
        Path file = folder.resolve("web/cours.ics");
        Files.createDirectory(file.getParent());
        start("target: feed", "feed_file: " + file);
        assertThat(stage.engine().run("alice", Purpose.PLAN).result().error()).isNull();
        assertThat(file).as("a plan touches nothing").doesNotExist();

        stage.sync();
        assertThat(file).hasContent(read().body());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Object before = Files.getAttribute(file, "unix:ino");
        stage.clock.forward(Duration.ofHours(1));
        stage.sync();
        assertThat(Files.getAttribute(file, "unix:ino")).as("nothing to say").isEqualTo(before);

        Files.delete(file);
        stage.sync();
        assertThat(file).as("as if a process had died before it").hasContent(read().body());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        stage.sandbox
                .timetable()
                .rename(stage.sandbox.timetable().sessions().get(3).noCours(), "Soutenances, jury; salle \\ à venir");
        stage.sync();
        assertThat(file).hasContent(read().body());
        assertThat(Files.readString(file).replace("\r\n ", ""))
                .contains("SUMMARY:Soutenances\\, jury\\; salle \\\\ à venir");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void aFileThatCannotBeWrittenIsAFailureOfTheTargetAndCuresItself() throws Exception {
        start("target: feed", "feed_file: later/cours.ics");
        assertThat(stage.result().error()).satisfies(error -> {
            assertThat(error.kind()).isEqualTo(RunError.Kind.TARGET);
            assertThat(error.message()).contains("feed_file", "later/cours.ics").doesNotContain("ECAL");
        });
        Files.createDirectory(stage.data().resolve("later"));
        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::error)
                .containsExactly(SESSIONS, null);
        assertThat(events(Files.readString(stage.data().resolve("later/cours.ics"))))
                .hasSize(SESSIONS);
    }

    /** What is lost with the memory comes back with the next run, and phones know it again. */
    @Test
    void aLostMemoryLosesNoEventThatIsStillAhead() throws Exception {
        start();
        stage.sync();
        Set<String> before = events().keySet();
        stage.engine().close();
        try (Stream<Path> files = Files.list(stage.data())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        stage.open(false);
        serve();
        stage.sync();

        assertThat(events().keySet()).isEqualTo(before);
    }

    @Test
    void theAddressIsInNothingThatIsKeptOrShown() throws Exception {
        start();
        stage.sync();
        String token = token(false);
        assertThat(events()).hasSize(SESSIONS);
        stage.clock.forward(Duration.ofHours(1));
        Run run = stage.sync();

        assertThat(run.getSummary() + run.result() + stage.configurations()).doesNotContain(token);
        Workspace workspace = stage.engine().workspace("alice");
        assertThat(workspace.journal().entries(100).toString()
                        + workspace.history().last(10)
                        + workspace.snapshot().read())
                .doesNotContain(token);
    }

    /** The page and the commands show a calendar by what a run left behind. */
    @Test
    void theJournalSaysWhatWasWritten() throws Exception {
        start();
        stage.sync();

        assertThat(stage.engine().workspace("alice").journal().entries(100))
                .hasSize(SESSIONS)
                .allSatisfy(entry -> assertThat(entry.outcome()).isNotNull());
    }
}
