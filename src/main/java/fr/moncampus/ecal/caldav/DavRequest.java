package fr.moncampus.ecal.caldav;

import fr.moncampus.ecal.http.Peer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/**
 * One request and its answer. The HTTP client asks it what to send, so that the password gets into no exchange and a method may be one that Camel does
 * not have; and it takes the answer, which holds what a person has in the calendar. It goes where the server leads only on the server itself.
 */
public final class DavRequest implements Peer {
    /** The exchange property that holds the one under way. */
    public static final String PROPERTY = "dav";

    private static final int MAX_REDIRECTS = 5;
    private static final String XML = "application/xml";

    private final CaldavClient client;
    private final String method;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final String type;
    private final String content;
    private URI address;
    private int turns;
    private boolean answered;
    private int status;
    private String location;
    private String retryAfter;
    private byte[] body = {};

    private DavRequest(CaldavClient client, String method, URI address, String type, String content) {
        this.client = client;
        this.method = method;
        this.address = address;
        this.type = type;
        this.content = content;
    }

    static DavRequest propfind(CaldavClient client) {
        return new DavRequest(client, "PROPFIND", client.collection(), XML, Question.collection()).with("Depth", "0");
    }

    static DavRequest report(CaldavClient client, String question) {
        return new DavRequest(client, "REPORT", client.collection(), XML, question).with("Depth", "1");
    }

    /** @param etag null to create what must not exist yet */
    static DavRequest put(CaldavClient client, URI address, String etag, String text) {
        DavRequest put = new DavRequest(client, "PUT", address, "text/calendar", text);
        return etag == null ? put.with("If-None-Match", "*") : put.with("If-Match", etag);
    }

    static DavRequest delete(CaldavClient client, URI address, String etag) {
        return new DavRequest(client, "DELETE", address, null, null).with("If-Match", etag);
    }

    private DavRequest with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** For the route's loop: true until there is an answer that leads nowhere else. It ends as well when an edited route asks nothing. */
    public boolean goesOn() {
        return !answered && turns++ <= MAX_REDIRECTS;
    }

    /** For routes: the method, as one that Camel knows. What changes nothing is a GET, which needs no right to write. */
    public String getVerb() {
        return isWrite() ? method : "GET";
    }

    /** For routes: the server. */
    public String getSite() {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    boolean isWrite() {
        return method.equals("PUT") || method.equals("DELETE");
    }

    @Override
    public CookieStore cookies() {
        return client.cookies();
    }

    @Override
    public ClassicHttpRequest complete(ClassicHttpRequest blank) {
        client.sent();
        ClassicRequestBuilder request =
                ClassicRequestBuilder.create(method).setUri(address).setHeader("Authorization", client.authorization());
        headers.forEach(request::setHeader);
        if (content != null) {
            request.setEntity(content, ContentType.create(type, StandardCharsets.UTF_8));
        }
        return request.build();
    }

    @Override
    public void received(ClassicHttpResponse response) throws IOException {
        status = response.getCode();
        location = header(response, "Location");
        retryAfter = header(response, "Retry-After");
        body = response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
        response.removeHeaders("Location");
        response.setEntity(null);
        URI next = next();
        answered = next == null;
        address = next == null ? address : next;
    }

    private static String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** Null when the answer leads nowhere, or to where the password must not go. */
    private URI next() {
        if (status / 100 != 3 || status == 304 || location == null) {
            return null;
        }
        try {
            URI next = address.resolve(location.strip());
            boolean here = next.getHost() != null
                    && next.getScheme().equalsIgnoreCase(address.getScheme())
                    && next.getHost().equalsIgnoreCase(address.getHost())
                    && next.getPort() == address.getPort();
            return here ? next : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    boolean isAnswered() {
        return answered;
    }

    int status() {
        return status;
    }

    String retryAfter() {
        return retryAfter;
    }

    byte[] body() {
        return body;
    }

    /** Where it went in the end. */
    URI address() {
        return address;
    }

    /** Nothing of what it holds. */
    @Override
    public String toString() {
        return method;
    }
}
