package fr.moncampus.ecal.run;

import fr.moncampus.ecal.caldav.CaldavSteps;
import fr.moncampus.ecal.calendar.CalendarSteps;
import fr.moncampus.ecal.ecal.EcalSteps;
import fr.moncampus.ecal.feed.FeedTargetSteps;
import fr.moncampus.ecal.http.Connections;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.http.LimitStore;
import fr.moncampus.ecal.http.Transport;
import fr.moncampus.ecal.ics.FeedSteps;
import fr.moncampus.ecal.moncampus.PortalSteps;
import fr.moncampus.ecal.timetable.SourceSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.Main;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;

/** What all configurations share: the beans that the shared routes call, one pool of connections and one of writers. */
final class Services implements AutoCloseable {
    private static final int MAX_WRITERS = 32;
    private static final int IDLE_SECONDS = 10;

    private final HttpClientConnectionManager connections = Connections.pool();
    private final CloseableHttpClient line = new Transport().client(connections);
    private final CloseableHttpClient notifyLine = Notification.transport().client(connections);
    private final HostLimits limits;
    private final ThreadPoolExecutor writers = new ThreadPoolExecutor(
            MAX_WRITERS, MAX_WRITERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Services::writer);

    /** @param shared null when this process is alone */
    Services(LimitStore shared, Clock clock) {
        limits = new HostLimits(shared, clock, System::nanoTime);
        writers.allowCoreThreadTimeOut(true);
    }

    /** Before Camel starts. */
    void bind(Main main, Clock clock) {
        main.bind("moncampus", new PortalSteps());
        main.bind("moncampus-http", PortalSteps.http(line, limits));
        main.bind("ecal", new EcalSteps());
        main.bind("ecal-http", EcalSteps.http(line, limits));
        main.bind("ecal-json", EcalSteps.json());
        main.bind("caldav", new CaldavSteps());
        main.bind("caldav-http", CaldavSteps.http(line, limits));
        main.bind("ics", new FeedSteps());
        main.bind("ics-http", FeedSteps.http(line, limits));
        main.bind("feed", new FeedTargetSteps());
        main.bind("timetable", new SourceSteps());
        main.bind("calendar", new CalendarSteps());
        main.bind("keys-http", SecretKeys.http(line));
        main.bind("dead-letters", new DeadLetterSteps());
        main.bind("notify", new NotifySteps());
        main.bind("notify-http", NotifySteps.http(notifyLine));
        main.bind("retry-after", new RetryAfter(clock));
        // otherwise each endpoint would create its own pool
        main.bind("connections", connections);
    }

    private static Thread writer(Runnable work) {
        return new Thread(work, "writer");
    }

    HostLimits limits() {
        return limits;
    }

    Executor writers() {
        return writers;
    }

    @Override
    public void close() {
        writers.shutdown();
        try {
            line.close();
            notifyLine.close();
            connections.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
