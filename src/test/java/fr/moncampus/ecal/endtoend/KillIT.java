package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Switch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The finished program is killed with SIGKILL, as by a power cut, when one of its requests arrives or when the work of that request is done and
 * its answer is on the way. CrashPointsTest leaves no point out, within this process; here some of them are the real thing.
 */
class KillIT {
    private static final int COURSES = 12;

    enum Run {
        FIRST_SYNC,
        UPDATE,
        DELETION;

        int needed() {
            return this == FIRST_SYNC ? COURSES + 1 : COURSES;
        }
    }

    /**
     * @param request the number of the request in its run: five for the login and the timetable, two for the listing, the writes, and two
     *                for the second listing
     */
    @ParameterizedTest(name = "{0}, request {1}, {2}")
    @CsvSource({
        "FIRST_SYNC, 3, before",
        "FIRST_SYNC, 3, after",
        "FIRST_SYNC, 8, before",
        "FIRST_SYNC, 8, after",
        "FIRST_SYNC, 13, before",
        "FIRST_SYNC, 13, after",
        "FIRST_SYNC, 20, before",
        "FIRST_SYNC, 20, after",
        "FIRST_SYNC, 21, after",
        "UPDATE, 5, after",
        "UPDATE, 8, before",
        "UPDATE, 8, after",
        "UPDATE, 14, before",
        "UPDATE, 19, before",
        "UPDATE, 19, after",
        "UPDATE, 20, before",
        "DELETION, 7, after",
        "DELETION, 8, before",
        "DELETION, 8, after",
        "DELETION, 14, before",
        "DELETION, 19, before",
        "DELETION, 19, after",
        "DELETION, 20, after"
    })
    void aKilledRunIsMadeGoodByTheNextOnes(Run run, int request, String side) throws Exception {
        try (Scene scene = new Scene(run, request % 2 == 0, 1)) {
            scene.prepare();
            scene.killAt(request, side.equals("after"));
            scene.recover(1);
        }
    }

    /** As configured by default four writes are on their way at once, and the answers of all four may be lost. */
    @ParameterizedTest(name = "{0}, request {1}, {2}")
    @CsvSource({"FIRST_SYNC, 11, after", "UPDATE, 14, after", "DELETION, 16, after"})
    void severalWritesOnTheirWayAreMadeGoodToo(Run run, int request, String side) throws Exception {
        try (Scene scene = new Scene(run, false, 4)) {
            scene.prepare();
            scene.killAt(request, side.equals("after"));
            scene.recover(4);
        }
    }

    private static final class Scene implements AutoCloseable {
        private final Run run;
        private final Workplace workplace = new Workplace();
        private final MovableClock clock =
                new MovableClock(Instant.now().minus(Duration.ofHours(2)).toString());
        private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
        private final AtomicInteger writes = new AtomicInteger();
        private final Gate gate = new Gate(this::saw);
        private final Person alice;
        private final List<ObjectNode> foreign;

        /** @param unique whether ECAL itself refuses a second event of a reference */
        Scene(Run run, boolean unique, int concurrency) {
            this.run = run;
            List<Session> sessions = Courses.coming(COURSES + 1);
            alice = workplace.person("alice", Options.standard().at(clock).sessions(sessions));
            alice.sandbox().set(Switch.REFERENCE_SCOPE, unique ? "calendar" : "none");
            alice.sandbox().set(Switch.SPELLING, unique ? "as-sent" : "all");
            for (String key : List.of("moncampus_url", "moncampus_cas_url", "ecal_url")) {
                alice.with(key, gate.through(alice.keys().get(key)));
            }
            alice.with("ecal_concurrency", String.valueOf(concurrency))
                    .with("delete_after", "PT30M")
                    .with("max_deletes", "100");
            Session other = sessions.get(0);
            alice.sandbox()
                    .calendar()
                    .add(new LinkedHashMap<>(Map.of(
                            "name",
                            "Vacances",
                            "reference",
                            "mc-ffffffff-" + Courses.FIRST,
                            "location",
                            "chez moi",
                            "startDate",
                            other.start().toLocalDate().toString(),
                            "endDate",
                            other.start().toLocalDate().toString(),
                            "allDay",
                            "yes")));
            foreign = foreign();
        }

        /** Every change that ECAL makes is looked at in the moment it is made. */
        private void saw(String method, String path, int status) {
            if (method.equals("GET") || !path.startsWith("/apiv2/") || status >= 300) {
                return;
            }
            writes.incrementAndGet();
            List<String> references = alice.events().stream()
                    .map(event -> event.path("reference").asText())
                    .toList();
            if (Set.copyOf(references).size() < references.size()) {
                violations.add("a double after " + method + " " + path + ": " + references);
            }
            List<String> names = alice.events().stream()
                    .map(event -> event.path("name").asText())
                    .toList();
            if (run != Run.FIRST_SYNC && !names.containsAll(wanted())
                    || !foreign().equals(foreign)) {
                violations.add("lost by " + method + " " + path + ": " + names);
            }
        }

        private List<ObjectNode> foreign() {
            return alice.events().stream()
                    .filter(event -> event.path("location").asText().equals("chez moi"))
                    .toList();
        }

        private List<String> wanted() {
            return alice.sandbox().timetable().sessions().stream()
                    .map(Session::commentaire)
                    .toList();
        }

        void prepare() throws Exception {
            if (run != Run.FIRST_SYNC) {
                sync(Duration.ZERO);
                List<Session> sessions = alice.sandbox().timetable().sessions();
                alice.sandbox()
                        .timetable()
                        .replaceAll(
                                run == Run.DELETION
                                        ? sessions.subList(0, 1)
                                        : Stream.concat(
                                                        sessions.stream().limit(1),
                                                        sessions.stream()
                                                                .skip(1)
                                                                .map(session -> session.in("Z9")))
                                                .toList());
            }
            if (run == Run.DELETION) {
                assertThat(sync(Duration.ofHours(1)).get(0).waiting()).isEqualTo(COURSES);
            }
            writes.set(0);
            violations.clear();
        }

        void killAt(int request, boolean after) throws Exception {
            CompletableFuture<Program> program = new CompletableFuture<>();
            gate.choose(
                    request,
                    after,
                    () -> program.get(30, TimeUnit.SECONDS).kill().await());
            program.complete(workplace.start("sync"));
            Outcome outcome = program.join().await();
            gate.chooseNone();
            assertThat(outcome.exit())
                    .as("killed by SIGKILL at request %d of %s: %s", request, run, outcome)
                    .isEqualTo(128 + 9);
            clock.forward(Duration.between(clock.instant(), Instant.now()).toString());
            assertIntact();
        }

        /** @param superfluous how many writes may have been done twice */
        void recover(int superfluous) throws Exception {
            List<RunResult> results =
                    sync(Duration.ofMinutes(2), Duration.ofMinutes(16), Duration.ofMinutes(31), Duration.ofMinutes(31));

            assertThat(results).allSatisfy(result -> assertThat(result.error()).isNull());
            assertThat(results.get(results.size() - 1).exitCode()).isZero();
            assertThat(violations).isEmpty();
            assertThat(Courses.calendar(alice.events().stream()
                            .filter(event -> !foreign.contains(event))
                            .toList()))
                    .isEqualTo(Courses.wanted(alice));
            assertThat(foreign()).isEqualTo(foreign);
            assertThat(writes.get())
                    .as("writes that ECAL carried out")
                    .isBetween(run.needed(), run.needed() + superfluous);
            assertIntact();
        }

        /** In this process, whose clock can be moved on. */
        private List<RunResult> sync(Duration... laters) throws Exception {
            Configurations.Loaded loaded = Configurations.load(List.of(alice.file()), name -> null, clock);
            Configuration configuration = loaded.valid().get(0);
            Engine.Settings settings = new Engine.Settings(
                    Path.of(System.getProperty("basedir", ""), "routes"),
                    workplace.data(),
                    false,
                    Set.of(configuration.owner()),
                    Duration.ZERO,
                    clock,
                    over -> {});
            try (Engine engine =
                    Engine.start(List.of(configuration), settings, Map.of("retry.delay", "0", "retry.attempts", "2"))) {
                List<RunResult> results = new ArrayList<>();
                for (Duration later : laters) {
                    clock.forward(later.toString());
                    results.add(engine.run("alice", Purpose.SYNC).result());
                }
                return results;
            }
        }

        /** Not set aside, and whole. */
        private void assertIntact() throws Exception {
            try (Stream<Path> files = Files.list(workplace.data())) {
                assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("abime"));
            }
            try (Connection memory = DriverManager.getConnection(
                            "jdbc:sqlite:" + workplace.data().resolve("moncampus-ecal.db"));
                    Statement statement = memory.createStatement();
                    ResultSet check = statement.executeQuery("PRAGMA integrity_check")) {
                assertThat(check.getString(1)).isEqualTo("ok");
            } catch (SQLException e) {
                throw new AssertionError("the memory cannot be read", e);
            }
        }

        @Override
        public void close() {
            gate.close();
            workplace.close();
        }
    }
}
