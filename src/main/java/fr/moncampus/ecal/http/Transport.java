package fr.moncampus.ecal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * What the HTTP client does beneath the route: it reads each answer whole, within limits of size and time, and counts requests.
 * This has to be done in the client, which alone can close the connection: closing the stream of an endless answer
 * would read it to its end.
 */
public final class Transport {
    private static final int MAX_BYTES = 20_000_000;
    private static final Duration MAX_DURATION = Duration.ofSeconds(60);

    /** What each thread is waiting for. */
    private static final Map<Thread, ExecRuntime> WAITING = new ConcurrentHashMap<>();

    private final int mostBytes;
    private final Duration longest;
    private final UnaryOperator<String> environment;

    public Transport() {
        this(MAX_BYTES, MAX_DURATION);
    }

    /** For tests that cannot wait. */
    public Transport(int mostBytes, Duration longest) {
        this(mostBytes, longest, System::getenv);
    }

    Transport(int mostBytes, Duration longest, UnaryOperator<String> environment) {
        this.mostBytes = mostBytes;
        this.longest = longest;
        this.environment = environment;
    }

    /** Ends the wait of a thread, for an answer or in a pause; what it waits for fails with an {@link IOException}. */
    public static void interrupt(Thread thread) {
        thread.interrupt();
        ExecRuntime runtime = WAITING.get(thread);
        if (runtime != null) {
            runtime.discardEndpoint();
        }
    }

    /** @param pool shared: closing the client leaves it open */
    public CloseableHttpClient client(HttpClientConnectionManager pool) {
        HttpClientBuilder client = HttpClientBuilder.create();
        configure(client, pool);
        return client.setConnectionManagerShared(true).build();
    }

    /** Retries and redirects are left to the route: a client that repeats a POST would try a password twice. */
    void configure(HttpClientBuilder client, HttpClientConnectionManager pool) {
        client.setUserAgent("moncampus-ecal")
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(MAX_DURATION.toSeconds(), TimeUnit.SECONDS)
                        .setResponseTimeout(MAX_DURATION.toSeconds(), TimeUnit.SECONDS)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .setDefaultCookieSpecRegistry(name -> context -> new BrowserCookies())
                .addExecInterceptorFirst("limits", this::send);
        Connections.configure(client, pool);
        EnvironmentProxy.of(environment).configure(client);
    }

    private ClassicHttpResponse send(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        done.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
            scope.execRuntime.discardEndpoint();
            return null;
        });
        boolean whole = false;
        WAITING.put(Thread.currentThread(), scope.execRuntime);
        try {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException();
            }
            ClassicHttpResponse response = whole(chain.proceed(request, scope));
            whole = true;
            return response;
        } catch (IOException e) {
            throw done.isDone()
                    ? new LimitException("n'a pas fini de répondre en " + longest.toSeconds() + " secondes")
                    : e;
        } finally {
            WAITING.remove(Thread.currentThread());
            done.complete(null);
            if (!whole) {
                scope.execRuntime.discardEndpoint();
            }
        }
    }

    private ClassicHttpResponse whole(ClassicHttpResponse response) throws IOException {
        if (response.getEntity() == null) {
            return response;
        }
        InputStream content = response.getEntity().getContent();
        byte[] body = content.readNBytes(mostBytes + 1);
        if (body.length > mostBytes) {
            throw new LimitException("a répondu par plus de " + mostBytes / 1_000_000 + " Mo");
        }
        content.close();
        response.setEntity(new ByteArrayEntity(
                body, ContentType.parseLenient(response.getEntity().getContentType())));
        return response;
    }

    /** An answer that is too big or too slow. */
    public static final class LimitException extends IOException {
        private static final long serialVersionUID = 1L;

        LimitException(String message) {
            super(message);
        }
    }
}
