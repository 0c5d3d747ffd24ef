package fr.moncampus.ecal.ecal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The vectors that were computed from the published algorithm. */
class SignatureTest {
    @Test
    void theSecretComesFirst() {
        assertThat(sign(Map.of("apiKey", "KEY"), "")).isEqualTo("2948aa2a51b34581b5ae8a5e210607a3");
    }

    @Test
    void parametersAreSortedByTheirKey() {
        assertThat(sign(
                        Map.of(
                                "showPastEvents",
                                "true",
                                "page",
                                "1",
                                "limit",
                                "100",
                                "calendarIds",
                                "64229d018723a1000e07dc9f",
                                "apiKey",
                                "KEY"),
                        ""))
                .isEqualTo("027e280ceae67f7b9c9aaef05e91e221");
    }

    @Test
    void valuesAreSignedBeforeTheyAreEncoded() {
        assertThat(sign(Map.of("tz", "Europe/Paris", "apiKey", "KEY"), ""))
                .isEqualTo("c8a999e0aac1c83c84411aa91659a671");
    }

    @Test
    void theBodyComesLastByteForByte() {
        assertThat(sign(Map.of("apiKey", "KEY"), "{\"name\":\"Calendar1\",\"type\":\"fixture\"}"))
                .isEqualTo("67e74367510c23b981526a04874121c5");
    }

    private static String sign(Map<String, String> query, String body) {
        return Signature.of(new Secret("SECRET"), new TreeMap<>(query), body.getBytes(StandardCharsets.UTF_8));
    }
}
