package fr.moncampus.ecal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TransportTest {
    private static final int MAX_BYTES = 2_000_000;
    private HttpServer server;
    private final Transport transport = new Transport(MAX_BYTES, Duration.ofSeconds(30));

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anAnswerOfJustTheLimitIsReadAndOneByteMoreIsNot() throws Exception {
        answers(200, MAX_BYTES);
        assertThat(length()).isEqualTo(MAX_BYTES);
        server.removeContext("/");
        answers(200, MAX_BYTES + 1);
        assertThatThrownBy(this::length)
                .isInstanceOf(Transport.LimitException.class)
                .hasMessageContaining("plus de 2 Mo");
    }

    @Test
    void anAnswerWithoutABodyIsOne() throws Exception {
        answers(204, -1);
        assertThat(length()).isZero();
    }

    private void answers(int status, int bytes) {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, bytes);
            if (bytes > 0) {
                exchange.getResponseBody().write(new byte[bytes]);
            }
            exchange.close();
        });
    }

    private int length() throws IOException {
        HttpClientBuilder builder = HttpClientBuilder.create();
        transport.configure(builder, Connections.pool());
        try (CloseableHttpClient client = builder.build()) {
            return client.execute(
                    new HttpGet("http://localhost:" + server.getAddress().getPort() + "/"),
                    response ->
                            response.getEntity() == null ? 0 : EntityUtils.toByteArray(response.getEntity()).length);
        }
    }
}
