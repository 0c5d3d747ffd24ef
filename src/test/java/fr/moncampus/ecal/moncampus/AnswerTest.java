package fr.moncampus.ecal.moncampus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer of the portal is by its head, what is said when there is none, and how often it is asked again. */
class AnswerTest {
    private static final URI ADDRESS = URI.create("https://portal.example/Home/Get?ticket=ST-1-secret");

    private static Answer answer(int status, String type) {
        return new Answer(status, null, type, InputStream.nullInputStream());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectSaysWhereTo(int status) {
        assertThat(new Answer(status, "/there", null, InputStream.nullInputStream()).isRedirect())
                .isTrue();
        assertThat(answer(status, null).isRedirect()).as("without an address").isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 300, 304, 305, 306, 309, 401})
    void nothingElseIsARedirect(int status) {
        assertThat(new Answer(status, "/there", null, InputStream.nullInputStream()).isRedirect())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "200,true,false",
        "204,true,false",
        "299,true,false",
        "199,false,false",
        "300,false,false",
        "400,false,false",
        "404,false,false",
        "407,false,false",
        "408,false,true",
        "425,false,true",
        "429,false,true",
        "499,false,false",
        "500,false,true",
        "503,false,true"
    })
    void aStatusIsASuccessOrMayPassOrNeither(int status, boolean success, boolean passes) {
        assertThat(answer(status, null).isSuccess()).isEqualTo(success);
        assertThat(answer(status, null).isTransient()).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "application/json;charset=utf-8|true|false|utf-8",
                "text/json|true|false|",
                "application/problem+json|true|false|",
                "Text/HTML; Charset=\"ISO-8859-1\"|false|true|ISO-8859-1",
                "application/xhtml+xml|false|true|",
                "text/plain|false|false|",
                "text/html; charset=no-such-charset|false|true|",
                "text/html; charset=|false|true|",
                "|false|false|"
            },
            delimiter = '|')
    void theTypeSaysWhatItIs(String type, boolean json, boolean html, String charset) {
        assertThat(answer(200, type).isJson()).isEqualTo(json);
        assertThat(answer(200, type).isHtml()).isEqualTo(html);
        assertThat(answer(200, type).charset()).isEqualTo(charset);
    }

    /** The library's own words quote whole addresses. */
    @Test
    void whatIsSaidOfALostAnswerNamesTheSiteAndNoSecret() {
        assertThat(Lost.explain(new UnknownHostException(ADDRESS.toString()), ADDRESS))
                .isInstanceOf(PortalUnavailable.class)
                .hasMessageContaining("introuvable");
        assertThat(Lost.explain(new SSLHandshakeException(ADDRESS.toString()), ADDRESS))
                .isInstanceOf(PortalUnavailable.class)
                .hasMessageContaining("certificat");
        assertThat(Lost.explain(new ConnectException(ADDRESS.toString()), ADDRESS))
                .isInstanceOf(PortalUnavailable.class)
                .hasMessageContaining("n'accepte pas");
        assertThat(Lost.explain(new InterruptedIOException(ADDRESS.toString()), ADDRESS))
                .isInstanceOf(PortalUnavailable.class)
                .hasMessageContaining("à temps");
        assertThat(Lost.explain(new SocketException(ADDRESS.toString()), ADDRESS))
                .isInstanceOf(PortalUnavailable.class)
                .hasMessageContaining("coupée");
        for (IOException trouble : new IOException[] {
            new UnknownHostException(ADDRESS.toString()),
            new SSLHandshakeException(ADDRESS.toString()),
            new IOException(ADDRESS.toString())
        }) {
            assertThat(Lost.explain(trouble, ADDRESS))
                    .message()
                    .contains("https://portal.example")
                    .doesNotContain("ST-1");
        }
    }

    @Test
    void thePausesGrow() {
        Patience patience = new Patience(2, 1000);
        assertThat(patience.isFresh()).isTrue();
        assertThat(patience.isLost()).isFalse();
        assertThat(patience.pause()).isZero();

        patience.again();
        assertThat(patience.isFresh()).isFalse();
        assertThat(patience.isLost()).isFalse();
        assertThat(patience.pause()).isBetween(750L, 1250L);

        patience.again();
        assertThat(patience.isLost()).isTrue();
        assertThat(patience.pause()).isBetween(2250L, 3750L);
    }

    @Test
    void withoutPatienceTheFirstAttemptIsTheLast() {
        assertThat(new Patience(0, 1000).isFresh()).isFalse();
        assertThat(new Patience(0, 1000).isLost()).isTrue();
    }

    @Test
    void aRequestPrintsWithoutItsSecrets() {
        Request get = new Request(ADDRESS, false, null);
        Request post = new Request(ADDRESS, true, new byte[] {1});

        assertThat(get.toString()).isEqualTo("GET https://portal.example/Home/Get");
        assertThat(post.toString()).startsWith("POST ");
    }
}
