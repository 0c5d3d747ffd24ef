package fr.moncampus.ecal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.report.RunResult;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run may end anywhere: before and after each request and each write to its memory. None of these points is left out. */
@ExtendWith(Quiet.class)
class CrashPointsTest {
    private static final Rules RULES = new Rules(Duration.ofMinutes(30), 100, 1, Duration.ofMinutes(15));

    @TempDir
    Path locks;

    Memory memory() throws SQLException {
        return new SqliteMemory();
    }

    int courses() {
        return 12;
    }

    enum Run {
        FIRST_SYNC,
        UPDATE,
        /** Of events that somebody has deleted, which listings still show for a while: each update becomes a create. */
        UPDATE_OF_WHAT_IS_GONE,
        DELETION
    }

    /** @param spelling how ECAL spells what it stores: not at all, or everything otherwise */
    @ParameterizedTest
    @CsvSource({
        "FIRST_SYNC, true, 0",
        "FIRST_SYNC, false, 15",
        "UPDATE, true, 0",
        "UPDATE, false, 15",
        "UPDATE_OF_WHAT_IS_GONE, true, 0",
        "UPDATE_OF_WHAT_IS_GONE, false, 15",
        "DELETION, true, 0",
        "DELETION, false, 15"
    })
    void whereverARunIsCutOffTheNextOnesBringEverythingRight(Run run, boolean conflicts, int spelling)
            throws Exception {
        int point = 1;
        while (new World(run, conflicts, spelling).isCutOffAt(point)) {
            point++;
        }
        assertThat(point)
                .as("points before and after %d writes, each noted before and after", courses())
                .isGreaterThan(courses() * 10);
    }

    private final class World implements AutoCloseable {
        private final MovableClock time = new MovableClock("2026-03-26T07:46:00Z");
        private final School school = new School(Simulation.ALICE, new Random(1));
        private final Ecal ecal;
        private final Memory memory = memory();
        private final Run run;
        private int writes;

        World(Run run, boolean conflicts, int spelling) throws SQLException {
            this.run = run;
            ecal = new Ecal(new Random(2), time, new Ecal.Nature(conflicts, 100, false, spelling, false));
            ecal.watcher = new Ecal.Watcher() {
                @Override
                public void write(Event event, Map<String, String> sent) {
                    writes++;
                }

                @Override
                public void lost(String reference) {
                    // nothing is lost but the client
                }

                @Override
                public void unwanted(String id) {
                    // said by the deletion itself
                }
            };
            for (int i = 0; i <= courses(); i++) {
                school.sessions.add(new Session(
                        100L + i,
                        "Étude n° " + i,
                        "B1",
                        "NOM",
                        LocalDateTime.of(2026, 3, 27, 8, 0).plusDays(i),
                        90,
                        i % 3 == 0));
            }
        }

        /** @return false when the run was over before that point */
        boolean isCutOffAt(int point) throws Exception {
            prepare();
            writes = 0;
            Mortal process = new Mortal(point);
            try {
                sync(process);
            } catch (Mortal.Death e) {
                assertThat(process.isDead()).isTrue();
            }
            for (int minutes : new int[] {2, 16, 31, 31}) {
                time.forward(Duration.ofMinutes(minutes));
                RunResult result = sync(new Mortal(0));
                assertThat(result.error()).as("after point %d", point).isNull();
                assertThat(ecal.events().stream().map(Event::reference).toList())
                        .as("doubles after point %d", point)
                        .doesNotHaveDuplicates();
            }
            assertThat(said(ecal.events().stream().map(Event::said).toList()))
                    .as("the calendar after point %d", point)
                    .isEqualTo(said(school.sessions.stream().map(Session::said).toList()));
            assertThat(writes).as("writes around point %d", point).isBetween(needed(), needed() + 1);
            close();
            return process.isDead();
        }

        private int needed() {
            return run == Run.FIRST_SYNC ? courses() + 1 : courses();
        }

        private void prepare() throws Exception {
            if (run == Run.FIRST_SYNC) {
                return;
            }
            sync(new Mortal(0));
            time.forward(Duration.ofHours(1));
            if (run != Run.DELETION) {
                school.sessions = school.sessions.stream()
                        .map(session -> session.number() == 100L ? session : session.in("Z9"))
                        .collect(Collectors.toCollection(ArrayList::new));
                if (run == Run.UPDATE_OF_WHAT_IS_GONE) {
                    ecal.removeUnseen(event -> !event.reference().endsWith("-100"), Duration.ofMinutes(10));
                }
            } else {
                school.sessions.removeIf(session -> session.number() != 100L);
                sync(new Mortal(0));
                time.forward(Duration.ofMinutes(31));
            }
        }

        private RunResult sync(Mortal process) throws Exception {
            Configuration configuration = Persons.configuration("alice", Simulation.ALICE, Simulation.ECAL, RULES);
            Wire wire =
                    process.wire(ask -> ask.address().getPath().startsWith("/apiv2") ? ecal.ask(ask) : school.ask(ask));
            Database database = memory.open(process);
            try (Client client =
                    new DirectClient(List.of(configuration), database, locks, time, wire, UserStep.NONE, null, null)) {
                return client.sync("alice");
            } finally {
                memory.ended(database);
            }
        }

        private List<String> said(List<String> words) {
            return words.stream().sorted().toList();
        }

        @Override
        public void close() throws SQLException {
            memory.close();
        }
    }
}
