package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.http.Transport;
import java.io.InputStream;
import java.time.Clock;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.spi.Registry;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;

/**
 * One configuration's MonCampus, as the route calls it: {@code routes/moncampus.camel.yaml} sends, this hands the answers to the {@link Visit}
 * that decides. Sessions live in the cookie store, in memory only, from run to run.
 */
public final class Portal {
    private static final String VISIT = "visit";

    private final Configuration configuration;
    private final LoginMemory memory;
    private final Clock clock;
    private final CookieStore jar;
    private final Transport transport;

    Portal(Configuration configuration, LoginMemory memory, Clock clock, CookieStore jar, Transport transport) {
        this.configuration = configuration;
        this.memory = memory;
        this.clock = clock;
        this.jar = jar;
        this.transport = transport;
    }

    /** Binds what the route names: {@code <name>-portal}, {@code <name>-cookies} and {@code <name>-transport}. */
    public static Portal bind(Registry registry, Configuration configuration, LoginMemory memory, Clock clock) {
        return bind(registry, configuration, memory, clock, new Transport());
    }

    static Portal bind(
            Registry registry, Configuration configuration, LoginMemory memory, Clock clock, Transport transport) {
        CookieStore jar = new BasicCookieStore();
        Portal portal = new Portal(configuration, memory, clock, jar, transport);
        registry.bind(configuration.name() + "-portal", portal);
        registry.bind(configuration.name() + "-cookies", jar);
        registry.bind(configuration.name() + "-transport", transport);
        return portal;
    }

    /** How many HTTP requests were sent since the start. */
    public long requests() {
        return transport.requests();
    }

    /**
     * A run begins.
     *
     * @param retries how often a portal in trouble is asked again
     * @param delay   milliseconds before the first time
     */
    public Visit visit(Window window, int retries, long delay) {
        Sites sites = new Sites(configuration.timetable(), configuration.cas());
        Login login = new Login(configuration.username(), configuration.password(), configuration.cas(), memory, clock);
        return new Visit(
                sites, Question.of(configuration.timetable(), window), login, jar, new Patience(retries, delay));
    }

    public void answered(
            @ExchangeProperty(VISIT) Visit visit,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Location") String location,
            @Header(Exchange.CONTENT_TYPE) String type,
            @Body InputStream body) {
        visit.answered(new Answer(status, location, type, body == null ? InputStream.nullInputStream() : body));
    }

    /**
     * @param trouble as it was thrown: Camel's own {@code @ExchangeException} would hand over its innermost cause, which says less
     * @throws PortalException when asking again cannot help
     */
    public void failed(
            @ExchangeProperty(VISIT) Visit visit, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception trouble) {
        visit.failed(trouble);
    }
}
