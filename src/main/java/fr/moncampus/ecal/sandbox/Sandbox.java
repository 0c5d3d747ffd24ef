package fr.moncampus.ecal.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A stand-in for MonCampus (timetable and login) and for ECAL, built from what is known of them, for tests and the demo.
 * It starts with one student, a term of 350 sessions, and one empty calendar; what is unknown of the services is a
 * {@link Switch}, what can go wrong is a {@link Fault}. Other processes steer it over HTTP, see {@link Admin}.
 */
public final class Sandbox implements AutoCloseable {
    private static final String ACCOUNT = "school";

    static {
        // without it, every answer waits 40 ms for the client's delayed acknowledgement
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final Options options;
    private final Addresses addresses;
    private final School school = new School();
    private final Calendars calendars = new Calendars();
    private final Switches switches = new Switches();
    private final Faults faults = new Faults();
    private final RequestLog log;
    private final Tickets tickets;
    private final Cas cas;
    private final TimetableHost host;
    private final CaldavHost caldav;
    private final Map<String, Calendar> calendarOf = new ConcurrentHashMap<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Sandbox(Options options) {
        this.options = options;
        log = new RequestLog(options.logLimit());
        addresses = new Addresses(options.host(), options.onePort());
        tickets = new Tickets(options.clock());
        cas = new Cas(school, switches, addresses, tickets);
        caldav = new CaldavHost(school, switches, addresses);
        host = new TimetableHost(school, switches, addresses, tickets, options.clock());
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "sandbox");
            thread.setDaemon(true);
            return thread;
        });
        calendars.addKey(options.apiKey(), options.apiSecret(), ACCOUNT);
        enrol(
                options.username(),
                options.password(),
                options.sessions() == null ? Term.believable(today(), 1) : options.sessions());
    }

    public static Sandbox start() {
        return start(Options.standard());
    }

    /** Throws UncheckedIOException when a port cannot be had. */
    public static Sandbox start(Options options) {
        Sandbox sandbox = new Sandbox(options);
        try {
            sandbox.listen();
            return sandbox;
        } catch (IOException e) {
            sandbox.close();
            throw new UncheckedIOException(e);
        }
    }

    private void listen() throws IOException {
        Map<Server, Site> sites = new EnumMap<>(Server.class);
        sites.put(Server.TIMETABLE, host);
        sites.put(Server.CAS, cas);
        sites.put(Server.ECAL, new EcalServer(calendars, switches, options.clock()));
        sites.put(Server.FEED, new FeedHost(school, switches, options.clock()));
        sites.put(Server.CALDAV, caldav);
        sites.put(Server.ELSEWHERE, request -> Answer.html(200, "<!DOCTYPE html><title>Elsewhere</title>"));
        Front front = new Front(sites, new Admin(this), options.openAdmin(), log, faults, switches);
        if (options.onePort()) {
            HttpServer all = listen(front, null, options.port());
            List.of(Server.TIMETABLE, Server.CAS, Server.ECAL, Server.FEED, Server.CALDAV)
                    .forEach(each -> addresses.put(each, all.getAddress().getPort()));
            addresses.put(
                    Server.ELSEWHERE,
                    listen(front, Server.ELSEWHERE, 0).getAddress().getPort());
            return;
        }
        for (Server each : Server.values()) {
            addresses.put(each, listen(front, each, 0).getAddress().getPort());
        }
    }

    private HttpServer listen(Front front, Server only, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(options.host(), port), 0);
        servers.add(server);
        server.setExecutor(threads);
        server.createContext("/", front.of(only));
        server.start();
        return server;
    }

    /** Origin of the timetable, as {@code moncampus_url} takes it. */
    public String timetableUrl() {
        return addresses.origin(Server.TIMETABLE);
    }

    /** The login page, as {@code moncampus_cas_url} takes it. */
    public String casUrl() {
        return addresses.origin(Server.CAS) + "/cas/login";
    }

    /** Base of the API, as {@code ecal_url} takes it. */
    public String ecalUrl() {
        return addresses.origin(Server.ECAL) + EcalServer.BASE;
    }

    /** Of a student's feed, as {@code ics_url} takes it. */
    public String feedUrl(String username) {
        return addresses.origin(Server.FEED) + FeedHost.BASE + username + ".ics?token=" + FeedHost.TOKEN;
    }

    /** Of a student's calendar on the CalDAV server, as {@code caldav_url} takes it. */
    public String caldavUrl(String username) {
        return addresses.origin(Server.CALDAV) + CaldavHost.path(username);
    }

    /** A student's calendar on the CalDAV server. */
    public DavCalendar davCalendar(String username) {
        return caldav.calendar(username);
    }

    /** An origin that nothing should ever be sent to. */
    public String elsewhereUrl() {
        return addresses.origin(Server.ELSEWHERE);
    }

    public School school() {
        return school;
    }

    /** The first student's. */
    public Timetable timetable() {
        return school.student(options.username()).timetable();
    }

    public Calendars calendars() {
        return calendars;
    }

    /** The first student's. */
    public Calendar calendar() {
        return calendar(options.username());
    }

    public Calendar calendar(String username) {
        school.student(username);
        return calendarOf.get(username);
    }

    /** One more student, and an empty calendar in the same ECAL account; an existing one starts anew. */
    public Student enrol(String username, String password, List<Session> sessions) {
        calendarOf.computeIfAbsent(username, name -> calendars.addCalendar(ACCOUNT, "Agenda " + name));
        return school.enrol(username, password, sessions);
    }

    public Switches switches() {
        return switches;
    }

    public void set(Switch which, String value) {
        switches.set(which, value);
    }

    public Faults faults() {
        return faults;
    }

    public RequestLog log() {
        return log;
    }

    /** The timetable's sessions end; CAS still knows everybody. */
    public void expireSessions() {
        host.expireSessions();
    }

    /** The sessions still open the landing page, but no longer the timetable. */
    public void makeSessionsStale() {
        host.makeSessionsStale();
    }

    /** CAS no longer knows anybody. */
    public void forgetGrants() {
        tickets.forgetGrants();
    }

    /** As if CAS had been restarted: login forms that were handed out are worthless. */
    public void restartCas() {
        cas.forgetFlows();
    }

    LocalDate today() {
        return LocalDate.now(options.clock());
    }

    /** YAML of a configuration file for the first student. */
    public String configuration() {
        return configuration(options.username());
    }

    public String configuration(String username) {
        return school(username) + ecal(username);
    }

    /** YAML of a configuration file that writes into the same student's calendar on the CalDAV server. */
    public String caldavConfiguration(String username) {
        return school(username) + caldav(username);
    }

    /** YAML of a configuration file that reads the same student's feed, whose dialect is that of the switch. */
    public String feedConfiguration(String username) {
        return feedConfiguration(username, null);
    }

    /** @param dialect a value of {@link Switch#FEED_DIALECT}; null for the switch's own */
    public String feedConfiguration(String username, String dialect) {
        return feed(username, dialect) + ecal(username);
    }

    /** From a feed into a calendar on the CalDAV server. */
    public String feedToCaldavConfiguration(String username, String dialect) {
        return feed(username, dialect) + caldav(username);
    }

    private String school(String username) {
        StringBuilder yaml = new StringBuilder();
        line(yaml, "moncampus_username", username);
        line(yaml, "moncampus_password", school.student(username).password());
        days(yaml, "moncampus_", username);
        line(yaml, "moncampus_url", timetableUrl());
        line(yaml, "moncampus_cas_url", casUrl());
        return yaml.toString();
    }

    private String feed(String username, String dialect) {
        StringBuilder yaml = new StringBuilder();
        line(yaml, "source", "ics");
        line(yaml, "ics_url", feedUrl(username) + (dialect == null ? "" : "&dialect=" + dialect));
        days(yaml, "", username);
        return yaml.toString();
    }

    private String ecal(String username) {
        StringBuilder yaml = new StringBuilder();
        line(yaml, "ecal_api_key", options.apiKey());
        line(yaml, "ecal_api_secret", options.apiSecret());
        line(yaml, "ecal_calendar_id", calendar(username).id());
        line(yaml, "ecal_url", ecalUrl());
        return yaml + http();
    }

    private String caldav(String username) {
        StringBuilder yaml = new StringBuilder();
        line(yaml, "target", "caldav");
        line(yaml, "caldav_url", caldavUrl(username));
        line(yaml, "caldav_user", username);
        line(yaml, "caldav_password", CaldavHost.PASSWORD);
        return yaml + http();
    }

    private void days(StringBuilder yaml, String prefix, String username) {
        List<LocalDate> days = school.student(username).timetable().sessions().stream()
                .map(each -> each.start().toLocalDate())
                .sorted()
                .toList();
        LocalDate today = today();
        LocalDate first = days.isEmpty() ? today.minusWeeks(1) : days.get(0);
        LocalDate last = days.isEmpty() ? today.plusWeeks(12) : days.get(days.size() - 1);
        line(yaml, prefix + "start_date", first.toString());
        line(yaml, prefix + "end_date", last.toString());
    }

    private String http() {
        return addresses.isLoopback() ? "" : "allow_http: true\n";
    }

    private static void line(StringBuilder yaml, String key, String value) {
        yaml.append(key).append(": '").append(value.replace("'", "''")).append("'\n");
    }

    /** Returns when somebody has closed the sandbox. */
    public void await() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        servers.forEach(server -> server.stop(0));
        closed.countDown();
    }
}
