package fr.moncampus.ecal.moncampus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.config.Secret;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** One login attempt. */
class LoginRulesTest {
    private static final Instant NOW = Instant.parse("2026-09-07T06:46:00Z");

    @Test
    void aRefusedPasswordIsBlockedForADayAndSaysUntilWhen() {
        LoginHistory refused = refusedAt(NOW);
        assertThatThrownBy(() -> attempt(refused, true, NOW.plus(Duration.ofHours(23))))
                .isInstanceOf(PortalException.class)
                .hasMessageContaining("08/09/2026 à 08:46")
                .hasMessageContaining("moncampus_password");
        assertThat(attempt(refused, true, NOW.plus(Duration.ofHours(24))).underWay())
                .isNotNull();
    }

    @Test
    void otherCredentialsAreTriedAtOnce() {
        assertThat(attempt(refusedAt(NOW), false, NOW.plusSeconds(1)).underWay())
                .isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void theDailyTryOfARefusedPasswordIsOneTryEvenWithoutAVerdict() {
        Instant next = NOW.plus(Duration.ofHours(25));
        LoginHistory again = LoginRules.unanswered(attempt(refusedAt(NOW), true, next));
        assertThatThrownBy(() -> attempt(again, true, next.plus(Duration.ofHours(2))))
                .hasMessageContaining("refusés");
    }

    @Property(tries = 300)
    void noDayEverSeesMoreThanThreeAttemptsWithoutAVerdict(
            @ForAll @Size(max = 60) java.util.List<@IntRange(min = 0, max = 600) Integer> minutes) {
        LoginHistory history = LoginHistory.NOTHING;
        Instant now = NOW;
        java.util.List<Instant> attempts = new java.util.ArrayList<>();
        for (int wait : minutes) {
            now = now.plus(Duration.ofMinutes(wait));
            try {
                history = LoginRules.unanswered(attempt(history, false, now));
                attempts.add(now);
            } catch (PortalException blocked) {
                Instant fourth = now;
                assertThat(attempts)
                        .filteredOn(at -> at.isAfter(fourth.minus(Duration.ofDays(1))))
                        .hasSize(3);
            }
        }
        for (Instant from : attempts) {
            assertThat(attempts.stream().filter(at -> !at.isBefore(from) && at.isBefore(from.plus(Duration.ofDays(1)))))
                    .hasSizeLessThanOrEqualTo(3);
        }
    }

    @Test
    void aLoginUnderWayKeepsOthersOutUntilItMustHaveDied() {
        LoginHistory underWay = attempt(LoginHistory.NOTHING, false, NOW);
        assertThatThrownBy(() -> attempt(underWay, false, NOW.plusSeconds(5)))
                .isInstanceOf(PortalUnavailableException.class);
        assertThat(attempt(underWay, false, NOW.plusSeconds(100)).unanswered()).hasSize(2);
    }

    @Test
    void aClockSetBackDoesNotOpenTheWay() {
        assertThatThrownBy(() -> attempt(refusedAt(NOW), true, NOW.minus(Duration.ofHours(3))))
                .isInstanceOf(PortalException.class);
    }

    @Test
    void aRefusalFromAheadOfNowCountsAsOfNowAndNotUntilTheClockCatchesUp() {
        Instant now = NOW.minus(Duration.ofDays(400));
        LoginHistory believed = LoginRules.notAhead(refusedAt(NOW), now);
        assertThatThrownBy(() -> attempt(believed, true, now.plus(Duration.ofHours(23))))
                .isInstanceOf(PortalException.class);
        assertThat(attempt(believed, true, now.plus(Duration.ofHours(24))).underWay())
                .isNotNull();
    }

    @Test
    void aFingerprintKnowsItsCredentialsAndNoOthers() {
        String fingerprint = Fingerprint.of("prenom.nom", new Secret("un"));
        assertThat(Fingerprint.matches(fingerprint, "prenom.nom", new Secret("un")))
                .isTrue();
        assertThat(Fingerprint.matches(fingerprint, "prenom.nom", new Secret("deux")))
                .isFalse();
        assertThat(Fingerprint.matches(fingerprint, "Prenom.nom", new Secret("un")))
                .isFalse();
        assertThat(Fingerprint.matches("damaged", "prenom.nom", new Secret("un")))
                .isFalse();
        assertThat(Fingerprint.of("prenom.nom", new Secret("un"))).as("salted").isNotEqualTo(fingerprint);
    }

    private static LoginHistory refusedAt(Instant moment) {
        return LoginRules.refused(attempt(LoginHistory.NOTHING, false, moment), "salt:hash", moment);
    }

    private static LoginHistory attempt(LoginHistory history, boolean same, Instant now) {
        return LoginRules.attempt(history, fingerprint -> same, now);
    }
}
