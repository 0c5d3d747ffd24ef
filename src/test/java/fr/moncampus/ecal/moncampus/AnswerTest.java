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
        assertThat(PortalException.unanswered(new UnknownHostException(ADDRESS.toString()), ADDRESS))
                .isInstanceOf(PortalUnavailableException.class)
                .hasMessageContaining("introuvable");
        assertThat(PortalException.unanswered(new SSLHandshakeException(ADDRESS.toString()), ADDRESS))
                .isInstanceOf(PortalUnavailableException.class)
                .hasMessageContaining("certificat");
        assertThat(PortalException.unanswered(new ConnectException(ADDRESS.toString()), ADDRESS))
                .isInstanceOf(PortalUnavailableException.class)
                .hasMessageContaining("connexion impossible");
        assertThat(PortalException.unanswered(new InterruptedIOException(ADDRESS.toString()), ADDRESS))
                .isInstanceOf(PortalUnavailableException.class)
                .hasMessageContaining("à temps");
        assertThat(PortalException.unanswered(new SocketException(ADDRESS.toString()), ADDRESS))
                .isInstanceOf(PortalUnavailableException.class)
                .hasMessageContaining("coupée");
        for (IOException trouble : new IOException[] {
            new UnknownHostException(ADDRESS.toString()),
            new SSLHandshakeException(ADDRESS.toString()),
            new IOException(ADDRESS.toString())
        }) {
            assertThat(PortalException.unanswered(trouble, ADDRESS))
                    .message()
                    .contains("https://portal.example")
                    .doesNotContain("ST-1");
        }
    }

    @Test
    void thePausesGrow() {
        Backoff backoff = new Backoff(2, 1000);
        assertThat(backoff.isFresh()).isTrue();
        assertThat(backoff.isLost()).isFalse();
        assertThat(backoff.pause()).isZero();

        backoff.again();
        assertThat(backoff.isFresh()).isFalse();
        assertThat(backoff.isLost()).isFalse();
        assertThat(backoff.pause()).isBetween(750L, 1250L);

        backoff.again();
        assertThat(backoff.isLost()).isTrue();
        assertThat(backoff.pause()).isBetween(2250L, 3750L);
    }

    @Test
    void withoutPatienceTheFirstAttemptIsTheLast() {
        assertThat(new Backoff(0, 1000).isFresh()).isFalse();
        assertThat(new Backoff(0, 1000).isLost()).isTrue();
    }

    @Test
    void aRequestPrintsWithoutItsSecrets() {
        Request get = new Request(ADDRESS, false, null);
        Request post = new Request(ADDRESS, true, new byte[] {1});

        assertThat(get.toString()).isEqualTo("GET https://portal.example/Home/Get");
        assertThat(post.toString()).startsWith("POST ");
    }
}
