package fr.moncampus.ecal.caldav;

import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Window;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;

/** One configuration's calendar on a CalDAV server: where it is, who asks, and what its answers mean. */
public final class CaldavClient {
    /** The exchange property that holds the one of the configuration at work. */
    public static final String PROPERTY = "caldavCalendar";

    /** Before and after the days of the configuration: what was moved a little stays in sight. */
    private static final int MARGIN_DAYS = 90;

    private final Configuration configuration;
    private final Clock clock;
    private final Refusals refusals;
    private final CookieStore cookies = new BasicCookieStore();
    private final LongAdder requests = new LongAdder();
    private volatile URI collection;
    private volatile boolean known;

    public CaldavClient(Configuration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
        this.refusals = new Refusals(configuration);
        String address = configuration.keys().parameters().get("caldav_url");
        this.collection = URI.create(address.endsWith("/") ? address : address + "/");
    }

    /** How many HTTP requests were sent since the start. */
    public long requests() {
        return requests.sum();
    }

    /** A listing begins. */
    public Reading open() {
        LocalDate today = LocalDate.ofInstant(now(), ParisZone.PARIS);
        Window window = configuration.window(today);
        LocalDate first = window.first().isBefore(today) ? window.first() : today;
        LocalDate last = window.last().isAfter(today) ? window.last() : today;
        return new Reading(this, first.minusDays(MARGIN_DAYS), last.plusDays(MARGIN_DAYS));
    }

    /** A change begins. */
    public ObjectWrite begin(Write write) {
        return new ObjectWrite(this, write);
    }

    Instant now() {
        return clock.instant();
    }

    Refusals refusals() {
        return refusals;
    }

    URI collection() {
        return collection;
    }

    /** True once it was seen to be a calendar, since the start of the process. */
    boolean isKnown() {
        return known;
    }

    /** @param address where the server has led to */
    void known(URI address) {
        known = true;
        collection = address.getPath().endsWith("/") ? address : URI.create(address + "/");
    }

    CookieStore cookies() {
        return cookies;
    }

    void sent() {
        requests.increment();
    }

    String authorization() {
        String pair = configuration.keys().parameters().get("caldav_user") + ":"
                + configuration.keys().secrets().get("caldav_password").reveal();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** An address of the server's as its path, decoded, since servers encode as they like. Null when it cannot be read. */
    String path(String href) {
        try {
            return collection.resolve(href).getPath();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** @param path decoded */
    URI address(String path) {
        try {
            return URI.create(
                    new URI(collection.getScheme(), collection.getAuthority(), path, null, null).toASCIIString());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Of an event that does not exist yet: by its reference, so that it cannot be created twice. */
    String pathOf(String reference) {
        return collection.getPath() + reference + ".ics";
    }

    /** Nothing of what it knows. */
    @Override
    public String toString() {
        return configuration.name();
    }
}
