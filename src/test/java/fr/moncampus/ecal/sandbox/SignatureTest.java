package fr.moncampus.ecal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {
    private final Sandbox sandbox = Sandbox.start();
    private final EcalClient ecal = new EcalClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apiKey=KEY | | 2948aa2a51b34581b5ae8a5e210607a3",
                "showPastEvents=true&page=1&apiSign=x&limit=100&calendarIds=64229d018723a1000e07dc9f&apiKey=KEY | | 027e280ceae67f7b9c9aaef05e91e221",
                "tz=Europe/Paris&apiKey=KEY | | c8a999e0aac1c83c84411aa91659a671",
                "tz=Europe%2FParis&apiKey=KEY | | c8a999e0aac1c83c84411aa91659a671",
                "apiKey=KEY | {\"name\":\"Calendar1\",\"type\":\"fixture\"} | 67e74367510c23b981526a04874121c5"
            })
    void theVectorsOfTheFactsHold(String query, String body, String md5) {
        Map<String, String> parameters = Form.decoded(query);
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);

        assertThat(Signature.of("SECRET", parameters, bytes)).isEqualTo(md5);
    }

    @Test
    void aGoodSignatureOpensAndAWrongSecretDoesNot() {
        assertThat(ecal.list().statusCode()).isEqualTo(204);
        assertThat(ecal.signingWith("other").list().statusCode()).isEqualTo(403);
        assertThat(ecal.signingWith("other").list().body())
                .isEqualTo("{\"status\":\"403\",\"statusLong\":\"API signature does not match\"}");
    }

    @Test
    void theBodyIsSignedByteForByte() {
        byte[] raw = ecal.event("r1").put("name", "Été").toString().getBytes(StandardCharsets.UTF_8);
        assertThat(ecal.send("POST", "/event/", raw).statusCode()).isEqualTo(200);

        sandbox.set(Switch.RAW_UTF8, "refused");
        byte[] escaped = ecal.event("r2")
                .toString()
                .replace("Anglais", "\\u00c9t\\u00e9")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(ecal.send("POST", "/event/", raw).statusCode()).isEqualTo(403);
        assertThat(ecal.send("POST", "/event/", escaped).statusCode()).isEqualTo(200);
    }

    @Test
    void valuesCanCountAsTheyAreSent() {
        sandbox.set(Switch.SIGNED_VALUES, "raw");

        assertThat(ecal.list("limit", "100").statusCode()).isEqualTo(204);
        assertThat(ecal.list("tz", "Europe/Paris").statusCode()).isEqualTo(403);
    }

    @Test
    void unknownAndInactiveKeysAreRefused() {
        assertThat(ecal.list("apiKey", "other").statusCode()).isEqualTo(403);
        sandbox.calendars().deactivate("sandbox-key");
        assertThat(ecal.list().statusCode()).isEqualTo(403);
    }
}
