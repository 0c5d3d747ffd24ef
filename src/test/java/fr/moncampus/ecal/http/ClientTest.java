package fr.moncampus.ecal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line for all, with the cookies of whoever asks, and so many at once. */
@Timeout(60)
class ClientTest {
    private static final int AT_ONCE = 3;
    private static final int MANY = 12;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClientConnectionManager pool = Connections.pool();
    private final CloseableHttpClient line = new Transport().client(pool);
    private final DefaultCamelContext context = new DefaultCamelContext();
    private HttpServer server;

    private record Person(CookieStore cookies, List<Integer> answers) implements Peer {
        Person() {
            this(new BasicCookieStore(), new CopyOnWriteArrayList<>());
        }

        @Override
        public ClassicHttpRequest complete(ClassicHttpRequest request) {
            return request;
        }

        @Override
        public void received(ClassicHttpResponse response) {
            answers.add(response.getCode());
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(0);
        threads.shutdownNow();
        line.close();
        pool.close();
    }

    @Test
    void eachHasItsOwnCookiesSeveralOfOneAnswerIncludedAndNoneGetsOn() throws Exception {
        server.createContext("/", exchange -> {
            String who = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders().add("Set-Cookie", "one=1" + who + "; path=/");
            exchange.getResponseHeaders().add("Set-Cookie", "two=2" + who + "; path=/");
            exchange.getResponseHeaders()
                    .add(
                            "X-Cookies",
                            String.valueOf(exchange.getRequestHeaders().get("Cookie")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        Person alice = new Person();
        Person bob = new Person();
        Client client = client(AT_ONCE);

        assertThat(ask(client, alice, "/alice").getHeaders("Set-Cookie")).isEmpty();
        ask(client, bob, "/bob");

        assertThat(alice.cookies().getCookies()).extracting(Cookie::getValue).containsExactly("1/alice", "2/alice");
        assertThat(bob.cookies().getCookies()).extracting(Cookie::getValue).containsExactly("1/bob", "2/bob");
        assertThat(ask(client, bob, "/bob").getFirstHeader("X-Cookies").getValue())
                .contains("1/bob", "2/bob")
                .doesNotContain("alice");
        client.close();
        assertThat(ask(client, bob, "/bob").getCode()).as("the line is open").isEqualTo(200);
    }

    @Test
    void aServiceSeesNoMoreThanSoManyAtOnceAndWhoWaitsCanBeInterrupted() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(AT_ONCE);
        CountDownLatch end = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            full.countDown();
            await(end);
            now.decrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        Client client = client(AT_ONCE);
        List<CompletableFuture<Integer>> asking = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            asking.add(CompletableFuture.supplyAsync(() -> status(client), threads));
        }
        await(full);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ask(client, new Person(), "/")).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        end.countDown();

        for (CompletableFuture<Integer> each : asking) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(204);
        }
        assertThat(most).hasValue(AT_ONCE);
    }

    @Test
    void whatIsNotOfTheRoutesIsNotSent() {
        Client client = new Client(line, exchange -> null);

        assertThatThrownBy(() -> ask(client, null, "/")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.execute(
                        HttpHost.create(
                                "http://127.0.0.1:" + server.getAddress().getPort()),
                        ClassicRequestBuilder.get("/").build(),
                        HttpClientContext.create()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whoMayNotChangeAnythingAnyMoreStillReads() throws Exception {
        List<String> methods = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> {
            methods.add(exchange.getRequestMethod());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        Client client = client(AT_ONCE);
        Permit revoked = () -> {
            throw new IllegalStateException("revoked");
        };

        assertThatThrownBy(() -> send(client, new Person(), "POST", "/", revoked))
                .hasMessage("revoked");
        assertThat(send(client, new Person(), "GET", "/", revoked).getCode()).isEqualTo(204);
        assertThat(send(client, new Person(), "POST", "/", () -> {}).getCode()).isEqualTo(204);
        assertThat(methods).containsExactly("GET", "POST");
    }

    @Test
    void eachAnswerIsShownToWhomItIsFor() throws Exception {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        Person alice = new Person();
        Person bob = new Person();
        Client client = new Client(line, exchange -> exchange.getProperty("person", Person.class));

        ask(client, alice, "/");

        assertThat(alice.answers()).containsExactly(204);
        assertThat(bob.answers()).isEmpty();
    }

    /** Of an answer that is none of trouble it says when to look again. */
    @ParameterizedTest
    @CsvSource({"400, true", "429, true", "503, true", "200, false", "302, false"})
    void aHostThatIsInTroubleAndAsksForTimeIsLeftAloneByAll(int status, boolean left) throws Exception {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "100");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        AtomicLong nanos = new AtomicLong();
        HostLimits limits = new HostLimits(null, Clock.systemUTC(), nanos::get);
        Client client = new Client(line, exchange -> exchange.getProperty("person", Person.class), limits, AT_ONCE);
        ask(client, new Person(), "/");

        CompletableFuture<Integer> next = new CompletableFuture<>();
        Thread thread = new Thread(() -> next.complete(status(client)));
        thread.start();
        while (!next.isDone() && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(next.isDone()).isEqualTo(!left);
        nanos.addAndGet(Duration.ofSeconds(100).toNanos());
        assertThat(next).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo(status);
    }

    @Test
    void anAddressThatIsNoneIsNotAsked() {
        Client client = client(AT_ONCE);

        assertThatThrownBy(() -> client.execute(
                        null,
                        new BasicClassicHttpRequest(
                                "GET",
                                "http",
                                new URIAuthority(
                                        "127.0.0.1", server.getAddress().getPort()),
                                "/a b"),
                        context(new Person(), null)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be asked");
    }

    private Client client(int atOnce) {
        return new Client(line, exchange -> exchange.getProperty("person", Person.class), new HostLimits(), atOnce);
    }

    private int status(Client client) {
        try {
            return ask(client, new Person(), "/").getCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private ClassicHttpResponse ask(Client client, Person person, String path) throws IOException {
        return send(client, person, "GET", path, null);
    }

    @SuppressWarnings("deprecation")
    private ClassicHttpResponse send(Client client, Person person, String method, String path, Permit permit)
            throws IOException {
        ClassicHttpRequest request = ClassicRequestBuilder.create(method)
                .setUri("http://127.0.0.1:" + server.getAddress().getPort() + path)
                .build();
        return client.execute(null, request, context(person, permit));
    }

    private HttpClientContext context(Person person, Permit permit) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty("person", person);
        exchange.setProperty(Permit.PROPERTY, permit);
        HttpClientContext http = HttpClientContext.create();
        http.setAttribute(Exchange.class.getName(), exchange);
        return http;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
