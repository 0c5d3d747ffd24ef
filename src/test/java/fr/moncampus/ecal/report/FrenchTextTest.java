package fr.moncampus.ecal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class FrenchTextTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:30:00Z");

    @Test
    void nothingAndOneAreSingular() {
        assertThat(FrenchText.count(0, "cours", "cours")).isEqualTo("0 cours");
        assertThat(FrenchText.count(0, "événement", "événements")).isEqualTo("0 événement");
        assertThat(FrenchText.count(1, "événement", "événements")).isEqualTo("1 événement");
        assertThat(FrenchText.count(2, "événement", "événements")).isEqualTo("2 événements");
    }

    @Test
    void momentsAreThoseOfParis() {
        assertThat(FrenchText.moment(NOW.minusSeconds(3600), NOW)).isEqualTo("aujourd'hui à 12 h 30");
        assertThat(FrenchText.moment(Instant.parse("2026-11-25T22:59:00Z"), NOW))
                .isEqualTo("hier à 23 h 59");
        assertThat(FrenchText.moment(Instant.parse("2026-11-26T23:05:00Z"), NOW))
                .isEqualTo("demain à 0 h 05");
        assertThat(FrenchText.moment(Instant.parse("2026-11-01T06:46:00Z"), NOW))
                .isEqualTo("dimanche 1er novembre à 7 h 46");
        assertThat(FrenchText.date(LocalDate.of(2027, 2, 1), LocalDate.of(2026, 11, 26)))
                .isEqualTo("1er février 2027");
    }

    @Test
    void anAgeSurvivesAClockThatWasWrong() {
        assertThat(FrenchText.age(NOW.minusSeconds(720), NOW)).isEqualTo("il y a 12 min");
        assertThat(FrenchText.age(NOW.plusSeconds(30), NOW)).isEqualTo("à l'instant");
        assertThat(FrenchText.age(NOW.plusSeconds(3600), NOW)).contains("date fausse");
        assertThat(FrenchText.until(NOW.plusSeconds(360), NOW)).isEqualTo("dans 6 min");
    }
}
