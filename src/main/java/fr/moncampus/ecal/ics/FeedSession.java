package fr.moncampus.ecal.ics;

import fr.moncampus.ecal.http.Peer;
import fr.moncampus.ecal.timetable.SourceException;
import fr.moncampus.ecal.timetable.SourceUnavailableException;
import fr.moncampus.ecal.timetable.Timetable;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/**
 * One read of a feed: says what to ask, looks at the answer, and follows where it leads. The HTTP client asks it what to send, so that the address,
 * which holds a token, gets into no exchange; and it takes the answer, which holds names.
 */
public final class FeedSession implements Peer {
    private static final int MAX_REDIRECTS = 5;
    private static final String AGAIN =
            " Rien n'a été changé. Redemandez à votre école le lien d'abonnement, et mettez-le dans ics_url.";

    private final FeedSource source;
    private URI address;
    private FeedSource.Kept offered;
    private int turns;
    private String location;
    private String etag;
    private String modified;
    private String type;
    private String retryAfter;
    private byte[] body = {};
    private Timetable timetable;

    FeedSession(FeedSource source) {
        this.source = source;
        this.address = source.address();
    }

    /** For the route's loop: true while there is something to ask. It ends as well when an edited route asks nothing. */
    public boolean goesOn() {
        return timetable == null && turns++ <= MAX_REDIRECTS;
    }

    /** For routes: the site that is asked, without the path, which may hold a token. */
    public String getSite() {
        return source.address().getScheme() + "://" + source.address().getRawAuthority();
    }

    @Override
    public CookieStore cookies() {
        return source.cookies();
    }

    @Override
    public ClassicHttpRequest complete(ClassicHttpRequest blank) {
        source.sent();
        offered = source.kept();
        ClassicRequestBuilder request =
                ClassicRequestBuilder.get(address).setHeader("Accept", "text/calendar, text/plain;q=0.5, */*;q=0.1");
        if (offered != null && offered.etag() != null) {
            request.setHeader("If-None-Match", offered.etag());
        }
        if (offered != null && offered.modified() != null) {
            request.setHeader("If-Modified-Since", offered.modified());
        }
        return request.build();
    }

    @Override
    public void received(ClassicHttpResponse response) throws IOException {
        location = header(response, "Location");
        etag = header(response, "ETag");
        modified = header(response, "Last-Modified");
        type = header(response, "Content-Type");
        retryAfter = header(response, "Retry-After");
        response.removeHeaders("Location");
        body = response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
        response.setEntity(null);
    }

    private static String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** @throws SourceException when the answer is no complete timetable */
    public void answered(int status) {
        if (status / 100 == 3 && status != 304 && location != null) {
            follow();
        } else if (status == 304 && offered != null) {
            timetable = FeedTimetable.of(FeedReader.read(offered.body(), offered.type()), source.address());
        } else if (status == 200) {
            Feed feed = FeedReader.read(body, type);
            timetable = FeedTimetable.of(feed, source.address());
            source.keep(etag, modified, type, body);
        } else {
            source.forget();
            throw failure(status);
        }
    }

    /** As every subscribed phone does; but never from https to where others can read along. */
    private void follow() {
        URI next;
        try {
            next = address.resolve(URI.create(location.strip().replaceFirst("(?i)^webcals?:", "https:")));
        } catch (IllegalArgumentException e) {
            throw new SourceUnavailableException(
                    "Le flux renvoie vers une adresse illisible. Rien n'a été changé.", null);
        }
        boolean web = next.getHost() != null
                && ("https".equalsIgnoreCase(next.getScheme()) || "http".equalsIgnoreCase(next.getScheme()));
        if (!web || "https".equalsIgnoreCase(address.getScheme()) && !"https".equalsIgnoreCase(next.getScheme())) {
            throw new SourceException(
                    "Le flux renvoie vers une adresse qui n'est pas sûre (https) : elle n'est pas suivie." + AGAIN);
        }
        address = next;
    }

    private SourceException failure(int status) {
        if (status >= 500 || status == 429 || status == 408 || status == 425) {
            return new SourceUnavailableException(
                    "Le serveur du flux est en panne ou demande d'attendre (réponse " + status
                            + "). Rien n'a été changé ; l'outil réessaiera de lui-même.",
                    retryAfter);
        }
        return new SourceException(
                switch (status) {
                    case 401, 403 ->
                        "Le serveur refuse ce flux (réponse " + status + ") : le lien n'est plus valable." + AGAIN;
                    case 404, 410 -> "Ce flux n'existe pas ou plus (réponse " + status + ")." + AGAIN;
                    default -> "Le serveur du flux a répondu " + status + ", ce qui n'est pas un calendrier." + AGAIN;
                });
    }

    /** As it was answered last. */
    public byte[] body() {
        return body;
    }

    /** The Content-Type; null when there is none. */
    public String type() {
        return type;
    }

    /** @throws SourceException when there is none: too many redirects, or a step of the route that was edited */
    public Timetable timetable() {
        if (timetable == null) {
            throw new SourceUnavailableException(
                    "Le flux n'a pas été lu jusqu'au bout : il redirige sans fin, ou une étape modifiée de routes/ics.camel.yaml l'empêche.",
                    null);
        }
        return timetable;
    }
}
