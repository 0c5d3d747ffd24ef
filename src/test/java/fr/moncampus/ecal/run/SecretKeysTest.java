package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a route for a secret, and what leaves in its place. */
class SecretKeysTest {
    private static final String MARK = SecretKeys.mark("feed_Address");
    private final SecretKeys keys = new SecretKeys(configuration(Map.of(
            "feed_Address", new Secret("https://school.example/feed?token=a$1"),
            "user", new Secret("léa"),
            "word", new Secret("p:w"))));

    @Test
    void aMarkIsAnAddressThatNobodyHas() {
        assertThat(MARK).isEqualTo("https://feed-address.secret.invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://school.example/feed?token=a$1",
        "/, https://school.example/feed?token=a$1",
        "/?week=3, https://school.example/feed?token=a$1&week=3",
        "?week=3&day=4, https://school.example/feed?token=a$1&week=3&day=4",
    })
    void anAddressIsAskedWithWhatTheRouteAddsToIt(String added, String asked) throws Exception {
        ClassicHttpRequest request =
                keys.complete(ClassicRequestBuilder.get(MARK + added).build());

        assertThat(request.getUri()).hasToString(asked);
        assertThat(keys.requests()).isEqualTo(1);
        assertThat(keys).hasToString("alice");
        assertThat(keys.cookies().getCookies()).isEmpty();
    }

    @Test
    void anAddressWithoutASecretIsAskedAsItIs() throws Exception {
        assertThat(keys.complete(ClassicRequestBuilder.get("https://other.example/a?b=c?d")
                                .build())
                        .getUri())
                .hasToString("https://other.example/a?b=c?d");
    }

    @Test
    void headersSayWhatIsMeantAndNoOtherIsTouched() throws Exception {
        ClassicHttpRequest request = ClassicRequestBuilder.get("https://other.example/")
                .addHeader("X-Key", SecretKeys.mark("user") + "/")
                .addHeader("Authorization", "basic " + SecretKeys.mark("user") + ":" + SecretKeys.mark("word"))
                .addHeader("X-Plain", "Basic a:b")
                .addHeader("X-Nothing", null)
                .build();

        ClassicHttpRequest sent = keys.complete(request);

        assertThat(sent.getFirstHeader("X-Key").getValue()).isEqualTo("léa");
        assertThat(sent.getFirstHeader("Authorization").getValue())
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("léa:p:w".getBytes(StandardCharsets.UTF_8)));
        assertThat(sent.getFirstHeader("X-Plain").getValue()).isEqualTo("Basic a:b");
        assertThat(sent.getFirstHeader("X-Nothing").getValue()).isNull();
        assertThat(sent.getHeaders("Authorization")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://unknown.secret.invalid/", "https://user.secret.invalid/a"})
    void anAddressThatIsNoneOfThisConfigurationIsNotAsked(String address) {
        assertThatThrownBy(
                        () -> keys.complete(ClassicRequestBuilder.get(address).build()))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("léa");
    }

    @Test
    void norIsOneThatIsNoAddress() {
        assertThatThrownBy(() -> keys.complete(
                        new BasicClassicHttpRequest("GET", "https", new URIAuthority("other.example"), "/a b")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be asked");
    }

    private static Configuration configuration(Map<String, Secret> secrets) {
        Configuration made = Fixtures.configuration("alice");
        return new Configuration(
                made.name(),
                made.file(),
                made.label(),
                new Configuration.Ends(
                        "own", "own", null, null, new Configuration.Keys(Map.of(), secrets, "source", "target")),
                made.days(),
                made.events(),
                made.schedule(),
                made.rules(),
                null,
                null);
    }
}
