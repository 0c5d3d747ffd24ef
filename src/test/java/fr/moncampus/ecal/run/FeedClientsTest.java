package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.moncampus.ecal.feed.FeedServer;
import fr.moncampus.ecal.feed.FeedSettings;
import fr.moncampus.ecal.memory.FeedTokens;
import fr.moncampus.ecal.sandbox.Session;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed as programs read it that nobody here has written: vdirsyncer subscribes, khal shows the week, python3-icalendar takes it apart. */
class FeedClientsTest {
    private static final int SESSIONS = 25;
    /** Debian's, which sees Debian's modules. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    @TempDir
    Path folder;

    private Stage stage;
    private String address;

    @BeforeEach
    void subscribe() throws Exception {
        stage = new Stage(folder, SESSIONS);
        stage.start("target: feed", "instance_name: Cours de Léa, B3", "alert: 1D");
        FeedServer server = new FeedServer(
                new FeedSettings("127.0.0.1", 0, null),
                stage.configurations(),
                stage.engine().memory(),
                stage.clock);
        server.begin(stage.engine().context());
        address = "http://127.0.0.1:" + server.port() + "/"
                + new FeedTokens(stage.engine().database()).of("alice", false) + ".ics";
        Session first = stage.sandbox.timetable().sessions().get(0);
        stage.sandbox
                .timetable()
                .rename(first.noCours(), "Économie ; « marché, \\prix » – " + "très long ".repeat(20) + "🎓");
        stage.sync();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void vdirsyncerSubscribesAndKhalShowsEachCourseAtItsHourAndPlace() throws Exception {
        assumeTrue(has("vdirsyncer") && has("khal"), "vdirsyncer et khal ne sont pas installés");
        Path vdirsyncer = Files.writeString(folder.resolve("vdirsyncer.conf"), """
                [general]
                status_path = "%1$s/status"
                [pair cours]
                a = "phone"
                b = "feed"
                collections = null
                conflict_resolution = "b wins"
                [storage phone]
                type = "filesystem"
                path = "%1$s/phone"
                fileext = ".ics"
                [storage feed]
                type = "http"
                url = "%2$s"
                """.formatted(folder, address));
        Path khal = Files.writeString(folder.resolve("khal.conf"), """
                [calendars]
                [[cours]]
                path = %1$s/phone
                [locale]
                local_timezone = Europe/Paris
                default_timezone = Europe/Paris
                timeformat = %%H:%%M
                dateformat = %%Y-%%m-%%d
                longdateformat = %%Y-%%m-%%d
                datetimeformat = %%Y-%%m-%%d %%H:%%M
                longdatetimeformat = %%Y-%%m-%%d %%H:%%M
                [sqlite]
                path = %1$s/khal.db
                """.formatted(folder));
        Files.createDirectory(folder.resolve("phone"));
        run("vdirsyncer", "-c", vdirsyncer.toString(), "discover");

        run("vdirsyncer", "-c", vdirsyncer.toString(), "sync");
        assertThat(shown(khal)).containsExactlyInAnyOrderElementsOf(expected());

        Session moved = stage.sandbox.timetable().sessions().get(SESSIONS - 1);
        stage.sandbox.timetable().move(moved.noCours(), moved.start().plusMinutes(20));
        stage.sync();
        run("vdirsyncer", "-c", vdirsyncer.toString(), "sync");
        assertThat(shown(khal)).containsExactlyInAnyOrderElementsOf(expected());
    }

    @Test
    void pythonReadsEveryFieldAsItWasMeant() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of(PYTHON)) && succeeds(PYTHON, "-c", "import icalendar"),
                "python3-icalendar n'est pas installé");
        String program = """
                import sys, urllib.request, icalendar
                from zoneinfo import ZoneInfo
                calendar = icalendar.Calendar.from_ical(urllib.request.urlopen(sys.argv[1]).read())
                assert str(calendar["X-WR-CALNAME"]) == "Cours de Léa, B3", calendar["X-WR-CALNAME"]
                for event in calendar.walk("VEVENT"):
                    assert not event.errors, event.errors
                    alarm, = event.walk("VALARM")
                    assert alarm["TRIGGER"].dt.days == -1, alarm["TRIGGER"]
                    local = lambda key: event[key].dt.astimezone(ZoneInfo("Europe/Paris")).strftime("%Y-%m-%d %H:%M")
                    print("|".join([local("DTSTART"), local("DTEND"), str(event["SUMMARY"]), str(event["LOCATION"])]))
                """;

        assertThat(run(PYTHON, "-c", program, address)).containsExactlyInAnyOrderElementsOf(expected());
    }

    private List<String> expected() {
        return stage.engine().workspace("alice").snapshot().read().events().stream()
                .map(event -> String.join(
                        "|",
                        MINUTE.format(LocalDateTime.parse(event.startDate() + "T" + event.startTime())),
                        MINUTE.format(LocalDateTime.parse(event.endDate() + "T" + event.endTime())),
                        event.name(),
                        event.location()))
                .toList();
    }

    private List<String> shown(Path khal) throws Exception {
        LocalDate first = stage.sandbox.timetable().sessions().stream()
                .map(session -> session.start().toLocalDate())
                .min(LocalDate::compareTo)
                .orElseThrow();
        return run(
                "khal",
                "-c",
                khal.toString(),
                "list",
                "--once",
                "--day-format",
                "",
                "--format",
                "{start}|{end}|{title}|{location}",
                first.toString(),
                "365d");
    }

    private static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }

    private boolean succeeds(String... command) throws Exception {
        return start(command).waitFor() == 0;
    }

    private Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().putAll(Map.of("HOME", folder.toString(), "LC_ALL", "C.UTF-8", "TZ", "Europe/Paris"));
        return builder.start();
    }

    /** @return its lines */
    private List<String> run(String... command) throws Exception {
        Process process = start(command);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> lines = Files.readAllLines(folder.resolve("output"));
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        return lines.stream().filter(line -> !line.isBlank()).toList();
    }
}
