package fr.moncampus.ecal.run;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Secret;
import fr.moncampus.ecal.http.Client;
import fr.moncampus.ecal.http.Peer;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/**
 * Secret keys of sources and targets that have no Java of their own. In their routes, {@code {{a_key}}} of a secret key is a mark; the HTTP client
 * {@code keys-http} puts the value in its place as the request leaves: in the address, in a header, in {@code Authorization: Basic USER:PASSWORD}.
 */
final class SecretKeys implements Peer {
    /** The exchange property that holds those of the configuration at work. */
    static final String PROPERTY = "secretKeys";

    private static final String DOMAIN = ".secret.invalid";
    private static final Pattern MARK = Pattern.compile("https://([a-z0-9-]+)\\.secret\\.invalid(?:/(?=[?#]|$))?");
    private static final Pattern BASIC = Pattern.compile("(?i)Basic (.*:.*)", Pattern.DOTALL);

    private final Configuration configuration;
    private final CookieStore cookies = new BasicCookieStore();
    private final LongAdder requests = new LongAdder();

    SecretKeys(Configuration configuration) {
        this.configuration = configuration;
    }

    /** An address, so that it can be an endpoint; no service has it. */
    static String mark(String key) {
        return "https://" + host(key) + DOMAIN;
    }

    private static String host(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
    }

    static Client http(CloseableHttpClient line) {
        return new Client(line, exchange -> exchange.getProperty(PROPERTY, SecretKeys.class));
    }

    long requests() {
        return requests.sum();
    }

    @Override
    public CookieStore cookies() {
        return cookies;
    }

    @Override
    public ClassicHttpRequest complete(ClassicHttpRequest request) throws IOException {
        requests.increment();
        ClassicRequestBuilder complete = ClassicRequestBuilder.copy(request).setUri(address(request));
        for (Header header : request.getHeaders()) {
            if (header.getValue() != null && header.getValue().contains(DOMAIN)) {
                String value = revealed(header.getValue());
                complete.setHeader(header.getName(), basic(value));
            }
        }
        return complete.build();
    }

    private URI address(ClassicHttpRequest request) throws IOException {
        try {
            String text = request.getUri().toString();
            URI revealed = new URI(text.contains(DOMAIN) ? joined(text) : text);
            if (revealed.getHost() == null || revealed.getHost().endsWith(DOMAIN)) {
                throw new IOException("an address that is none of this configuration");
            }
            return revealed;
        } catch (URISyntaxException e) {
            throw new IOException("an address that cannot be asked");
        }
    }

    /** A secret address may have a query, which what the route adds to it joins. */
    private String joined(String text) {
        String revealed = revealed(text);
        String[] parts = revealed.split("\\?", 2);
        return parts.length == 1 ? revealed : parts[0] + "?" + parts[1].replace('?', '&');
    }

    private String revealed(String text) {
        return MARK.matcher(text).replaceAll(mark -> Matcher.quoteReplacement(value(mark.group(1), mark.group())));
    }

    private String value(String host, String mark) {
        return configuration.keys().secrets().entrySet().stream()
                .filter(entry -> host(entry.getKey()).equals(host))
                .map(Map.Entry::getValue)
                .map(Secret::reveal)
                .findFirst()
                .orElse(mark);
    }

    private static String basic(String value) {
        Matcher basic = BASIC.matcher(value);
        return basic.matches()
                ? "Basic " + Base64.getEncoder().encodeToString(basic.group(1).getBytes(StandardCharsets.UTF_8))
                : value;
    }

    /** Nothing of what it knows. */
    @Override
    public String toString() {
        return configuration.name();
    }
}
