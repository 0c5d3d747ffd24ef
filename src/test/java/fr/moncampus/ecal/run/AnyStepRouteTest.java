package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.report.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever somebody adds to the routes, and wherever: a run ends, is reported once, and gives its lock back. */
@Timeout(300)
class AnyStepRouteTest {
    private static final int SESSIONS = 3;
    private static final Pattern STEP = Pattern.compile(
            "( +)- (bean|to|toD|split|filter|setProperty|idempotentConsumer|loop|removeHeaders|setHeader|doTry|choice|setBody|removeProperty|unmarshal|marshal|convertBodyTo|delay):.*");
    private static final String SYNC = "sync.camel.yaml";
    private static final String MONCAMPUS = "moncampus.camel.yaml";
    private static final String ECAL = "ecal.camel.yaml";
    private static final Duration NO_TIME = Duration.ZERO;

    @TempDir
    private Path folder;

    private Stage stage;

    /** What is written before a step, or around it. */
    enum Edit {
        STOP("- stop: {}", SYNC, MONCAMPUS, ECAL),
        ROLLBACK("- rollback: { message: no }"),
        MARK_ROLLBACK_ONLY("- rollback: { markRollbackOnly: true }"),
        MARK_ROLLBACK_ONLY_LAST("- rollback: { markRollbackOnlyLast: true }"),
        EXCEPTION(
                "- throwException: { exceptionType: java.lang.IllegalStateException, message: no }",
                SYNC,
                MONCAMPUS,
                ECAL),
        /** What retries repeat. */
        LOST_LINE("- throwException: { exceptionType: java.io.IOException, message: no }", MONCAMPUS, ECAL),
        HANDLED_EXCEPTION("""
                - doTry:
                    steps:
                      - throwException: { exceptionType: java.lang.IllegalStateException, message: no }
                    doCatch:
                      - exception: [ java.lang.Exception ]
                        steps:
                          - stop: {}"""),
        WIRE_TAP("- wireTap: { uri: \"seda:elsewhere\" }"),
        INTERRUPTED_DELAY("""
                - bean: { beanType: "fr.moncampus.ecal.run.AnyStepRouteTest$Interruption", method: interrupt }
                - delay: { expression: { constant: { expression: "50" } } }"""),
        FILTER("""
                - filter:
                    expression: { constant: { expression: "false" } }
                    steps:""", SYNC, MONCAMPUS, ECAL);

        private final String yaml;
        private final List<Path> files;

        /** @param files what a run is in the middle of when it comes to the step */
        Edit(String yaml, String... files) {
            this.yaml = yaml;
            this.files = Stream.of(files.length == 0 ? new String[] {SYNC} : files)
                    .map(file -> Path.of("routes", file))
                    .toList();
        }
    }

    /** Called by a step. */
    public static final class Interruption {
        public void interrupt() {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest
    @EnumSource
    void aRunEndsWithItsReportWhateverStepIsAddedAndWherever(Edit edit) throws Exception {
        stage = new Stage(folder, SESSIONS).configure("alice", "camille.martin");
        int runs = 0;
        for (Path file : edit.files) {
            List<String> lines = Files.readAllLines(file);
            for (int line = Math.max(0, lines.indexOf("    id: sync")); line < lines.size(); line++) {
                if (STEP.matcher(lines.get(line)).matches()) {
                    runOnce(edit, file.getFileName(), lines, line, ++runs);
                }
            }
        }
        assertThat(runs).isGreaterThan(edit.files.size() * 10);

        stage.clock.forward("PT1H");
        stage.routes(Path.of("routes")).open(false);
        assertThat(stage.sync().result().exitCode())
                .as("the shipped routes put all right")
                .isZero();
        assertThat(stage.sandbox.calendar().events()).hasSize(SESSIONS);
    }

    private void runOnce(Edit edit, Path file, List<String> lines, int line, int runs) throws Exception {
        String where = edit + " before " + file + ":" + (line + 1) + " "
                + lines.get(line).strip();
        stage.routes(edited(edit, file, lines, line)).open(false);
        stage.over.clear();
        stage.sandbox
                .timetable()
                .changeRoom(stage.sandbox.timetable().sessions().get(2).noCours(), "R" + runs);

        RunResult result = stage.sync().result();

        assertThat(Thread.interrupted()).as(where).isFalse();
        assertThat(result).as(where).isNotNull();
        assertThat(result.exitCode()).as(where).isIn(0, 1, 3, 4);
        assertThat(stage.over).as(where).hasSize(1);
        assertThat(stage.engine().running()).as(where).isEmpty();
        assertThat(new History(stage.engine().database(), "alice").last(1000))
                .as(where)
                .hasSize(runs);
        try (RunLock free = RunLock.take(stage.data().resolve("alice.lock"), NO_TIME, () -> true)) {
            assertThat(free).as(where).isNotNull();
        }
        stage.engine().close();
        stage.clock.forward("PT16M");
    }

    private Path edited(Edit edit, Path file, List<String> lines, int line) throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        for (Path shipped : files()) {
            Files.write(routes.resolve(shipped.getFileName()), Files.readAllLines(shipped));
        }
        int indent = indent(lines.get(line));
        List<String> text = new ArrayList<>(lines.subList(0, line));
        edit.yaml.lines().map(added -> " ".repeat(indent) + added).forEach(text::add);
        int end = line;
        if (edit == Edit.FILTER) {
            do {
                text.add((lines.get(end).isBlank() ? "" : "      ") + lines.get(end));
                end++;
            } while (end < lines.size() && (lines.get(end).isBlank() || indent(lines.get(end)) > indent));
        }
        text.addAll(lines.subList(end, lines.size()));
        Files.write(routes.resolve(file), text);
        return routes;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }
}
