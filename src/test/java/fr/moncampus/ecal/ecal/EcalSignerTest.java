package fr.moncampus.ecal.ecal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What joins a request as it leaves. */
class EcalSignerTest {
    private static final String BASE = "http://127.0.0.1/apiv2";
    private final EcalSigner signer =
            new EcalSigner(Fixtures.configuration("alice").calendar());

    @Test
    void aListingIsSignedOverItsQuery() throws Exception {
        URI signed = signer.complete(ClassicRequestBuilder.get(BASE + "/event/?calendarIds=" + Fixtures.CALENDAR
                                + "&limit=100&page=1&showPastEvents=true")
                        .build())
                .getUri();

        assertThat(signed)
                .hasToString(BASE + "/event/?apiKey=KEY&apiSign=027e280ceae67f7b9c9aaef05e91e221&calendarIds="
                        + Fixtures.CALENDAR + "&limit=100&page=1&showPastEvents=true");
        assertThat(signer.requests()).isEqualTo(1);
    }

    @Test
    void aWriteIsSignedOverTheVeryBytesThatAreSent() throws Exception {
        byte[] body = "{\"name\":\"\\u00C9t\\u00E9\"}".getBytes(StandardCharsets.US_ASCII);
        ClassicHttpRequest request = ClassicRequestBuilder.put(BASE + "/event/00000000000000000000002a")
                .setEntity(body, ContentType.APPLICATION_JSON)
                .build();

        ClassicHttpRequest signed = signer.complete(request);

        String signature =
                Signature.of(new Secret(Fixtures.SECRET), new TreeMap<>(Map.of("apiKey", Fixtures.KEY)), body);
        assertThat(signed.getUri())
                .hasToString(BASE + "/event/00000000000000000000002a?apiKey=KEY&apiSign=" + signature);
        assertThat(EntityUtils.toByteArray(signed.getEntity())).isEqualTo(body);
        assertThat(signed.getEntity().getContentType()).startsWith("application/json");
        assertThat(request.getUri().toString()).as("the route's own").doesNotContain("KEY");
    }

    @Test
    void valuesAreSignedAsTheyAreBeforeEncoding() throws Exception {
        URI signed = signer.complete(ClassicRequestBuilder.get(BASE + "/event/?a=%C3%A9+%2B%26")
                        .build())
                .getUri();

        String signature = Signature.of(
                new Secret(Fixtures.SECRET), new TreeMap<>(Map.of("apiKey", Fixtures.KEY, "a", "é++&")), new byte[0]);
        assertThat(signed.getRawQuery()).contains("apiSign=" + signature);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://elsewhere.example/apiv2/event/",
                "https://127.0.0.1/apiv2/event/",
                "http://127.0.0.1:81/apiv2/event/",
                "http://127.0.0.1/other"
            })
    void nothingIsSignedForAnybodyElse(String address) {
        assertThatThrownBy(
                        () -> signer.complete(ClassicRequestBuilder.get(address).build()))
                .isInstanceOf(IOException.class);
        assertThat(signer.requests()).isZero();
    }
}
