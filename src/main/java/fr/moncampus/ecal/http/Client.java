package fr.moncampus.ecal.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpActivityListener;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;

/**
 * The HTTP client of the shared routes: sends on a line that all configurations share, with the cookies and secrets of the configuration
 * whose exchange asks. An endpoint needs it twice: as {@code httpClient} to send, and as {@code httpActivityListener}, since Camel shows
 * the exchange to clients of endpoints that have one.
 */
public final class Client extends CloseableHttpClient implements HttpActivityListener {
    private final CloseableHttpClient line;
    private final Function<Exchange, Peer> peers;
    /** Null when nothing is limited. */
    private final HostLimits limits;

    private final int atOnce;

    /** Without limits. @param peers the peer an exchange talks to; null for an exchange that must not use this client */
    public Client(CloseableHttpClient line, Function<Exchange, Peer> peers) {
        this(line, peers, null, 0);
    }

    /**
     * @param peers  the peer an exchange talks to; null for an exchange that must not use this client
     * @param atOnce how many requests a host sees at once, whatever the number of configurations
     */
    public Client(CloseableHttpClient line, Function<Exchange, Peer> peers, HostLimits limits, int atOnce) {
        this.line = line;
        this.peers = peers;
        this.limits = limits;
        this.atOnce = atOnce;
    }

    @Override
    protected CloseableHttpResponse doExecute(HttpHost target, ClassicHttpRequest request, HttpContext context)
            throws IOException {
        Exchange exchange = (Exchange) context.getAttribute(Exchange.class.getName());
        Peer peer = exchange == null ? null : peers.apply(exchange);
        if (peer == null) {
            throw new IOException("this client belongs to the routes that are shipped");
        }
        Permit permit = exchange.getProperty(Permit.PROPERTY, Permit.class);
        String host = host(request).toHostString();
        // the answer is read whole before the place is free again: class Transport does
        try (LimitStore.Place place = limits == null ? () -> {} : limits.enter(host, atOnce, peer.isUrgent())) {
            if (permit != null && !Method.GET.isSame(request.getMethod())) {
                permit.check();
            }
            HttpClientContext.cast(context).setCookieStore(peer.cookies());
            ClassicHttpRequest complete = peer.complete(request);
            CloseableHttpResponse response = line.execute(host(complete), complete, context);
            peer.received(response);
            response.removeHeaders("Set-Cookie"); // in the jar by now
            heed(host, response);
            return response;
        }
    }

    private void heed(String host, CloseableHttpResponse response) {
        Header header = limits == null ? null : response.getFirstHeader("Retry-After");
        if (header != null && response.getCode() >= HttpStatus.SC_CLIENT_ERROR) {
            limits.pause(host, atOnce, header.getValue());
        }
    }

    private static HttpHost host(ClassicHttpRequest request) throws IOException {
        try {
            URI address = request.getUri();
            return HttpHost.create(address);
        } catch (URISyntaxException e) {
            throw new IOException("an address that cannot be asked", e);
        }
    }

    /** The line is shared: an endpoint that stops, or leaves Camel's cache, must not close it. */
    @Override
    public void close(CloseMode closeMode) {
        // closed by its creator
    }

    @Override
    public void close() {
        // closed by its creator
    }

    @Override
    public void onRequestSubmitted(
            Object source, Exchange exchange, HttpHost host, HttpRequest request, HttpEntity entity) {
        // needed only because Camel passes the exchange to it
    }

    @Override
    public void onResponseReceived(
            Object source, Exchange exchange, HttpHost host, HttpResponse response, HttpEntity entity, long elapsed) {
        // needed only because Camel passes the exchange to it
    }
}
