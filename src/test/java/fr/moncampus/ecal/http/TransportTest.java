package fr.moncampus.ecal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
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

    @Test
    void anAnswerThatDoesNotComeInTimeIsGivenUpWithItsConnection() throws Exception {
        CountDownLatch never = answersNever(new CountDownLatch(1));
        try (PoolingHttpClientConnectionManager pool = pool();
                CloseableHttpClient client = new Transport(MAX_BYTES, Duration.ofSeconds(1)).client(pool)) {
            assertThatThrownBy(() -> get(client))
                    .isInstanceOf(Transport.LimitException.class)
                    .hasMessageContaining("1 secondes");
            assertThat(pool.getTotalStats().getLeased()).isZero();
            assertThat(pool.getTotalStats().getAvailable()).isZero();
        } finally {
            never.countDown();
        }
    }

    @Test
    void soIsOneThatIsTooBig() throws Exception {
        answers(200, MAX_BYTES + 1);
        try (PoolingHttpClientConnectionManager pool = pool();
                CloseableHttpClient client = transport.client(pool)) {
            assertThatThrownBy(() -> get(client)).isInstanceOf(Transport.LimitException.class);
            assertThat(pool.getTotalStats().getLeased()).isZero();
            assertThat(pool.getTotalStats().getAvailable()).isZero();
        }
    }

    @Test
    void aZippedAnswerThatWasReadLeavesItsConnectionToTheNext() throws Exception {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (GZIPOutputStream zip = new GZIPOutputStream(exchange.getResponseBody())) {
                zip.write(new byte[1000]);
            }
        });
        try (PoolingHttpClientConnectionManager pool = pool();
                CloseableHttpClient client = transport.client(pool)) {
            assertThat(get(client)).isEqualTo(1000);
            assertThat(pool.getTotalStats().getLeased()).isZero();
            assertThat(pool.getTotalStats().getAvailable()).isOne();
        }
    }

    @Test
    void aClientThatIsClosedLeavesThePoolToTheOthers() throws Exception {
        answers(200, 7);
        try (PoolingHttpClientConnectionManager pool = pool();
                CloseableHttpClient other = transport.client(pool)) {
            transport.client(pool).close();
            assertThat(get(other)).isEqualTo(7);
        }
    }

    @Test
    void whoWaitsForAnAnswerCanBeFreed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = answersNever(asked);
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        try (PoolingHttpClientConnectionManager pool = pool();
                CloseableHttpClient client = new Transport(MAX_BYTES, Duration.ofHours(1)).client(pool)) {
            Thread waiting = new Thread(() -> {
                try {
                    answer.complete(get(client));
                } catch (IOException e) {
                    answer.completeExceptionally(e);
                }
            });
            waiting.start();
            asked.await();
            Transport.interrupt(waiting);

            assertThat(answer)
                    .failsWithin(30, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(Transport.LimitException.class);
        } finally {
            never.countDown();
        }
    }

    @Test
    void whoWasInterruptedBeforeSendsNothing() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.close();
        });
        try (PoolingHttpClientConnectionManager pool = pool();
                CloseableHttpClient client = transport.client(pool)) {
            Transport.interrupt(Thread.currentThread());
            assertThatThrownBy(() -> get(client)).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(requests).hasValue(0);
    }

    private static PoolingHttpClientConnectionManager pool() {
        return (PoolingHttpClientConnectionManager) Connections.pool();
    }

    /** @return until it is counted down */
    private CountDownLatch answersNever(CountDownLatch asked) {
        CountDownLatch end = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            asked.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        return end;
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
            return get(client);
        }
    }

    private int get(CloseableHttpClient client) throws IOException {
        return client.execute(
                new HttpGet("http://localhost:" + server.getAddress().getPort() + "/"),
                response -> response.getEntity() == null ? 0 : EntityUtils.toByteArray(response.getEntity()).length);
    }
}
