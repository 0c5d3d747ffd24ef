package fr.moncampus.ecal.ecal;

import fr.moncampus.ecal.http.CappedBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The steps of {@code routes/ecal.camel.yaml}: between exchanges and {@link EcalClient}. */
public final class EcalSteps {
    public static final String WRITE = "write";
    private static final String LISTING = "listing";
    private final EcalClient client;

    public EcalSteps(EcalClient client) {
        this.client = client;
    }

    public void open(Exchange exchange) {
        exchange.setProperty(LISTING, new Listing());
    }

    public void page(Exchange exchange) {
        put(exchange, client.page(listing(exchange)));
    }

    public void read(Exchange exchange) throws EcalException, IOException {
        Message answer = exchange.getMessage();
        try {
            client.read(listing(exchange), status(answer), answer.getBody(InputStream.class), answer.getHeader("Retry-After", String.class));
        } catch (CappedBody.TooLarge e) {
            throw new EcalException(0, "ECAL : " + e.getMessage() + ", lecture du calendrier abandonnée.");
        }
    }

    public List<CalendarEvent> events(Exchange exchange) {
        return listing(exchange).events();
    }

    public void send(Exchange exchange) throws EcalException {
        put(exchange, client.send(write(exchange)));
    }

    public void answered(Exchange exchange) throws EcalException, IOException {
        Message answer = exchange.getMessage();
        try {
            client.answered(write(exchange), status(answer), answer.getBody(InputStream.class), answer.getHeader("Retry-After", String.class));
        } catch (CappedBody.TooLarge e) {
            throw new EcalException(0, "ECAL : " + e.getMessage() + ", écriture sans réponse claire.");
        }
    }

    public void found(Exchange exchange, List<CalendarEvent> calendar) throws EcalException {
        write(exchange).found(calendar);
    }

    private static void put(Exchange exchange, EcalClient.Request request) {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_METHOD, request.method());
        message.setHeader(Exchange.HTTP_PATH, request.path());
        // a header and never the endpoint's address, which shows in logs, JMX and exceptions
        message.setHeader(Exchange.HTTP_RAW_QUERY, request.query());
        message.setHeader("Accept", "application/json");
        message.setHeader("User-Agent", "moncampus-ecal");
        if (request.body() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        }
        message.setBody(request.body());
    }

    private static int status(Message answer) {
        return answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    }

    private static Listing listing(Exchange exchange) {
        return exchange.getProperty(LISTING, Listing.class);
    }

    private static Write write(Exchange exchange) {
        return exchange.getProperty(WRITE, Write.class);
    }
}
