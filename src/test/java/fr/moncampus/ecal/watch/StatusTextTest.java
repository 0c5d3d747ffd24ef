package fr.moncampus.ecal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.report.Kept;
import fr.moncampus.ecal.report.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTextTest {
    private static final Instant NOW = Instant.parse("2026-10-01T10:00:00Z");
    private static final String RESULT =
            "{\"created\":0,\"updated\":1,\"deleted\":0,\"unchanged\":9,\"waiting\":0,\"held\":%d,\"failed\":%d,\"unconfirmed\":0,\"error\":%s}";

    @TempDir
    Path folder;

    private final Configuration configuration = Fixtures.configuration("lea");
    private Database database;
    private History history;

    @BeforeEach
    void open() {
        database = Database.open(folder);
        history = new History(database, "lea");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void beforeTheFirstRunItSaysWhenThatWillBe() {
        assertThat(text())
                .containsExactly(
                        "lea — pas encore synchronisé",
                        "  aucun passage pour l'instant",
                        "  prochain (si run) : 2026-10-01T12:46:00+02:00 (dans 46 min)");
        assertThat(StatusText.lines(new StatusReader(configuration, folder, null, clock()).read(), NOW))
                .isEqualTo(text());
    }

    @Test
    void manyAreOneLineEachAndOneForAll() {
        StatusSummary summary = new StatusSummary();
        for (int i = 0; i < 30; i++) {
            Status status = new StatusReader(Fixtures.configuration("eleve-" + i), folder, database, clock()).read();
            assertThat(StatusText.line(status, NOW))
                    .isEqualTo("eleve-" + i + " — pas encore synchronisé, dernier succès : jamais");
            summary.add(status, i >= 15);
        }
        assertThat(summary.line())
                .isEqualTo(
                        "30 configurations : 30 pas encore synchronisées, 15 en retard (eleve-15, eleve-16, eleve-17, eleve-18, "
                                + "eleve-19, eleve-20, eleve-21, eleve-22, eleve-23, eleve-24…)");
    }

    @Test
    void agesAreTold() {
        run("good", "2026-10-01T07:46:00Z", 0, 0, "null", "[]");

        assertThat(text())
                .contains("lea — à jour", "  dernier succès    : 2026-10-01T09:46:05+02:00 (il y a 2 h 13 min)");
    }

    @Test
    void aRunOfAClockThatWasAheadHidesNoFailureAndIsNotToCome() {
        run("ahead", "2026-10-30T09:46:00Z", 0, 0, "null", "[]");
        assertThat(text())
                .contains(
                        "  dernier passage   : 2026-10-30T10:46:00+01:00 (date fausse : l'horloge de la machine était en avance) — 0 créés, 1 modifiés, 0 supprimés, 9 inchangés, 0 en échec, 0 à confirmer");
        assertThat(new StatusReader(configuration, folder, database, clock())
                        .read()
                        .age())
                .isNull();

        run("bad", "2026-10-01T09:46:00Z", 0, 0, "{\"kind\":\"moncampus\",\"message\":\"en panne\"}", "[]");

        assertThat(text())
                .contains("lea — en échec")
                .filteredOn(line -> line.contains("dans "))
                .singleElement()
                .asString()
                .startsWith("  prochain");
    }

    @Test
    void whatIsHeldIsShownWithTheReason() {
        run(
                "held",
                "2026-10-01T09:46:00Z",
                2,
                0,
                "null",
                "[{\"reason\":\"too-many\",\"event\":\"Java\",\"since\":\"\"},{\"reason\":\"too-many\",\"event\":\"Anglais\",\"since\":\"\"}]");

        assertThat(text())
                .contains("lea — à jour, sauf ce qui est retenu", "    Java", "    Anglais")
                .anySatisfy(line -> assertThat(line).startsWith("  ! retenu (too-many) : 2 — trop de suppressions"));
    }

    @Test
    void aRunThatFailedSaysWhyAndSinceWhen() {
        run("bad", "2026-10-01T09:46:00Z", 0, 0, "{\"kind\":\"moncampus\",\"message\":\"en panne\"}", "[]");
        history.failed("run", "en panne", Instant.parse("2026-10-01T06:00:00Z"));

        assertThat(text())
                .contains(
                        "lea — en échec",
                        "  dernier succès    : jamais",
                        "  ✗ en échec depuis 2026-10-01T08:00:00+02:00 : en panne");
    }

    @Test
    void theErrorFileOfTheLastDayIsCountedAndItsEndShown() throws IOException {
        Files.writeString(
                folder.resolve("errors_lea.txt.1"),
                "2026-09-28T10:00:00+02:00 | lea | oublié\n2026-09-30T13:00:00+02:00 | lea | 0\n");
        Files.writeString(
                folder.resolve("errors_lea.txt"),
                String.join(
                                "\n",
                                List.of(
                                        "pas une date",
                                        "2026-10-01T01:00:00+02:00 | lea | 1",
                                        "2026-10-01T02:00:00+02:00 | lea | 2",
                                        "2026-10-01T03:00:00+02:00 | lea | 3",
                                        "2026-10-01T04:00:00+02:00 | lea | 4",
                                        "2026-10-01T05:00:00+02:00 | lea | 5"))
                        + "\n");

        assertThat(text())
                .contains("  fichier d'erreurs, dernières 24 h : 6 lignes", "    2026-10-01T05:00:00+02:00 | lea | 5")
                .noneSatisfy(line -> assertThat(line).contains("oublié"))
                .noneSatisfy(line -> assertThat(line).endsWith("| 0"));
    }

    private void run(String id, String started, int held, int failed, String error, String kept) {
        boolean success = held + failed == 0 && "null".equals(error);
        history.add(new History.Entry(
                id,
                Instant.parse(started),
                Instant.parse(started).plusSeconds(5),
                success,
                read(RESULT.formatted(held, failed, error), RunResult.class),
                List.of(read(kept, Kept[].class))));
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return new ObjectMapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<String> text() {
        return StatusText.lines(new StatusReader(configuration, folder, database, clock()).read(), NOW);
    }

    private static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }
}
