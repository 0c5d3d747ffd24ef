package fr.moncampus.ecal.run;

import fr.moncampus.ecal.caldav.CaldavClient;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.ecal.EcalClient;
import fr.moncampus.ecal.feed.FeedCalendar;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.ics.FeedSource;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.LoginStore;
import fr.moncampus.ecal.moncampus.Portal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;

/**
 * What the source and the target of one configuration need in an exchange. The one place where those that have more than a route are known by name.
 *
 * @param beans    by exchange property
 * @param requests how many were sent since the start, by the service that was asked
 */
record Ends(Map<String, Object> beans, Map<String, LongSupplier> requests) {

    /**
     * @param limits which all configurations share
     * @param data   folder of a feed's file that is named by a relative path
     */
    static Ends of(
            Configuration configuration,
            Database database,
            Database logins,
            HostLimits limits,
            Path data,
            Clock clock) {
        Ends ends = new Ends(new LinkedHashMap<>(), new LinkedHashMap<>());
        if (configuration.school() == null || configuration.calendar() == null) {
            SecretKeys keys = new SecretKeys(configuration);
            ends.add(SecretKeys.PROPERTY, keys, "other", keys::requests);
        }
        if (configuration.school() != null) {
            Portal portal = new Portal(configuration, new LoginStore(logins), clock, limits);
            ends.add(Portal.PROPERTY, portal, "moncampus", portal::requests);
        }
        if (configuration.source().equals("ics")) {
            FeedSource feed = new FeedSource(configuration);
            ends.add(FeedSource.PROPERTY, feed, "ics", feed::requests);
        }
        if (configuration.calendar() != null) {
            EcalClient ecal = new EcalClient(configuration);
            ends.add(EcalClient.PROPERTY, ecal, "ecal", ecal::requests);
        }
        if (configuration.target().equals(FeedCalendar.NAME)) {
            ends.beans.put(FeedCalendar.PROPERTY, new FeedCalendar(configuration, database, data, clock));
        }
        if (configuration.target().equals("caldav")) {
            CaldavClient caldav = new CaldavClient(configuration, clock);
            ends.add(CaldavClient.PROPERTY, caldav, "caldav", caldav::requests);
        }
        return ends;
    }

    private void add(String property, Object bean, String service, LongSupplier sent) {
        beans.put(property, bean);
        requests.put(service, sent);
    }

    /** Whatever a shared route asks from now on, it asks for this configuration. */
    void enter(Exchange exchange) {
        beans.forEach(exchange::setProperty);
    }
}
