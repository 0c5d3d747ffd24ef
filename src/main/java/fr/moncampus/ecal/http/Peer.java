package fr.moncampus.ecal.http;

import java.io.IOException;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * A service as one configuration talks to it: what must not be in an exchange is added to a request here, as it is
 * sent.
 */
public interface Peer {
    /** Of this configuration alone. */
    CookieStore cookies();

    /**
     * Called once for every request that is sent.
     *
     * @param request as the route has made it
     * @return the request as it is sent: with what is secret, and to the address that is meant
     */
    ClassicHttpRequest complete(ClassicHttpRequest request) throws IOException;

    /** Whether the next request has to go although the host wants to be left alone: what it belongs to is under way. */
    default boolean isUrgent() {
        return false;
    }

    /** @param response as it came; what is taken out of it here does not get into the exchange */
    default void received(ClassicHttpResponse response) throws IOException {}
}
