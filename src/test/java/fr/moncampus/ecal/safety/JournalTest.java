package fr.moncampus.ecal.safety;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.Journal;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every write is noted before it is sent, with the event as it was and why. */
class JournalTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private final Installation installation = new Installation(12);

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void theJournalAlonePutsTheCalendarBack() {
        installation.sync();
        Map<String, List<String>> before = calendar();
        change();
        String run = journal(1).get(0).run();
        assertThat(calendar()).isNotEqualTo(before);

        Map<String, List<String>> restored = calendar();
        for (Journal.Entry entry : journal(1000)) {
            if (entry.run().equals(run)) {
                if (entry.after() != null) {
                    restored.remove(entry.after().reference());
                }
                if (entry.before() != null) {
                    restored.put(entry.before().reference(), fields(entry.before()));
                }
            }
        }
        assertThat(restored).isEqualTo(before);
    }

    @Test
    void everyWriteSaysWhy() {
        installation.sync();
        assertThat(journal(12)).extracting(Journal.Entry::why).containsOnly("nouveau cours");
        change();

        assertThat(journal(5))
                .extracting(Journal.Entry::why)
                .satisfiesExactlyInAnyOrder(
                        why -> assertThat(why).startsWith("horaire "),
                        why -> assertThat(why).startsWith("salle "),
                        why -> assertThat(why).startsWith("nom "),
                        why -> assertThat(why).isEqualTo("nouveau cours"),
                        why -> assertThat(why)
                                .startsWith("absent de l'emploi du temps depuis 2026-10-05T09:00:00+02:00")
                                .contains("2 lectures"));
    }

    @Test
    void aWriteIsNotedBeforeItIsSent() {
        installation.sync();
        installation.sandbox().timetable().changeRoom(4, "C300");
        installation
                .sandbox()
                .faults()
                .add(Fault.on(Server.ECAL, Effect.of(Effect.Kind.CUT))
                        .method("PUT")
                        .always());

        installation.later(HOUR).sync();

        assertThat(journal(1)).singleElement().satisfies(entry -> {
            assertThat(entry.before().location()).isEqualTo("B103");
            assertThat(entry.after().location()).isEqualTo("C300");
            assertThat(entry.outcome()).isNotEqualTo("UPDATED");
        });
    }

    @Test
    void aClockThatIsAQuarterAheadDeletesNothingOfIt() {
        installation.key("moncampus_end_date", "2027-07-10").sync();

        installation.later(Duration.ofDays(100)).sync();
        assertThat(journal(100)).hasSize(12);
    }

    /** A move, another room, another name and a new course at once with a cancellation that is confirmed by then. */
    private void change() {
        installation.sandbox().timetable().cancel(9);
        installation.later(HOUR).sync();
        installation.sandbox().timetable().move(3, LocalDateTime.of(2026, 10, 20, 8, 0));
        installation.sandbox().timetable().changeRoom(4, "C300");
        installation.sandbox().timetable().rename(5, "Autre cours");
        installation.sandbox().timetable().add(Installation.courses(13).get(12));
        installation.later(HOUR).sync();
        installation.isInStep();
    }

    private List<Journal.Entry> journal(int limit) {
        try (Database database = Database.open(installation.data())) {
            return new Journal(database, "camille", Clock.systemUTC()).entries(limit);
        }
    }

    private Map<String, List<String>> calendar() {
        Map<String, List<String>> events = new TreeMap<>();
        for (ObjectNode event : installation.events()) {
            events.put(
                    event.path("reference").asText(),
                    List.of(
                            event.path("id").asText(),
                            event.path("name").asText(),
                            event.path("location").asText(),
                            event.path("startDate").asText()
                                    + event.path("startTime").asText(),
                            event.path("endDate").asText()
                                    + event.path("endTime").asText(),
                            event.path("timezone").asText(),
                            event.path("details").asText(),
                            event.path("alert").asText()));
        }
        return events;
    }

    private static List<String> fields(CalendarEvent event) {
        return List.of(
                event.id(),
                event.name(),
                event.location(),
                event.startDate() + event.startTime(),
                event.endDate() + event.endTime(),
                event.timezone(),
                event.details(),
                event.alert());
    }
}
