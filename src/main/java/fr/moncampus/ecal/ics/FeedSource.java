package fr.moncampus.ecal.ics;

import fr.moncampus.ecal.config.Configuration;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;

/**
 * One configuration's feed, and what it said last: with that kept, "nothing has changed" (304) is a complete read. It lives in memory only, so that a
 * new process asks for the whole feed.
 */
public final class FeedSource {
    /** The exchange property that holds the one of the configuration at work. */
    public static final String PROPERTY = "icsSource";

    static final String KEY = "ics_url";
    /** Compressed; a feed of 2,000 courses has some 100 KB. A bigger one is asked for as a whole each time. */
    static final int MAX_KEPT_BYTES = 256 * 1024;

    private final URI address;
    private final CookieStore cookies = new BasicCookieStore();
    private final LongAdder requests = new LongAdder();
    private volatile Kept kept;

    /**
     * @param etag     null when there is none
     * @param modified {@code Last-Modified}; null when there is none
     */
    record Kept(String etag, String modified, String type, byte[] compressed) {
        byte[] body() {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public FeedSource(Configuration configuration) {
        this(URI.create(configuration.keys().secrets().get(KEY).reveal()));
    }

    public FeedSource(URI address) {
        this.address = address;
    }

    /** How many HTTP requests were sent since the start. */
    public long requests() {
        return requests.sum();
    }

    /** A run begins. */
    public FeedSession open() {
        return new FeedSession(this);
    }

    URI address() {
        return address;
    }

    CookieStore cookies() {
        return cookies;
    }

    void sent() {
        requests.increment();
    }

    /** Null when there is nothing to compare with. */
    Kept kept() {
        return kept;
    }

    /** Only what was a complete feed is kept, and only if the server can be asked whether it has changed. */
    void keep(String etag, String modified, String type, byte[] body) {
        byte[] compressed = etag == null && modified == null ? null : compressed(body);
        kept = compressed == null || compressed.length > MAX_KEPT_BYTES
                ? null
                : new Kept(etag, modified, type, compressed);
    }

    void forget() {
        kept = null;
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
