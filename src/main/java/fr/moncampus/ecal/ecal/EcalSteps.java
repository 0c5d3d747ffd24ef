package fr.moncampus.ecal.ecal;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.http.Client;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.http.Peer;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.component.http.HttpMethods;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/** The steps of {@code routes/ecal.camel.yaml}: between exchanges and the {@link EcalClient} of their configuration. */
public final class EcalSteps {
    public static final String WRITE = "write";
    private static final String LISTING = "listing";
    /** ECAL sees no more requests than this at once, whatever the number of configurations. */
    private static final int MAX_AT_ONCE = Integer.getInteger("ecal.requests-at-once", 32);

    /** The HTTP client of all configurations, each with its own key and signature. */
    public static Client http(CloseableHttpClient line, HostLimits limits) {
        return new Client(line, EcalSteps::peer, limits, MAX_AT_ONCE);
    }

    private static Peer peer(Exchange exchange) {
        EcalClient client = exchange.getProperty(EcalClient.PROPERTY, EcalClient.class);
        return client == null ? null : client.peer();
    }

    /** What the routes write and read JSON with. */
    public static ObjectMapper json() {
        return EventFormat.JSON;
    }

    /** A listing that a failure has interrupted goes on. */
    public Listing open(@ExchangeProperty(LISTING) Listing interrupted) {
        return interrupted == null || !interrupted.isOpen() ? new Listing() : interrupted;
    }

    public EcalClient.Request page(
            @ExchangeProperty(EcalClient.PROPERTY) EcalClient client, @ExchangeProperty(LISTING) Listing listing) {
        return client.page(listing);
    }

    public void read(
            @ExchangeProperty(EcalClient.PROPERTY) EcalClient client,
            @ExchangeProperty(LISTING) Listing listing,
            @Body Answer answer)
            throws CalendarException {
        client.read(listing, answer);
    }

    public List<CalendarEvent> events(@ExchangeProperty(LISTING) Listing listing) throws CalendarException {
        return listing.events();
    }

    public EcalClient.Request send(
            @ExchangeProperty(EcalClient.PROPERTY) EcalClient client, @ExchangeProperty(WRITE) Write write)
            throws CalendarException {
        return client.send(write);
    }

    public void answered(
            @ExchangeProperty(EcalClient.PROPERTY) EcalClient client,
            @ExchangeProperty(WRITE) Write write,
            @Body Answer answer)
            throws CalendarException {
        client.answered(write, answer);
    }

    public void found(@ExchangeProperty(WRITE) Write write, @Body List<CalendarEvent> calendar) {
        write.found(calendar);
    }

    /** @return the event to be written as JSON; null when there is none */
    public Object prepare(@Body EcalClient.Request request, @Headers Map<String, Object> headers) {
        // the type that the component wants: a text would be converted, the slow way, each time
        headers.put(Exchange.HTTP_METHOD, HttpMethods.valueOf(request.method()));
        headers.put(Exchange.HTTP_PATH, request.path());
        headers.put(Exchange.HTTP_RAW_QUERY, request.query());
        headers.put("Accept", "application/json");
        return request.event();
    }

    /** An error page or nothing at all is not for a parser. */
    public boolean isJson(@Header(Exchange.CONTENT_TYPE) String type, @Body byte[] body) {
        return type != null && type.contains("json") && body != null && body.length > 0;
    }

    /** Stands for what says that it is JSON and is not, so that its status is judged like any other page's. */
    public byte[] unreadable() {
        return new byte[] {'?'};
    }

    public Answer answer(
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @Body Object body) {
        return Answer.of(status, body, retryAfter);
    }
}
