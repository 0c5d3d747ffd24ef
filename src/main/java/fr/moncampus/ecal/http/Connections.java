package fr.moncampus.ecal.http;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Which connection a request goes out on. Servers, and the routers before them, close idle connections without a word, and what is sent on
 * such a connection is lost: a connection is used again for a short while only, after a look whether it was closed, and a login, which may
 * be sent once only, gets a new one.
 */
public final class Connections {
    /** Routers forget a connection after minutes at the earliest; a listing or a burst of writes needs fractions of a second. */
    static final TimeValue MAX_IDLE = TimeValue.ofSeconds(2);

    private static final int MAX_TOTAL = 200;
    private static final int MAX_PER_HOST = 40;
    private static final int CONNECT_SECONDS = 10;

    private Connections() {}

    /** Checks every connection before reuse; by default HttpClient trusts those used in the last two seconds. */
    public static HttpClientConnectionManager pool() {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .build())
                .setMaxConnTotal(MAX_TOTAL)
                .setMaxConnPerRoute(MAX_PER_HOST)
                .build();
    }

    /** @param pool of {@link #pool}; the client closes it, unless it was told that the pool is shared */
    static void configure(HttpClientBuilder client, HttpClientConnectionManager pool) {
        client.setConnectionManager(pool)
                .setKeepAliveStrategy(Connections::keepAlive)
                .addExecInterceptorBefore(ChainElement.CONNECT.name(), "connections", Connections::connect);
    }

    static TimeValue keepAlive(HttpResponse response, HttpContext context) {
        TimeValue announced = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
        boolean shorter = TimeValue.isNonNegative(announced) && announced.compareTo(MAX_IDLE) < 0;
        return shorter ? announced : MAX_IDLE;
    }

    private static ClassicHttpResponse connect(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (isForm(request)) {
            scope.execRuntime.acquireEndpoint(
                    scope.exchangeId, scope.route, scope.clientContext.getUserToken(), scope.clientContext);
            if (scope.execRuntime.isEndpointConnected()) {
                scope.execRuntime.disconnectEndpoint();
            }
        }
        return chain.proceed(request, scope);
    }

    private static boolean isForm(ClassicHttpRequest request) {
        return Method.POST.isSame(request.getMethod())
                && request.getEntity() != null
                && ContentType.APPLICATION_FORM_URLENCODED.isSameMimeType(
                        ContentType.parseLenient(request.getEntity().getContentType()));
    }
}
