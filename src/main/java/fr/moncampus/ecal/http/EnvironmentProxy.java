package fr.moncampus.ecal.http;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.CredentialsProviderBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy that {@code HTTPS_PROXY} and {@code NO_PROXY} name, as other programs understand them. It serves {@code https} only, by CONNECT:
 * it never sees a password or a key. This machine is always asked directly.
 */
final class EnvironmentProxy {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");

    private static final String REACHED = "moncampus-ecal.reached";

    private final HttpHost proxy;
    private final String user;
    private final List<String> direct;

    private EnvironmentProxy(HttpHost proxy, String user, List<String> direct) {
        this.proxy = proxy;
        this.user = user;
        this.direct = direct;
    }

    /** The variables in lower case win, as they do for curl. */
    static EnvironmentProxy of(Function<String, String> environment) {
        String address = variable(environment, "https_proxy");
        List<String> direct = List.of(
                variable(environment, "no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+"));
        if (address.isEmpty()) {
            return new EnvironmentProxy(null, null, direct);
        }
        try {
            URI uri = URI.create(address.contains("://") ? address : "http://" + address);
            if (uri.getHost() != null && "http".equalsIgnoreCase(uri.getScheme())) {
                HttpHost proxy = new HttpHost("http", uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
                return new EnvironmentProxy(proxy, uri.getRawUserInfo(), direct);
            }
        } catch (IllegalArgumentException e) {
            // reported below, without the address, which may hold a password
        }
        LOG.warn("HTTPS_PROXY n'est pas l'adresse d'un proxy, et n'est pas suivi : écrivez http://hôte:port");
        return new EnvironmentProxy(null, null, direct);
    }

    private static String variable(Function<String, String> environment, String name) {
        String value = environment.apply(name);
        if (value == null || value.isBlank()) {
            value = environment.apply(name.toUpperCase(Locale.ROOT));
        }
        return value == null ? "" : value.strip();
    }

    void configure(HttpClientBuilder client) {
        if (proxy == null) {
            return;
        }
        client.setRoutePlanner(new DefaultRoutePlanner(null) {
            @Override
            protected HttpHost determineProxy(HttpHost target, HttpContext context) {
                return proxyFor(target);
            }
        });
        client.addExecInterceptorBefore(ChainElement.CONNECT.name(), "proxy", EnvironmentProxy::send)
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "tunnel", EnvironmentProxy::reached);
        if (user != null) {
            String[] parts = user.split(":", 2);
            client.setDefaultCredentialsProvider(CredentialsProviderBuilder.create()
                    .add(
                            new AuthScope(proxy),
                            decoded(parts[0]),
                            parts.length == 1 ? new char[0] : decoded(parts[1]).toCharArray())
                    .build());
        }
    }

    /**
     * HttpClient returns a proxy's answer to CONNECT as if it came from the target: a 404 would look like a completed
     * deletion.
     */
    private static ClassicHttpResponse send(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.removeAttribute(REACHED);
        ClassicHttpResponse response = chain.proceed(request, scope);
        if (scope.clientContext.getAttribute(REACHED) == null) {
            throw new ProxyRefusedException();
        }
        return response;
    }

    private static ClassicHttpResponse reached(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.setAttribute(REACHED, true);
        return chain.proceed(request, scope);
    }

    /** The proxy does not let us through: nothing reached the service. */
    static final class ProxyRefusedException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Null when the target is asked directly. */
    HttpHost proxyFor(HttpHost target) {
        String host = target.getHostName().toLowerCase(Locale.ROOT);
        boolean tunnelled = proxy != null && "https".equals(target.getSchemeName()) && !Loopback.is(host);
        return tunnelled && direct.stream().noneMatch(name -> covers(name, host, port(target))) ? proxy : null;
    }

    private static int port(HttpHost target) {
        return target.getPort() < 0 ? 443 : target.getPort();
    }

    /** {@code *}, a host, or a domain with all its hosts, each with or without a port. */
    private static boolean covers(String name, String host, int port) {
        String[] parts = name.split(":(?=\\d+$)", 2);
        if (parts.length == 2 && !parts[1].equals(String.valueOf(port))) {
            return false;
        }
        String domain = parts[0].replaceFirst("^\\*?\\.", "");
        return name.equals("*") || host.equals(domain) || !domain.isEmpty() && host.endsWith("." + domain);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
