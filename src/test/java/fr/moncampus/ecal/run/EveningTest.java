package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import fr.moncampus.ecal.memory.EveningStore;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evening}: one message about tomorrow, or silence. */
class EveningTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final LocalDate MONDAY = Stage.TODAY;
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);
    private static final LocalDate FRIDAY = MONDAY.plusDays(4);
    private static final String LINK = "https://teams.microsoft.com/l/meetup-join/s3cr3t";

    @TempDir
    private Path folder;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private HttpServer service;
    private Stage stage;

    @BeforeEach
    void start() throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            received.add(exchange.getRequestMethod() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        service.start();
        stage = new Stage(folder, 1);
        stage.sandbox.timetable().replaceAll(term());
        stage.start(keys("'19:00'"));
    }

    @AfterEach
    void close() {
        stage.close();
        service.stop(0);
    }

    @Test
    void anEveningOfWhichNothingIsNewIsSilent() {
        assertThat(eveningOf(MONDAY)).as("nothing to compare with").isNull();
        assertThat(eveningOf(TUESDAY)).isNull();
        stage.sandbox.timetable().changeTeacher(31, "DURAND Paul");
        stage.sandbox.timetable().move(32, WEDNESDAY.atTime(15, 0));

        assertThat(eveningOf(WEDNESDAY)).as("it is about Thursday").isNull();
    }

    @Test
    void aFirstHourARoomAndALinkAreTold() {
        eveningOf(MONDAY);
        stage.sandbox.timetable().cancel(31);
        stage.sandbox.timetable().changeRoom(32, "C204");

        at(TUESDAY, 11);
        stage.sync();
        stage.clock.forward("PT30M");

        assertThat(eveningOf(TUESDAY))
                .isEqualTo("alice : demain, mercredi 7 octobre\n"
                        + "Premier cours à 14:00 au lieu de 08:00 : Droit 32, C204\n"
                        + "14:00 Droit 32 : salle C204 au lieu de B110");
    }

    @Test
    void aNewLinkIsToldAndNotShown() {
        eveningOf(MONDAY);
        Session session = stage.sandbox.timetable().find(32);
        stage.sandbox.timetable().cancel(32);
        stage.sandbox
                .timetable()
                .add(new Session(
                        session.noCours(),
                        session.commentaire(),
                        session.title(),
                        session.matiere(),
                        session.groupe(),
                        session.salle(),
                        session.prof(),
                        session.mode(),
                        List.of(LINK),
                        session.start(),
                        session.end()));

        assertThat(eveningOf(TUESDAY)).contains("14:00 Droit 32 : nouveau lien").doesNotContain("s3cr3t", "http");
    }

    @Test
    void whatNoSecondReadHasConfirmedCancelsNobodysMorning() {
        eveningOf(MONDAY);
        stage.sandbox.timetable().cancel(31);

        assertThat(eveningOf(TUESDAY)).isNull();
    }

    @Test
    void anEveningIsToldOnceHoweverManyNodesAndRestarts() throws Exception {
        eveningOf(MONDAY);
        stage.sandbox.timetable().changeRoom(32, "C204");
        assertThat(eveningOf(TUESDAY)).isNotNull();

        assertThat(news()).isNull();
        stage.engine().close();
        stage.open(false);
        assertThat(news()).isNull();
    }

    @Test
    void aDayWithoutASuccessfulRunIsSilentAndLosesNothing() {
        eveningOf(MONDAY);
        stage.sandbox.timetable().changeRoom(41, "C204");
        Fault down = Fault.on(Server.TIMETABLE, Effect.status(503)).always();
        stage.sandbox.faults().add(down);
        assertThat(eveningOf(TUESDAY)).isNull();

        stage.sandbox.faults().clear();

        assertThat(eveningOf(WEDNESDAY)).as("since Monday").contains("salle C204 au lieu de B110");
    }

    @Test
    void onSundayItIsTheWholeWeekend() {
        eveningOf(MONDAY);
        eveningOf(FRIDAY);
        stage.sandbox.timetable().changeRoom(81, "C204");
        assertThat(eveningOf(FRIDAY.plusDays(1))).isNull();

        assertThat(eveningOf(FRIDAY.plusDays(2))).contains("lundi 12 octobre", "salle C204 au lieu de B110");
    }

    @Test
    void hoursAreThoseOfParisWhenTheClocksHaveChanged() {
        LocalDate friday = LocalDate.of(2026, 10, 23);
        eveningOf(friday);
        stage.sandbox.timetable().move(221, LocalDate.of(2026, 10, 26).atTime(9, 0));

        assertThat(eveningOf(LocalDate.of(2026, 10, 25))).contains("Premier cours à 09:00 au lieu de 08:00");
    }

    @Test
    void aClockThatIsWrongTakesNoTurn() {
        eveningOf(MONDAY);
        stage.sandbox.timetable().changeRoom(32, "C204");
        at(TUESDAY, 12);
        stage.sync();
        assertThat(news()).as("at noon").isNull();

        stage.clock.forward(Duration.ofHours(7));
        assertThat(news()).isNotNull();

        stage.sandbox.timetable().changeRoom(41, "C204");
        at(WEDNESDAY, 12);
        stage.sync();
        stage.clock.forward(Duration.ofHours(11));
        assertThat(news()).as("in the night").isNull();
        stage.clock.forward(Duration.ofDays(-1000));
        assertThat(news()).as("in another year").isNull();
    }

    @Test
    void theRouteSendsIt() throws Exception {
        eveningOf(MONDAY);
        stage.sandbox.timetable().changeRoom(32, "C204");
        at(TUESDAY, 12);
        stage.sync();
        stage.clock.forward(Duration.ofHours(7));
        stage.engine().close();
        received.clear();

        stage.open(true);

        String message;
        do {
            message = received.poll(20, TimeUnit.SECONDS);
        } while (message != null && !message.contains("demain"));
        assertThat(message)
                .isEqualTo("POST alice : demain, mercredi 7 octobre\n14:00 Droit 32 : salle C204 au lieu de B110");
        QuartzEndpoint quartz = (QuartzEndpoint)
                stage.engine().context().getRoute("alice-evening").getEndpoint();
        assertThat(quartz.getCron()).matches("\\d+ 0 19 \\* \\* \\?");
    }

    @Test
    void whoWantsNoMessageHasNoSuchRoute() throws Exception {
        stage.engine().close();
        stage.configure("alice", Stage.STUDENT).open(true);

        assertThat(stage.engine().context().getRoute("alice-evening")).isNull();
        assertThat(stage.engine().context().getRoute("alice-schedule")).isNotNull();
    }

    private String[] keys(String hour) {
        return new String[] {
            "evening: " + hour,
            "notify_url: http://127.0.0.1:" + service.getAddress().getPort() + "/topic",
            "moncampus_end_date: P60D"
        };
    }

    /** Two courses on every day of four weeks but weekends: number 31 begins at 8 on the third of October's days counted from Monday, and so on. */
    private static List<Session> term() {
        List<Session> sessions = new ArrayList<>();
        for (int day = 0; day < 28; day++) {
            LocalDate date = MONDAY.plusDays(day);
            if (date.getDayOfWeek().getValue() < 6) {
                int number = 10 * (day + 1);
                sessions.add(Session.of(number + 1, "Maths " + (number + 1), "B110", date.atTime(8, 0)));
                sessions.add(Session.of(number + 2, "Droit " + (number + 2), "B110", date.atTime(14, 0)));
            }
        }
        return sessions;
    }

    private String eveningOf(LocalDate day) {
        at(day, 12);
        stage.sync();
        at(day, 19);
        return news();
    }

    private void at(LocalDate day, int hour) {
        Duration ahead = Duration.between(
                stage.clock.instant(), day.atTime(hour, 0).atZone(PARIS).toInstant());
        if (!ahead.isNegative()) {
            stage.clock.forward(ahead);
        }
    }

    private String news() {
        Workspace workspace = stage.engine().workspace("alice");
        EveningStore store = new EveningStore(
                stage.engine().database(), "alice", workspace.configuration().owner());
        return new Evening(workspace, store)
                .news(new DefaultExchange(stage.engine().context()));
    }
}
