package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Request;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Switch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.cookie.Cookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred configurations at once on the shared routes: nothing of one reaches another. */
@Timeout(120)
class ManyConfigurationsTest {
    private static final int MANY = 100;
    private static final int COURSES = 4;
    private static final int AT_ONCE_AT_MONCAMPUS = 8;
    private static final int THREADS = 40;

    @TempDir
    private Path folder;

    private Stage stage;
    private final Map<String, List<Session>> terms = new HashMap<>();

    @BeforeEach
    void enrol() throws Exception {
        stage = new Stage(folder, COURSES).property("retry.attempts", "1");
        for (int i = 0; i < MANY; i++) {
            String name = name(i);
            terms.put(name, Stage.term(i + 1L, COURSES));
            stage.sandbox.enrol(name, "secret-of-" + name + "!", terms.get(name));
            stage.configure(name, name);
        }
        stage.open(false);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void everyCalendarHoldsTheTimetableOfItsOwnerAndSessionsAreNotShared() throws Exception {
        stage.sandbox.set(Switch.LATENCY_MILLIS, "5");

        assertThat(all())
                .allSatisfy((name, result) -> assertThat(result)
                        .as(name)
                        .extracting(RunResult::created, RunResult::failed, RunResult::error)
                        .containsExactly(COURSES, 0, null));

        terms.forEach((name, term) -> assertThat(stage.sandbox.calendar(name).events())
                .as(name)
                .extracting(event -> event.path("reference").asText())
                .containsExactlyInAnyOrderElementsOf(term.stream()
                        .map(session -> "mc-" + owner(name) + "-" + session.noCours())
                        .toList()));
        Set<String> cookies = new HashSet<>();
        for (String name : terms.keySet()) {
            List<String> own = stage.engine().workspace(name).portal().jar().getCookies().stream()
                    .map(Cookie::getValue)
                    .toList();
            assertThat(own).as(name).isNotEmpty();
            own.forEach(cookie -> assertThat(cookies.add(cookie)).as(name).isTrue());
        }
        assertThat(stage.sandbox.log().counter(Server.TIMETABLE).mostAtOnce()
                        + stage.sandbox.log().counter(Server.CAS).mostAtOnce())
                .as("requests at once at MonCampus, each of its two servers counted by itself")
                .isBetween(2, 2 * AT_ONCE_AT_MONCAMPUS);
        assertThat(stage.sandbox.log().counter(Server.TIMETABLE).mostAtOnce())
                .isLessThanOrEqualTo(AT_ONCE_AT_MONCAMPUS);

        stage.sandbox.log().clear();
        assertThat(all())
                .allSatisfy((name, result) ->
                        assertThat(result.unchanged()).as(name).isEqualTo(COURSES));
        assertThat(stage.sandbox.log().requests(Server.CAS))
                .as("sessions live on")
                .isEmpty();
    }

    @Test
    void aFailureOfOneIsNoneOfTheOthers() throws Exception {
        Set<String> refused = Set.of(name(3), name(50));
        Set<String> lost = Set.of(name(4), name(51));
        Set<String> slowed = Set.of(name(5), name(52));
        for (String name : refused) {
            fault(Fault.on(Server.ECAL, Effect.status(400)).method("POST").times(1), name);
        }
        for (String name : lost) {
            fault(
                    Fault.on(Server.ECAL, Effect.of(Effect.Kind.CUT_AFTER))
                            .method("POST")
                            .times(1),
                    name);
        }
        for (String name : slowed) {
            fault(
                    Fault.on(Server.ECAL, Effect.status(429).header("Retry-After", "1"))
                            .method("POST")
                            .times(1),
                    name);
        }
        String locked = name(77);

        Map<String, RunResult> results;
        try (RunLock held = RunLock.take(stage.data().resolve(locked + ".lock"), Duration.ZERO, () -> true)) {
            assertThat(held).isNotNull();
            results = all();
        }

        results.forEach((name, result) -> {
            boolean isLocked = name.equals(locked);
            assertThat(result.created())
                    .as(name)
                    .isEqualTo(isLocked ? 0 : refused.contains(name) ? COURSES - 1 : COURSES);
            assertThat(result.error() == null ? null : result.error().kind())
                    .as(name)
                    .isEqualTo(isLocked ? RunError.Kind.LOCK : null);
        });
        for (String name : terms.keySet()) {
            assertThat(stage.errors(name)).as(name).hasSize(refused.contains(name) || name.equals(locked) ? 1 : 0);
            assertThat(stage.errors(name)).allMatch(line -> line.contains(" | " + name + " | "));
        }
        // what was carried out is remembered for its owner alone: nothing is repeated, and nothing is kept back
        stage.sandbox.faults().clear();
        stage.sandbox.log().clear();
        results = all();
        assertThat(results.values().stream().mapToInt(RunResult::created).sum()).isEqualTo(refused.size() + COURSES);
        assertThat(stage.sandbox.log().requests(Server.ECAL, "POST"))
                .extracting(Request::method)
                .hasSize(refused.size() + COURSES);
    }

    private void fault(Fault fault, String name) {
        stage.sandbox.faults().add(fault.containing(stage.sandbox.calendar(name).id()));
    }

    private Map<String, RunResult> all() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<RunResult>> runs = new ArrayList<>();
            terms.keySet().forEach(name -> runs.add(() -> stage.sync(name).result()));
            Map<String, RunResult> results = new HashMap<>();
            for (Future<RunResult> each : threads.invokeAll(runs, 100, TimeUnit.SECONDS)) {
                results.put(each.get().config(), each.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private String owner(String name) {
        return stage.engine().workspace(name).configuration().owner();
    }

    private static String name(int number) {
        return "eleve-%02d".formatted(number);
    }
}
