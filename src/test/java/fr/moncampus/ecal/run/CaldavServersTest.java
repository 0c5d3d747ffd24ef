package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sandbox.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.util.FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calendars on real CalDAV servers, from MonCampus to the text that another client reads. */
class CaldavServersTest {
    private static final int SESSIONS = 12;

    @TempDir
    private Path folder;

    private Stage stage;
    private CaldavServer server;

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private void start(CaldavServer.Kind kind, String... lines) throws Exception {
        server = CaldavServer.start(kind, Files.createDirectories(folder.resolve("server")));
        stage = new Stage(folder, SESSIONS);
        String[] all = Stream.concat(
                        Stream.of(
                                "caldav_url: " + server.url(),
                                "caldav_user: " + CaldavServer.USER,
                                "caldav_password: '" + CaldavServer.PASSWORD.replace("'", "''") + "'"),
                        Stream.of(lines))
                .toArray(String[]::new);
        stage.configureCaldav("alice", Stage.STUDENT, all);
    }

    private RunResult later() {
        stage.clock.forward("PT31M");
        return stage.result();
    }

    private Session session(int number) {
        return stage.sandbox.timetable().sessions().get(SESSIONS / 2 + number);
    }

    private String nameOf(Session session) {
        return server.texts().keySet().stream()
                .filter(name -> name.contains("-" + session.noCours()))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void aTimetableIsWrittenFollowedAndLeftAlone(CaldavServer.Kind kind) throws Exception {
        start(kind);
        stage.open(false);
        assertThat(stage.result())
                .extracting(RunResult::created, RunResult::unconfirmed, RunResult::failed, RunResult::error)
                .containsExactly(SESSIONS, 0, 0, null);
        assertThat(later()).extracting(RunResult::unchanged, RunResult::error).containsExactly(SESSIONS, null);

        stage.sandbox.timetable().move(session(0).noCours(), session(0).start().plusHours(1));
        stage.sandbox.timetable().cancel(session(2).noCours());
        assertThat(later())
                .extracting(RunResult::updated, RunResult::waiting, RunResult::failed)
                .containsExactly(1, 1, 0);
        assertThat(later()).extracting(RunResult::deleted, RunResult::failed).containsExactly(1, 0);
        assertThat(later()).extracting(RunResult::unchanged, RunResult::error).containsExactly(SESSIONS - 1, null);
        assertThat(server.texts()).hasSize(SESSIONS - 1);
    }

    @ParameterizedTest
    @EnumSource
    void whatAPersonHasAddedStays(CaldavServer.Kind kind) throws Exception {
        start(kind);
        stage.open(false);
        stage.sync();
        String name = nameOf(session(0));
        server.edit(
                name,
                text -> text.replaceAll("\r?\n ", "")
                        .replaceFirst("DESCRIPTION:(.*)", "DESCRIPTION:Réviser\\\\, surtout\\\\n$1")
                        .replace(
                                "END:VEVENT",
                                "COLOR:turquoise\r\nX-PERSO:oui\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P1D\r\n"
                                        + "DESCRIPTION:demain\r\nEND:VALARM\r\nEND:VEVENT"));
        assertThat(later().unchanged()).as("an addition is no change of ours").isEqualTo(SESSIONS);

        stage.sandbox.timetable().changeRoom(session(0).noCours(), "Ailleurs");
        assertThat(later()).extracting(RunResult::updated, RunResult::failed).containsExactly(1, 0);
        assertThat(server.text(name).replaceAll("\r?\n ", ""))
                .contains("Ailleurs", "Réviser\\, surtout", "COLOR:turquoise", "X-PERSO:oui", "-P1D", "-PT15M");
        assertThat(later().unchanged()).isEqualTo(SESSIONS);
    }

    /** A step of a user's, just before the request, is where the person comes in. */
    @ParameterizedTest
    @EnumSource
    void somebodyWhoIsFasterIsNotOverwritten(CaldavServer.Kind kind) throws Exception {
        start(kind);
        stage.routes(withStep("- to: { id: object-request", "- to: { uri: \"direct:meanwhile\" }"));
        stage.open(false);
        Runnable[] meanwhile = {() -> {}};
        stage.engine().context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:meanwhile").process(exchange -> {
                    Runnable now = meanwhile[0];
                    meanwhile[0] = () -> {};
                    now.run();
                });
            }
        });
        stage.sync();
        String name = nameOf(session(0));
        stage.sandbox.timetable().changeRoom(session(0).noCours(), "Ailleurs");
        meanwhile[0] = () -> server.edit(name, text -> text.replace("END:VEVENT", "COLOR:red\r\nEND:VEVENT"));

        RunResult result = later();
        assertThat(result.updated()).as("%s %s", result, stage.errors("alice")).isEqualTo(1);
        assertThat(result.failed()).isZero();
        assertThat(server.text(name)).contains("COLOR:red", "Ailleurs");
    }

    private Path withStep(String before, String step) throws IOException {
        Path edited = Files.createDirectories(folder.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                FileUtil.copyFile(
                        file.toFile(), edited.resolve(file.getFileName()).toFile());
            }
        }
        Path file = edited.resolve("caldav.camel.yaml");
        String text = Files.readString(file);
        String with = text.replaceFirst("(?m)^( *)(?=" + before.replace("{", "\\{") + ")", "$1" + step + "\n$1");
        assertThat(with).isNotEqualTo(text);
        Files.writeString(file, with);
        return edited;
    }

    @Test
    void aWrongPasswordIsSaidWithTheCodeOfTheTarget() throws Exception {
        start(CaldavServer.Kind.RADICALE, "caldav_password: faux");
        stage.open(false);

        RunError error = stage.result().error();
        assertThat(error.message()).contains("401", "caldav_password").doesNotContain("faux");
        assertThat(error.exitCode()).isEqualTo(4);
        assertThat(server.texts()).isEmpty();
    }

    @Test
    void anAddressOfAllCalendarsIsNotOne() throws Exception {
        start(CaldavServer.Kind.RADICALE);
        stage.configureCaldav(
                        "alice",
                        Stage.STUDENT,
                        "caldav_url: " + server.url().replace("agenda/", ""),
                        "caldav_user: " + CaldavServer.USER,
                        "caldav_password: '" + CaldavServer.PASSWORD.replace("'", "''") + "'")
                .open(false);

        assertThat(stage.result().error().message()).contains("autre chose qu'un calendrier");
    }
}
