package fr.moncampus.ecal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import fr.moncampus.ecal.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EnvironmentProxyTest {
    @TempDir
    private Path folder;

    @Test
    void httpsGoesThroughTheProxyByConnectAndNothingElseIsSaidToIt() throws IOException {
        try (SilentServer proxy = new SilentServer()) {
            proxy.answerWith(
                    "HTTP/1.1 407 Sorry\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");

            IOException refused = get(Map.of("HTTPS_PROXY", "http://lea:s%40cret@127.0.0.1:" + proxy.port()));

            assertThat(proxy.headers)
                    .filteredOn(line -> line.endsWith("HTTP/1.1"))
                    .isNotEmpty()
                    .containsOnly("CONNECT school.invalid:443 HTTP/1.1");
            assertThat(proxy.headers).contains("Proxy-Authorization: Basic bGVhOnNAY3JldA==");
            assertThat(proxy.headers).noneMatch(line -> line.startsWith("Cookie"));
            assertThat(NetworkFailure.isBeforeSending(refused)).isTrue();
            assertThat(NetworkFailure.describe("ECAL", refused))
                    .contains("proxy")
                    .doesNotContain("lea", "cret", "127");
        }
    }

    @ParameterizedTest
    @CsvSource({"lea:s%40cret, lea:s@cret", "lea:a+b:c, lea:a+b:c", "lea, lea:", "l%C3%A9a:, léa:"})
    void aNameAndAPasswordAreThoseOfTheAddress(String given, String meant) throws IOException {
        try (SilentServer proxy = new SilentServer()) {
            proxy.answerWith(
                    "HTTP/1.1 407 Sorry\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");

            get(Map.of("HTTPS_PROXY", "http://" + given + "@127.0.0.1:" + proxy.port()));

            assertThat(proxy.headers)
                    .contains("Proxy-Authorization: Basic "
                            + Base64.getEncoder().encodeToString(meant.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** What the service answers through the tunnel is its own answer, be it the same as that of a proxy that refuses. */
    @ParameterizedTest
    @ValueSource(ints = {200, 404, 407})
    void whatComesThroughTheTunnelIsTheAnswerOfTheService(int status) throws Exception {
        Certificate certificate = Certificate.make(folder);
        HttpsServer service = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        service.start();
        try (Tunnel proxy = new Tunnel(service.getAddress().getPort());
                PoolingHttpClientConnectionManager pool = PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                                SSLContexts.custom()
                                        .loadTrustMaterial((chain, type) -> true)
                                        .build(),
                                HostnameVerificationPolicy.CLIENT,
                                NoopHostnameVerifier.INSTANCE))
                        .build();
                CloseableHttpClient client = new Transport(
                                1000,
                                Duration.ofSeconds(30),
                                Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port())::get)
                        .client(pool)) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.execute(new HttpGet("https://school.invalid/"), HttpResponse::getCode))
                        .isEqualTo(status);
            }
            assertThat(proxy.asked()).containsExactly("CONNECT school.invalid:443 HTTP/1.1");
        } finally {
            service.stop(0);
        }
    }

    @Test
    void aProxyThatRefusesKeepsNoConnection() throws Exception {
        try (SilentServer proxy = new SilentServer();
                PoolingHttpClientConnectionManager pool = (PoolingHttpClientConnectionManager) Connections.pool();
                CloseableHttpClient client = new Transport(
                                1000,
                                Duration.ofSeconds(30),
                                Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port())::get)
                        .client(pool)) {
            proxy.answerWith("HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno");

            assertThatThrownBy(() -> client.execute(new HttpGet("https://school.invalid/"), HttpResponse::getCode))
                    .isInstanceOf(IOException.class);
            assertThat(pool.getTotalStats().getLeased()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 404, 503})
    void whatTheProxyAnswersIsNeverTakenForTheAnswerOfTheService(int status) throws IOException {
        try (SilentServer proxy = new SilentServer()) {
            proxy.answerWith(
                    "HTTP/1.1 " + status + " No\r\nLocation: https://school.invalid/\r\nContent-Length: 0\r\n\r\n");

            assertThat(NetworkFailure.isRefusedByProxy(get(Map.of("https_proxy", "127.0.0.1:" + proxy.port()))))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://school.example, true",
        "https://other.example:8443, true",
        "http://school.example, false",
        "https://localhost:8443, false",
        "https://127.0.0.1, false",
        "https://[::1], false",
        "https://direct.example, false",
        "https://www.direct.example, false",
        "https://indirect.example, true",
        "https://a.dotted.example, false",
        "https://ported.example:8443, false",
        "https://ported.example, true",
    })
    void whatIsAskedDirectlyFollowsNoProxy(String target, boolean proxied) throws Exception {
        EnvironmentProxy proxy = EnvironmentProxy.of(Map.of(
                "https_proxy",
                "proxy.example:3128",
                "HTTPS_PROXY",
                "http://ignored.example",
                "NO_PROXY",
                "Direct.example, .dotted.example,ported.example:8443")::get);

        assertThat(proxy.proxyFor(HttpHost.create(target)))
                .isEqualTo(proxied ? new HttpHost("http", "proxy.example", 3128) : null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "http://", "socks5://a:1080", "http://a b", "::"})
    void anAddressThatIsNoneIsNotFollowed(String address) throws Exception {
        assertThat(EnvironmentProxy.of(Map.of("HTTPS_PROXY", address)::get)
                        .proxyFor(HttpHost.create("https://school.example")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "proxy.example, proxy.example, 80",
        "HTTP://proxy.example/, proxy.example, 80",
        "http://proxy.example:0, proxy.example, 0",
        "'  http://proxy.example:8080 ', proxy.example, 8080"
    })
    void aProxyIsAnAddressWithItsPortOrElse80(String address, String host, int port) throws Exception {
        assertThat(EnvironmentProxy.of(Map.of("HTTPS_PROXY", address)::get)
                        .proxyFor(HttpHost.create("https://school.example")))
                .isEqualTo(new HttpHost("http", host, port));
    }

    @Test
    void aStarMeansNoProxyAtAll() throws Exception {
        assertThat(EnvironmentProxy.of(Map.of("HTTPS_PROXY", "http://proxy.example", "no_proxy", "*")::get)
                        .proxyFor(HttpHost.create("https://school.example")))
                .isNull();
    }

    private static IOException get(Map<String, String> environment) throws IOException {
        HttpClientBuilder builder = HttpClientBuilder.create();
        new Transport(1000, Duration.ofSeconds(20), environment::get).configure(builder, Connections.pool());
        try (CloseableHttpClient client = builder.build()) {
            return catchThrowableOfType(
                    IOException.class,
                    () -> client.execute(new HttpGet("https://school.invalid/"), response -> response.getCode()));
        }
    }
}
