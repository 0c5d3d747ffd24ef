package fr.moncampus.ecal.ecal;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.http.Peer;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/** Adds a configuration's key and signature to a request as it leaves, over the very query and bytes that are sent; no exchange ever holds them. */
final class EcalSigner implements Peer {
    private static final byte[] NOTHING = {};
    private final Configuration.Calendar calendar;
    private final CookieStore cookies = new BasicCookieStore();
    private final LongAdder requests = new LongAdder();

    EcalSigner(Configuration.Calendar calendar) {
        this.calendar = calendar;
    }

    @Override
    public CookieStore cookies() {
        return cookies;
    }

    long requests() {
        return requests.sum();
    }

    @Override
    public ClassicHttpRequest complete(ClassicHttpRequest request) throws IOException {
        URI address = address(request);
        if (!isEcal(address)) {
            throw new IOException("only ECAL gets what is signed for it");
        }
        requests.increment();
        byte[] body = request.getEntity() == null ? NOTHING : EntityUtils.toByteArray(request.getEntity());
        ClassicRequestBuilder signed =
                ClassicRequestBuilder.copy(request).setUri(withQuery(address, signed(query(address), body)));
        return signed.setEntity(entity(request, body)).build();
    }

    private static HttpEntity entity(ClassicHttpRequest request, byte[] body) {
        return request.getEntity() == null
                ? null
                : new ByteArrayEntity(
                        body, ContentType.parseLenient(request.getEntity().getContentType()));
    }

    private SortedMap<String, String> signed(SortedMap<String, String> query, byte[] body) {
        query.put("apiKey", calendar.apiKey().reveal());
        query.put("apiSign", Signature.of(calendar.apiSecret(), query, body));
        return query;
    }

    private static URI withQuery(URI address, SortedMap<String, String> query) {
        return URI.create(address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath() + "?"
                + EcalClient.text(query));
    }

    private static URI address(ClassicHttpRequest request) throws IOException {
        try {
            return request.getUri();
        } catch (URISyntaxException e) {
            throw new IOException("an address that cannot be asked", e);
        }
    }

    private boolean isEcal(URI address) {
        URI ecal = calendar.ecal();
        return ecal.getScheme().equalsIgnoreCase(address.getScheme())
                && ecal.getRawAuthority().equalsIgnoreCase(address.getRawAuthority())
                && address.getRawPath().startsWith(ecal.getRawPath());
    }

    private static SortedMap<String, String> query(URI address) {
        String raw = address.getRawQuery();
        return raw == null
                ? new TreeMap<>()
                : Arrays.stream(raw.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> pair[0], pair -> decoded(pair[1]), (one, other) -> other, TreeMap::new));
    }

    private static String decoded(String value) {
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
