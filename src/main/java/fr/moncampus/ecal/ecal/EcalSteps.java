package fr.moncampus.ecal.ecal;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;

/** The steps of {@code routes/ecal.camel.yaml}: between exchanges and {@link EcalClient}. */
public final class EcalSteps {
    public static final String WRITE = "write";
    private static final String LISTING = "listing";
    private final EcalClient client;

    public EcalSteps(EcalClient client) {
        this.client = client;
    }

    /** A listing that a failure has interrupted goes on. */
    public void open(Exchange exchange) {
        Listing interrupted = listing(exchange);
        if (interrupted == null || !interrupted.isOpen()) {
            exchange.setProperty(LISTING, new Listing());
        }
    }

    public void page(Exchange exchange) {
        put(exchange, client.page(listing(exchange)));
    }

    public void read(Exchange exchange) throws EcalException {
        Message answer = exchange.getMessage();
        client.read(listing(exchange), status(answer), body(answer), answer.getHeader("Retry-After", String.class));
    }

    public List<CalendarEvent> events(Exchange exchange) {
        return listing(exchange).events();
    }

    public void send(Exchange exchange) throws EcalException {
        put(exchange, client.send(write(exchange)));
    }

    public void answered(Exchange exchange) throws EcalException {
        Message answer = exchange.getMessage();
        client.answered(write(exchange), status(answer), body(answer), answer.getHeader("Retry-After", String.class));
    }

    public void found(Exchange exchange, List<CalendarEvent> calendar) {
        write(exchange).found(calendar);
    }

    private static void put(Exchange exchange, EcalClient.Request request) {
        Message message = exchange.getMessage();
        // the type that the component wants: a text would be converted, the slow way, each time
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(request.method()));
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

    /** The transport has read it whole already, within its limits. */
    private static byte[] body(Message answer) {
        byte[] body = answer.getBody(byte[].class);
        return body == null ? new byte[0] : body;
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
