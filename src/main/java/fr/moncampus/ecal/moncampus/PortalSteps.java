package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.http.Client;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.timetable.Timetable;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/** The steps of {@code routes/moncampus.camel.yaml}: between exchanges and the {@link Portal} of their configuration. */
public final class PortalSteps {
    private static final String SESSION = "session";
    /** A host of the portal's sees no more requests than this at once, whatever the number of configurations. */
    public static final int MAX_AT_ONCE = Integer.getInteger("moncampus.requests-at-once", 8);

    /** The HTTP client of all configurations, each with its own cookies; the session says what to send. */
    public static Client http(CloseableHttpClient line, HostLimits limits) {
        return new Client(line, exchange -> exchange.getProperty(SESSION, PortalSession.class), limits, MAX_AT_ONCE);
    }

    public PortalSession openSession(
            @Body Window window, @ExchangeProperty(Portal.PROPERTY) Portal portal, int retries, long delay) {
        return portal.openSession(window, retries, delay);
    }

    public void answered(
            @ExchangeProperty(SESSION) PortalSession session,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header(Exchange.CONTENT_TYPE) String type) {
        session.answered(status, type);
    }

    /**
     * @param trouble as it was thrown: Camel's own {@code @ExchangeException} would hand over its innermost cause, which says less
     * @throws PortalException when asking again cannot help
     */
    public void failed(
            @ExchangeProperty(SESSION) PortalSession session,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception trouble) {
        session.failed(trouble);
    }

    /** @throws PortalException when there is none: the loop was left, or never entered, by an edited route */
    public Timetable timetable(@ExchangeProperty(SESSION) PortalSession session) {
        return session.result();
    }
}
