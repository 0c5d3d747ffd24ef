package fr.moncampus.ecal.caldav;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.http.Client;
import fr.moncampus.ecal.http.HostLimits;
import java.util.List;
import org.apache.camel.ExchangeProperty;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/** The steps of {@code routes/caldav.camel.yaml}: between exchanges and the {@link CaldavClient} of their configuration. */
public final class CaldavSteps {
    private static final String WRITE = "write";
    /** One server sees no more requests than this at once, whatever the number of configurations. */
    private static final int MAX_AT_ONCE = 8;

    /** The HTTP client of all configurations; the request under way says what to send. */
    public static Client http(CloseableHttpClient line, HostLimits limits) {
        return new Client(
                line, exchange -> exchange.getProperty(DavRequest.PROPERTY, DavRequest.class), limits, MAX_AT_ONCE);
    }

    /** A listing that a failure has interrupted goes on. */
    public Reading open(
            @ExchangeProperty(CaldavClient.PROPERTY) CaldavClient client,
            @ExchangeProperty(Reading.PROPERTY) Reading interrupted) {
        return interrupted == null || !interrupted.isOpen() ? client.open() : interrupted;
    }

    public DavRequest ask(@ExchangeProperty(Reading.PROPERTY) Reading reading) {
        return reading.next();
    }

    public void read(
            @ExchangeProperty(Reading.PROPERTY) Reading reading,
            @ExchangeProperty(DavRequest.PROPERTY) DavRequest answer)
            throws CalendarException {
        reading.read(answer);
    }

    public List<CalendarEvent> events(@ExchangeProperty(Reading.PROPERTY) Reading reading) throws CalendarException {
        return reading.events();
    }

    /** A change that a failure has interrupted goes on. */
    public ObjectWrite begin(
            @ExchangeProperty(CaldavClient.PROPERTY) CaldavClient client,
            @ExchangeProperty(WRITE) Write write,
            @ExchangeProperty(ObjectWrite.PROPERTY) ObjectWrite interrupted) {
        return interrupted != null && interrupted.isOf(write) ? interrupted : client.begin(write);
    }

    public DavRequest change(
            @ExchangeProperty(ObjectWrite.PROPERTY) ObjectWrite write,
            @ExchangeProperty(Reading.PROPERTY) Reading reading)
            throws CalendarException {
        return write.next(reading);
    }

    public void answered(
            @ExchangeProperty(ObjectWrite.PROPERTY) ObjectWrite write,
            @ExchangeProperty(DavRequest.PROPERTY) DavRequest answer)
            throws CalendarException {
        write.answered(answer);
    }

    public DavRequest lookFor(@ExchangeProperty(ObjectWrite.PROPERTY) ObjectWrite write) {
        return write.lookFor();
    }

    public void found(
            @ExchangeProperty(ObjectWrite.PROPERTY) ObjectWrite write,
            @ExchangeProperty(Reading.PROPERTY) Reading reading,
            @ExchangeProperty(DavRequest.PROPERTY) DavRequest answer)
            throws CalendarException {
        write.found(reading, answer);
    }
}
