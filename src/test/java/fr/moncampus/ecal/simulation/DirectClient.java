package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.ecal.CalendarEvent;
import fr.moncampus.ecal.ecal.EcalClient;
import fr.moncampus.ecal.ecal.EcalException;
import fr.moncampus.ecal.ecal.Listing;
import fr.moncampus.ecal.ecal.Write;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.memory.Journal;
import fr.moncampus.ecal.memory.LoginStore;
import fr.moncampus.ecal.memory.PlanMemory;
import fr.moncampus.ecal.memory.WrittenRepository;
import fr.moncampus.ecal.moncampus.Portal;
import fr.moncampus.ecal.moncampus.Request;
import fr.moncampus.ecal.moncampus.Timetable;
import fr.moncampus.ecal.moncampus.Visit;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Bent;
import fr.moncampus.ecal.run.DeadLetters;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.run.SyncSteps;
import fr.moncampus.ecal.simulation.Wire.Ask;
import fr.moncampus.ecal.simulation.Wire.Reply;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Planner;
import fr.moncampus.ecal.sync.Reference;
import fr.moncampus.ecal.sync.Remembered;
import fr.moncampus.ecal.sync.Situation;
import fr.moncampus.ecal.sync.Spellings;
import fr.moncampus.ecal.sync.Transform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultRegistry;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.impl.cookie.BasicClientCookie;

/**
 * The steps of the routes, called one after the other as {@code routes/*.camel.yaml} do, without Camel's machinery and without sockets:
 * fast enough for thousands of seeds. That the routes themselves do the same is seen by running some seeds through them.
 */
final class DirectClient implements Client {
    private static final int RETRIES = 2;
    private static final CamelContext CONTEXT = new DefaultCamelContext();
    private final Map<String, Person> persons = new HashMap<>();

    /** @param variant null for the program as it is */
    DirectClient(
            List<Configuration> configurations,
            Database database,
            Path locks,
            Clock clock,
            Wire wire,
            UserStep user,
            Variant variant) {
        Set<String> owners = configurations.stream().map(Configuration::owner).collect(Collectors.toSet());
        configurations.forEach(each ->
                persons.put(each.name(), new Person(each, owners, database, locks, clock, wire, user, variant)));
    }

    @Override
    public RunResult sync(String config) {
        return persons.get(config).sync();
    }

    @Override
    public Set<String> inDoubt() {
        return persons.values().stream()
                .flatMap(person -> person.journal.entries(8).stream())
                .filter(entry -> entry.outcome() == null)
                .map(entry -> entry.after() == null ? entry.before() : entry.after())
                .map(CalendarEvent::reference)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        persons.values().forEach(Person::end);
    }

    private static final class Person {
        private final Configuration configuration;
        private final Set<String> owners;
        private final Clock clock;
        private final Wire wire;
        private final Variant variant;
        private final BasicCookieStore jar;
        private final Portal portal;
        private final EcalClient ecal;
        private final PlanMemory memory;
        private final WrittenRepository written;
        private final SyncSteps steps;
        private final Journal journal;
        private final UserStep user;
        private Exchange last;
        private final DeadLetters deadLetters;

        Person(
                Configuration configuration,
                Set<String> owners,
                Database database,
                Path locks,
                Clock clock,
                Wire wire,
                UserStep user,
                Variant variant) {
            this.user = user;
            this.configuration = configuration;
            this.owners = owners;
            this.clock = clock;
            this.wire = wire;
            this.variant = variant;
            String name = configuration.name();
            Duration settle = configuration.rules().settle();
            DefaultRegistry registry = new DefaultRegistry();
            portal = Portal.bind(registry, configuration, new LoginStore(database), clock);
            jar = registry.lookupByNameAndType(name + "-cookies", BasicCookieStore.class);
            ecal = new EcalClient(configuration);
            History history = new History(database, name);
            journal = new Journal(database, name, clock);
            written = new WrittenRepository(database, configuration.owner(), settle, journal, clock);
            memory = new PlanMemory(database, configuration.owner(), settle);
            steps = new SyncSteps(
                    configuration,
                    owners,
                    memory,
                    written,
                    history,
                    journal,
                    () -> 0,
                    locks.resolve(name + ".lock"),
                    Duration.ZERO,
                    clock,
                    run -> {},
                    run -> {});
            deadLetters = new DeadLetters(configuration, locks.resolve(name + ".txt"), history, clock);
        }

        RunResult sync() {
            Exchange exchange = new DefaultExchange(CONTEXT);
            exchange.getMessage().setBody(Purpose.SYNC);
            last = exchange;
            try {
                steps.begin(exchange);
                try {
                    reconcile(exchange);
                } catch (Stopped e) {
                    if (variant != null && !variant.reports()) {
                        return exchange.getProperty(Run.PROPERTY, Run.class).result();
                    }
                } catch (Exception e) {
                    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, e);
                    deadLetters.entry(exchange);
                }
                deadLetters.cured(exchange);
                steps.report(exchange);
                return exchange.getProperty(Run.PROPERTY, Run.class).result();
            } catch (Mortal.Death e) {
                end();
                throw e;
            }
        }

        /** A process that ends takes its lock with it. */
        private void end() {
            AutoCloseable lock = last == null ? null : last.getProperty("lock", AutoCloseable.class);
            if (lock != null) {
                close(lock);
            }
        }

        /** The exchange ends here. */
        private static final class Stopped extends RuntimeException {
            private static final long serialVersionUID = 1L;

            Stopped() {
                super("stop", null, false, false);
            }
        }

        /** Where a user may put a step of his own: between any two of ours. */
        private void usersStep() {
            usersStep(false);
        }

        /** In a split, what ends or fails is that part. */
        private boolean stopsPart(Exchange exchange, Write write) {
            try {
                return user.stops(false);
            } catch (UserStep.Broken e) {
                Exchange part = part(exchange, write);
                part.setProperty(Exchange.EXCEPTION_CAUGHT, e);
                deadLetters.entry(part);
                return true;
            }
        }

        private void usersStep(boolean unread) {
            if (user.stops(unread)) {
                throw new Stopped();
            }
        }

        private static void close(AutoCloseable lock) {
            try {
                lock.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private void reconcile(Exchange exchange) throws Exception {
            Window asked = steps.lock(exchange);
            usersStep();
            Timetable timetable = timetable(asked);
            usersStep(true);
            steps.transform(exchange, timetable);
            usersStep();
            for (Timetable.Unreadable row : timetable.unreadable()) {
                Exchange part = part(exchange, null);
                part.getMessage().setBody(row);
                deadLetters.entry(part);
            }
            Run run = exchange.getProperty(Run.PROPERTY, Run.class);
            List<CalendarEvent> calendar = list(exchange);
            usersStep();
            for (Write write : variant == null ? steps.plan(exchange, calendar) : bentPlan(run, timetable, calendar)) {
                if (run.isGoingOn() && !stopsPart(exchange, write)) {
                    change(part(exchange, write), write);
                }
            }
            usersStep();
            steps.orStop(exchange);
            usersStep();
            if (run.isTried()) {
                List<CalendarEvent> again = list(exchange);
                usersStep();
                if (variant == null) {
                    steps.verify(exchange, again);
                } else {
                    Remembered before = memory.read(clock.instant());
                    memory.write(before, Spellings.learn(before, again), clock.instant());
                }
            }
        }

        /** What {@link SyncSteps#plan} does, with a bent plan. */
        private List<Write> bentPlan(Run run, Timetable timetable, List<CalendarEvent> calendar) {
            Instant now = clock.instant();
            Remembered remembered = memory.read(now);
            Window window =
                    configuration.window(now.atZone(configuration.timeZone()).toLocalDate());
            Situation situation = variant.situation(new Situation(
                    configuration.owner(),
                    owners,
                    new Transform(configuration.alert(), configuration.teamsLink()).wanted(timetable.courses()),
                    timetable.unreadable(),
                    calendar,
                    remembered,
                    configuration.rules(),
                    window,
                    now,
                    null));
            Plan plan = variant.plan(situation, Planner.plan(situation));
            memory.write(remembered, plan.memory(), now);
            Bent.planned(run, plan);
            return Stream.of(plan.updates(), plan.creates(), plan.deletes())
                    .flatMap(List::stream)
                    .map(change -> new Write(
                            change.before(),
                            change.after(),
                            variant.looks()
                                    && change.kind() == Change.Kind.CREATE
                                    && written.knows(change.after().reference()),
                            Reference::next))
                    .toList();
        }

        /** A part of a split, with the properties of the whole. */
        private static Exchange part(Exchange exchange, Write write) {
            Exchange part = new DefaultExchange(exchange.getContext());
            part.getProperties().putAll(exchange.getProperties());
            part.removeProperty("listing");
            if (write != null) {
                part.setProperty(WrittenRepository.WRITE, write);
            }
            return part;
        }

        private void change(Exchange exchange, Write write) {
            String key = steps.key(exchange);
            if (!written.add(exchange, key)) {
                return;
            }
            try {
                steps.sending(exchange);
                send(exchange, write);
                steps.written(exchange);
            } catch (Exception e) {
                exchange.setProperty(Exchange.EXCEPTION_CAUGHT, e);
                deadLetters.entry(exchange);
                written.remove(exchange, key);
                return;
            }
            written.confirm(exchange, key);
        }

        private void send(Exchange exchange, Write write) throws Exception {
            for (int attempt = 0; ; attempt++) {
                try {
                    while (write.isOpen()) {
                        if (write.isLook()) {
                            write.found(variant == null || variant.looks() ? readOn(exchange) : List.of());
                        }
                        if (write.isSend()) {
                            EcalClient.Request request = ecal.send(write);
                            Reply reply = wire.ask(ask(request));
                            ecal.answered(write, reply.status(), reply.body(), reply.header("Retry-After"));
                        }
                    }
                    return;
                } catch (EcalException.Unavailable | IOException e) {
                    if (attempt == RETRIES) {
                        throw e;
                    }
                }
            }
        }

        private List<CalendarEvent> list(Exchange exchange) throws Exception {
            for (int attempt = 0; ; attempt++) {
                try {
                    return readOn(exchange);
                } catch (EcalException.Unavailable | IOException e) {
                    if (attempt == RETRIES) {
                        throw e;
                    }
                }
            }
        }

        /** A listing that a failure has interrupted goes on. */
        private List<CalendarEvent> readOn(Exchange exchange) throws Exception {
            Listing listing = exchange.getProperty("listing", Listing.class);
            if (listing == null || !listing.isOpen()) {
                listing = new Listing();
                exchange.setProperty("listing", listing);
            }
            while (listing.isOpen()) {
                Ask ask = ask(ecal.page(listing));
                Reply reply = variant == null ? wire.ask(ask) : variant.listed(ask, wire);
                ecal.read(listing, reply.status(), reply.body(), reply.header("Retry-After"));
            }
            return listing.events();
        }

        private Ask ask(EcalClient.Request request) {
            return new Ask(
                    request.method(),
                    URI.create(configuration.ecal() + request.path() + "?" + request.query()),
                    "",
                    request.body() == null ? new byte[0] : request.body());
        }

        private Timetable timetable(Window window) {
            Visit visit = portal.visit(window, RETRIES, 0);
            while (visit.isGoing()) {
                try {
                    Reply reply = portalReply(visit.getRequest());
                    reply = variant == null ? reply : variant.timetable(reply);
                    portal.answered(
                            visit,
                            reply.status(),
                            reply.header("Location"),
                            reply.header("Content-Type"),
                            new ByteArrayInputStream(reply.body()));
                } catch (Exception e) {
                    portal.failed(visit, e);
                }
            }
            return visit.getTimetable();
        }

        private Reply portalReply(Request request) throws IOException {
            String cookies = jar.getCookies().stream()
                    .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
            Ask ask = new Ask(
                    request.method(),
                    request.address(),
                    cookies,
                    request.form() == null ? new byte[0] : request.form());
            Reply reply = variant == null ? wire.ask(ask) : variant.school(ask, wire);
            String cookie = reply.header("Set-Cookie");
            if (cookie != null) {
                String[] pair = cookie.split(";")[0].split("=");
                BasicClientCookie stored = new BasicClientCookie(pair[0], pair[1]);
                stored.setDomain(request.address().getHost());
                stored.setPath("/");
                jar.addCookie(stored);
            }
            return reply;
        }
    }
}
