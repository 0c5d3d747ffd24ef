package fr.moncampus.ecal.calendar;

import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** What the route of a target can call that has no Java of its own: the bean {@code calendar}. */
public final class CalendarSteps {
    private static final String WRITE = "write";

    /** The change is about to be sent. @return the fields of the event as it should be; none for a deletion */
    public Map<String, Object> event(@ExchangeProperty(WRITE) Write write) throws CalendarException {
        write.sending();
        return write.after() == null ? Map.of() : EventRows.fields(write.after());
    }

    /**
     * Judges an answer by its status, as services that keep to HTTP mean it.
     *
     * @param body a map with the {@code id} of what was created, where the service gives one
     */
    public void answered(
            @ExchangeProperty(WRITE) Write write,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") String retryAfter,
            @Body Object body)
            throws CalendarException {
        boolean create = "POST".equals(write.method());
        if (status / 100 == 2) {
            Object id = body instanceof Map<?, ?> fields ? fields.get("id") : null;
            write.accepted(id == null ? null : id.toString());
        } else if (status >= 500) {
            throw new CalendarUnavailableException(status, "Le calendrier est en panne (" + status + ").", retryAfter);
        } else if (status == 404 && !create) {
            write.missing();
        } else if (status == 409 && create) {
            write.exists();
        } else {
            write.refused();
            String said = "Le calendrier refuse cette écriture (" + status + ").";
            throw status == 429
                    ? new CalendarUnavailableException(status, said, retryAfter)
                    : new CalendarException(status, said);
        }
    }

    /** The calendar was read anew since an answer was not clear. */
    public void found(@ExchangeProperty(WRITE) Write write, @Body List<?> listing) throws CalendarException {
        write.found(EventRows.events(listing));
    }
}
