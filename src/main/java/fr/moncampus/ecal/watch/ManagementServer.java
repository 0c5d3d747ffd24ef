package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.door.HostName;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;

/**
 * Camel's server for health, metrics and console, with a guard before the console, which can send and evaluate: whatever address the server
 * is bound to, the console answers only on loopback, and to no web page that a browser on this machine has open.
 */
final class ManagementServer extends ManagementHttpServer {
    private final Supplier<String> metrics;

    ManagementServer(Management management, Supplier<String> metrics) {
        this.metrics = metrics;
        setHost(management.host());
        setPort(management.port());
        setPath("/");
        setHealthCheckEnabled(true);
        setHealthPath("/observe/health");
        setDevConsoleEnabled(true);
        setFileUploadEnabled(false);
    }

    /** The guard goes first: no request finds the console without it. Camel serves metrics only if this server starts before its context has. */
    @Override
    protected void setupConsoles() {
        getRouter().route("/q/*").order(-1).blockingHandler(this::guard);
        getRouter()
                .route(HttpMethod.GET, "/observe/metrics")
                .blockingHandler(request -> request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(metrics.get()));
        super.setupConsoles();
    }

    private void guard(RoutingContext context) {
        if (isLocal(context.request())) {
            Consoles.load(getCamelContext());
            context.next();
        } else {
            context.response().setStatusCode(403).end();
        }
    }

    private static boolean isLocal(HttpServerRequest request) {
        return isLocal(
                request.localAddress().hostAddress(), request.remoteAddress().hostAddress(), request::getHeader);
    }

    /** @param to the address that the request arrived at */
    static boolean isLocal(String to, String from, UnaryOperator<String> header) {
        String site = header.apply("Sec-Fetch-Site");
        return HostName.isLoopback(to)
                && HostName.isLoopback(from)
                && isLoopbackName(header.apply("Host"))
                && header.apply("Origin") == null
                && (site == null || site.equals("none") || site.equals("same-origin"));
    }

    /** A host name that a foreign page made resolve to this machine is not among them. */
    private static boolean isLoopbackName(String host) {
        return host == null || HostName.isLoopback(HostName.of(host));
    }
}
