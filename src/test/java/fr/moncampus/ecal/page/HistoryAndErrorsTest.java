package fr.moncampus.ecal.page;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryAndErrorsTest {
    private static final int RUNS = 10_000;

    @TempDir
    private Path folder;

    private Database database;
    private History history;

    @BeforeEach
    void open() {
        database = Database.open(folder);
        history = new History(database, "alice");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void tenThousandRunsAreAddedUpByParisDays() {
        Duration apart = Duration.ofDays(89).dividedBy(RUNS);
        for (int i = 0; i < RUNS; i++) {
            history.add(run(
                    "run" + i,
                    Sample.NOW.minus(apart.multipliedBy(i)),
                    i % 100 != 0,
                    i % 50 == 0 ? 3 : 0,
                    500 + i % 7));
        }

        Chart chart = Chart.of(history, Sample.NOW);

        assertThat(chart.days()).hasSize(Chart.DAYS);
        assertThat(chart.days().stream().mapToInt(Chart.Day::runs).sum()).isEqualTo(RUNS);
        assertThat(chart.days().stream().mapToInt(Chart.Day::bad).sum()).isEqualTo(RUNS / 100);
        assertThat(chart.days().stream().mapToInt(Chart.Day::changes).sum()).isEqualTo(3 * RUNS / 50);
        assertThat(chart.maxMillis()).isEqualTo(506);
        assertThat(chart.days().get(Chart.DAYS - 1).name()).isEqualTo("jeudi 26 novembre");
        assertThat(chart.days()).filteredOn(Chart.Day::old).hasSize(Chart.DAYS - Chart.DAYS_ON_A_PHONE);
    }

    @Test
    void aRunShortlyAfterMidnightInParisBelongsToTheNewDay() {
        history.add(run("a", Instant.parse("2026-11-24T23:30:00Z"), false, 1, 1000));

        assertThat(Chart.of(history, Sample.NOW).days())
                .filteredOn(day -> day.runs() > 0)
                .singleElement()
                .satisfies(day -> assertThat(day.title())
                        .isEqualTo(
                                "mercredi 25 novembre : 1 passage, 1 changement, 1 passage incomplet, 1,0 s au plus"));
    }

    @Test
    void anOpenFailureIsToldInTheWordsOfTheErrorFileWithWhatHappensNext() throws Exception {
        history.failed("mc-0a1b2c3d-1", "ECAL refuse l'événement | 400", Sample.NOW.minusSeconds(3600));
        Path file = write(
                "2026-11-20T09:00:00+01:00 | alice | passage r0 | création | Anglais, lun. | HTTP 500 : panne | suite : nouvel essai",
                "2026-11-26T11:00:00+01:00 | bob | passage r1 | création | Cours de Bob | HTTP 400 : ECAL refuse l'événement ¦ 400 | suite : celle de Bob",
                "2026-11-26T12:30:00+01:00 | alice | passage r2 | création | Bases de données, lun. | HTTP 400 : ECAL refuse l'événement ¦ 400 | suite : nouvel essai au prochain passage",
                "2026-11-26T12:40:00+01:00 | alice | passage r3 | résolu : la synchronisation | ce n'est plus en échec : MonCampus est en panne",
                "une ligne de quelqu'un d'autre");

        Errors errors = Errors.of("alice", history, file, Sample.NOW);

        assertThat(errors.open())
                .containsExactly(new Errors.Open(
                        "aujourd'hui à 12 h 30 (il y a 1 h 0 min)",
                        "création : Bases de données, lun.",
                        "ECAL refuse l'événement | 400",
                        "nouvel essai au prochain passage"));
        assertThat(errors.cured())
                .containsExactly(new Errors.Cured(
                        "aujourd'hui à 12 h 40",
                        "la synchronisation",
                        "ce n'est plus en échec : MonCampus est en panne"));
        assertThat(errors.today()).isEqualTo(1);
    }

    @Test
    void aFailureThatTheErrorFileLacksIsToldAllTheSame() {
        history.failed("run", "MonCampus est en panne", Sample.NOW);

        assertThat(Errors.of("alice", history, folder.resolve("none.txt"), Sample.NOW)
                        .open())
                .containsExactly(
                        new Errors.Open("aujourd'hui à 13 h 30 (à l'instant)", "", "MonCampus est en panne", ""));
    }

    private Path write(String... lines) throws Exception {
        return Files.write(folder.resolve("errors.txt"), List.of(lines));
    }

    private static History.Entry run(String id, Instant started, boolean success, int changes, long millis) {
        RunError error = success ? null : new RunError(RunError.Kind.MONCAMPUS, "en panne");
        RunResult result = new RunResult("alice", changes, 0, 0, 350, 0, 0, 0, 0, 6, millis, error);
        return new History.Entry(id, started, started.plusSeconds(1), success, result, List.of());
    }
}
