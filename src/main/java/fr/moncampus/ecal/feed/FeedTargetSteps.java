package fr.moncampus.ecal.feed;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.Write;
import java.util.List;
import org.apache.camel.ExchangeProperty;

/** The steps of {@code routes/feed.camel.yaml}: between exchanges and the {@link FeedCalendar} of their configuration. */
public final class FeedTargetSteps {
    private static final String WRITE = "write";

    public List<CalendarEvent> list(@ExchangeProperty(FeedCalendar.PROPERTY) FeedCalendar feed) {
        return feed.list();
    }

    public void publish(@ExchangeProperty(FeedCalendar.PROPERTY) FeedCalendar feed) throws CalendarException {
        feed.publish();
    }

    public void found(
            @ExchangeProperty(FeedCalendar.PROPERTY) FeedCalendar feed, @ExchangeProperty(WRITE) Write write) {
        write.found(feed.list());
    }

    public void send(@ExchangeProperty(FeedCalendar.PROPERTY) FeedCalendar feed, @ExchangeProperty(WRITE) Write write)
            throws CalendarException {
        feed.send(write);
    }
}
