package fr.moncampus.ecal.ics;

import fr.moncampus.ecal.http.Client;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.timetable.Timetable;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/** The steps of {@code routes/ics.camel.yaml}: between exchanges and the {@link FeedSource} of their configuration. */
public final class FeedSteps {
    private static final String SESSION = "feed";
    /** One school's server sees no more requests than this at once, whatever the number of configurations. */
    private static final int MAX_AT_ONCE = 8;

    /** The HTTP client of all configurations; the session says what to send. */
    public static Client http(CloseableHttpClient line, HostLimits limits) {
        return new Client(line, exchange -> exchange.getProperty(SESSION, FeedSession.class), limits, MAX_AT_ONCE);
    }

    public FeedSession open(@ExchangeProperty(FeedSource.PROPERTY) FeedSource source) {
        return source.open();
    }

    public void answered(
            @ExchangeProperty(SESSION) FeedSession session, @Header(Exchange.HTTP_RESPONSE_CODE) int status) {
        session.answered(status);
    }

    public Timetable timetable(@ExchangeProperty(SESSION) FeedSession session) {
        return session.timetable();
    }
}
