package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.memory.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What belongs to one configuration, and what an exchange gets of it. */
class WorkspaceTest {
    @TempDir
    private Path folder;

    /** So that a route asks as the person whose run it is, and never finds a service that the configuration does not have. */
    @ParameterizedTest
    @CsvSource({
        "moncampus, ecal, portal ecal, moncampus ecal",
        "moncampus, caldav, secretKeys portal caldavCalendar, other moncampus caldav",
        "ics, ecal, secretKeys icsSource ecal, other ics ecal",
        "ics, feed, secretKeys icsSource feedCalendar, other ics",
        "school, agenda, secretKeys, other",
    })
    void anExchangeGetsWhatItsSourceAndItsTargetNeed(String source, String target, String beans, String requests) {
        try (Database database = Database.open(folder)) {
            Workspace workspace = workspace(configuration(source, target), database);
            Exchange exchange = new DefaultExchange(new DefaultCamelContext());

            workspace.enter(exchange);

            assertThat(workspace.ends().beans()).containsOnlyKeys(beans.split(" "));
            assertThat(exchange.getProperties())
                    .containsAllEntriesOf(workspace.ends().beans())
                    .containsEntry(Workspace.PROPERTY, workspace)
                    .containsEntry(DeadLetters.PROPERTY, workspace.deadLetters())
                    .containsEntry(Notification.PROPERTY, workspace.notification());
            assertThat(workspace.ends().requests()).containsOnlyKeys(requests.split(" "));
            assertThat(workspace.portal() != null).isEqualTo(source.equals("moncampus"));
            assertThat(workspace.ecal() != null).isEqualTo(target.equals("ecal"));
            assertThat(workspace).hasToString("lea");
        }
    }

    @Test
    void theRequestsOfAllItsServicesAreCounted() throws Exception {
        try (Database database = Database.open(folder)) {
            Workspace workspace = workspace(configuration("moncampus", "agenda"), database);
            SecretKeys keys = (SecretKeys) workspace.ends().beans().get(SecretKeys.PROPERTY);
            for (int i = 1; i <= 2; i++) {
                keys.complete(
                        ClassicRequestBuilder.get("https://agenda.example/").build());
                assertThat(workspace.requests()).isEqualTo(i);
            }
        }
    }

    @Test
    void todayIsTheSchoolsAndSoAreTheDaysThatAreSynchronised() {
        try (Database database = Database.open(folder)) {
            Workspace workspace = workspace(configuration("moncampus", "ecal"), database);
            Instant lateInTheEvening = Instant.parse("2026-10-04T22:30:00Z");

            assertThat(workspace.today(lateInTheEvening)).isEqualTo("2026-10-05");
            assertThat(workspace.window(lateInTheEvening))
                    .isEqualTo(new Window(LocalDate.of(2026, 9, 28), LocalDate.of(2026, 11, 4)));
        }
    }

    @Test
    void onOneMachineAFileKeepsTwoRunsApart() throws Exception {
        try (Database database = Database.open(folder)) {
            keepsTwoRunsApart(workspace(configuration("ics", "feed"), database));
            assertThat(folder.resolve("lea.lock")).exists();
        }
    }

    @Test
    void onSeveralTheMemoryDoesAndAConfigurationOfAnotherNameForTheSameCalendarIsKeptApartToo() throws Exception {
        MemoryPlace place = PostgresServer.shared().newPlace(folder);
        try (Database database = Database.open(place);
                Database other = Database.open(place)) {
            Configuration configuration = configuration("ics", "feed");
            Workspace workspace = workspace(configuration, database);
            keepsTwoRunsApart(workspace);
            try (AutoCloseable held = take(workspace)) {
                assertThat(held).isNotNull();
                assertThat(other.locks().tryTake("run " + configuration.owner()))
                        .isNull();
            }
            assertThat(folder.resolve("lea.lock")).doesNotExist();
        }
    }

    private static void keepsTwoRunsApart(Workspace workspace) throws Exception {
        try (AutoCloseable held = take(workspace)) {
            assertThat(held).isNotNull();
            assertThat(take(workspace)).isNull();
        }
        try (AutoCloseable next = take(workspace)) {
            assertThat(next).isNotNull();
        }
    }

    private static AutoCloseable take(Workspace workspace) throws Exception {
        return workspace.take(Duration.ZERO, () -> true);
    }

    private Workspace workspace(Configuration configuration, Database database) {
        return Workspace.of(configuration, database, database, new HostLimits(), folder, Clock.systemUTC());
    }

    private static Configuration configuration(String source, String target) {
        return Fixtures.configuration("lea", source, target, null);
    }
}
