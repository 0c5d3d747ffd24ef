package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.http.Pace;
import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;

/** One configuration's MonCampus. Its session lives in the cookie store, in memory only, from run to run. */
public final class Portal {
    /** The exchange property that holds the portal of the configuration at work. */
    public static final String PROPERTY = "portal";

    /** Of logins at one host, whatever the number of configurations. */
    private static final Pace PACE = new Pace(Integer.getInteger("moncampus.logins-a-minute", 300));

    private final Configuration configuration;
    private final LoginMemory memory;
    private final Clock clock;
    private final HostLimits limits;
    private final CookieStore jar = new BasicCookieStore();
    private final LongAdder requests = new LongAdder();

    /** @param limits which all configurations share */
    public Portal(Configuration configuration, LoginMemory memory, Clock clock, HostLimits limits) {
        this.configuration = configuration;
        this.memory = memory;
        this.clock = clock;
        this.limits = limits;
    }

    /** How many HTTP requests were sent since the start. */
    public long requests() {
        return requests.sum();
    }

    /** The session. */
    public CookieStore jar() {
        return jar;
    }

    /**
     * A run begins.
     *
     * @param retries how often a portal in trouble is asked again
     * @param delay   milliseconds before the first time
     */
    public PortalSession openSession(Window window, int retries, long delay) {
        Configuration.School school = configuration.school();
        Sites sites = new Sites(school.timetable(), school.cas());
        Login login = new Login(
                school.username(),
                school.password(),
                school.cas(),
                memory,
                clock,
                () -> limits.turn(sites.origin(true), PACE));
        return new PortalSession(
                sites,
                TimetableQuery.of(school.timetable(), window),
                login,
                jar,
                new Backoff(retries, delay),
                requests);
    }
}
