package fr.moncampus.ecal.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarUnavailableException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Selection;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.ecal.Answer;
import fr.moncampus.ecal.ecal.EcalClient;
import fr.moncampus.ecal.ecal.EcalSteps;
import fr.moncampus.ecal.ecal.Listing;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.WrittenRepository;
import fr.moncampus.ecal.moncampus.PortalSession;
import fr.moncampus.ecal.moncampus.Request;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Bent;
import fr.moncampus.ecal.run.DeadLetters;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.run.RunSteps;
import fr.moncampus.ecal.run.SyncSteps;
import fr.moncampus.ecal.run.Workspace;
import fr.moncampus.ecal.simulation.Wire.Ask;
import fr.moncampus.ecal.simulation.Wire.Reply;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.FreeReferences;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Planner;
import fr.moncampus.ecal.sync.Remembered;
import fr.moncampus.ecal.sync.Situation;
import fr.moncampus.ecal.sync.Spellings;
import fr.moncampus.ecal.sync.Transform;
import fr.moncampus.ecal.timetable.Timetable;
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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.client5.http.impl.cookie.BasicClientCookie;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/**
 * The steps of the routes, called one after the other as {@code routes/*.camel.yaml} do, without Camel's machinery and without sockets:
 * fast enough for thousands of seeds. That the routes themselves do the same is seen by running some seeds through them.
 */
final class DirectClient implements Client {
    private static final int RETRIES = 2;
    private static final ObjectMapper JSON = EcalSteps.json();
    private static final CamelContext CONTEXT = new DefaultCamelContext();
    private final Map<String, Person> persons = new HashMap<>();

    /**
     * @param variant null for the program as it is
     * @param targets null for ECAL
     */
    DirectClient(
            List<Configuration> configurations,
            Database database,
            Path locks,
            Clock clock,
            Wire wire,
            UserStep user,
            Variant variant,
            Target.Maker targets) {
        Set<String> owners = configurations.stream().map(Configuration::owner).collect(Collectors.toSet());
        configurations.forEach(each -> persons.put(
                each.name(),
                new Person(
                        each,
                        owners,
                        database,
                        locks,
                        clock,
                        wire,
                        user,
                        variant,
                        targets == null ? null : targets.of(each, database, clock))));
    }

    @Override
    public RunResult sync(String config) {
        return persons.get(config).sync();
    }

    @Override
    public Set<String> inDoubt() {
        return persons.values().stream()
                .flatMap(person -> person.workspace.journal().entries(8).stream())
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
        /** Null for ECAL. */
        private final Target target;

        private final Workspace workspace;
        private final RunSteps runs;
        private final SyncSteps steps;
        private final UserStep user;
        private Run last;
        private final DeadLetters deadLetters;

        Person(
                Configuration configuration,
                Set<String> owners,
                Database database,
                Path locks,
                Clock clock,
                Wire wire,
                UserStep user,
                Variant variant,
                Target target) {
            this.target = target;
            this.user = user;
            this.configuration = configuration;
            this.owners = owners;
            this.clock = clock;
            this.wire = wire;
            this.variant = variant;
            workspace = Workspace.of(configuration, database, database, new HostLimits(), locks, clock);
            runs = new RunSteps(Duration.ZERO, run -> {}, run -> {});
            steps = new SyncSteps(owners);
            deadLetters = workspace.deadLetters();
        }

        RunResult sync() {
            Exchange exchange = new DefaultExchange(CONTEXT);
            exchange.getMessage().setBody(Purpose.SYNC);
            runs.begin(exchange, workspace);
            Run run = exchange.getProperty(Run.PROPERTY, Run.class);
            last = run;
            try {
                try {
                    reconcile(exchange, run);
                } catch (Stopped e) {
                    if (variant != null && !variant.reports()) {
                        return run.result();
                    }
                } catch (Exception e) {
                    deadLetters.entry(run, null, e, null);
                }
                deadLetters.cured(run);
                runs.report(workspace, run);
                return run.result();
            } catch (Mortal.Death e) {
                end();
                throw e;
            }
        }

        /** A process that ends takes its lock with it. */
        private void end() {
            if (last != null) {
                Bent.unlock(last);
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
        private boolean stopsPart(Run run, Write write) {
            try {
                return user.stops(false);
            } catch (UserStep.Broken e) {
                deadLetters.entry(run, write, e, null);
                return true;
            }
        }

        private void usersStep(boolean unread) {
            if (user.stops(unread)) {
                throw new Stopped();
            }
        }

        private void reconcile(Exchange exchange, Run run) throws Exception {
            Window asked = runs.lock(workspace, run);
            usersStep();
            Timetable timetable = timetable(asked);
            usersStep(true);
            steps.transform(workspace, run, timetable);
            usersStep();
            for (Timetable.Unreadable row : timetable.unreadable()) {
                deadLetters.entry(run, null, null, row);
            }
            List<CalendarEvent> calendar = list(exchange);
            usersStep();
            for (Write write :
                    variant == null ? steps.plan(workspace, run, calendar) : bentPlan(run, timetable, calendar)) {
                if (run.isGoingOn() && !stopsPart(run, write)) {
                    change(part(exchange, write), run, write);
                }
            }
            usersStep();
            steps.stopIfFatal(run);
            usersStep();
            if (run.isAnythingSent()) {
                List<CalendarEvent> again = list(exchange);
                usersStep();
                if (variant == null) {
                    steps.verify(workspace, run, again);
                } else {
                    Remembered before = workspace.memory().read(clock.instant());
                    workspace.memory().write(before, Spellings.learn(before, again), clock.instant());
                }
            }
        }

        /** What {@link SyncSteps#plan} does, with a bent plan. */
        private List<Write> bentPlan(Run run, Timetable timetable, List<CalendarEvent> calendar) {
            Instant now = variant.now(run, clock);
            Remembered remembered = workspace.memory().read(now);
            Situation situation = variant.situation(new Situation(
                    configuration.owner(),
                    owners,
                    new Transform(
                                    configuration.events().alert(),
                                    configuration.events().teamsLink())
                            .wanted(timetable.courses()),
                    timetable.unreadable(),
                    calendar,
                    remembered,
                    configuration.rules(),
                    run.window(),
                    run.window(),
                    now,
                    null,
                    Set.of(),
                    Selection.NONE));
            Plan plan = variant.plan(situation, Planner.plan(situation));
            workspace.memory().write(remembered, plan.memory(), now);
            Bent.planned(run, calendar, plan);
            UnaryOperator<String> nextReference = FreeReferences.besides(situation, plan);
            return Stream.of(plan.updates(), plan.creates(), plan.deletes())
                    .flatMap(List::stream)
                    .map(change -> new Write(
                            change.before(),
                            change.after(),
                            variant.looks()
                                    && change.kind() == Change.Kind.CREATE
                                    && workspace.written().knows(change.after().reference()),
                            nextReference))
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

        private void change(Exchange exchange, Run run, Write write) {
            String key = steps.key(write);
            if (!workspace.written().add(exchange, key)) {
                return;
            }
            try {
                steps.sending(run);
                send(exchange, write);
                steps.written(run, write);
            } catch (Exception e) {
                deadLetters.entry(run, write, e, null);
                workspace.written().remove(exchange, key);
                return;
            }
            workspace.written().confirm(exchange, key);
        }

        private void send(Exchange exchange, Write write) throws Exception {
            if (target != null) {
                target.write(write);
                return;
            }
            for (int attempt = 0; ; attempt++) {
                try {
                    while (write.isOpen()) {
                        if (write.isLookupNeeded()) {
                            write.found(variant == null || variant.looks() ? readOn(exchange) : List.of());
                        }
                        if (write.isRequestNeeded()) {
                            EcalClient.Request request = workspace.ecal().send(write);
                            Ask ask = ask(request);
                            Reply reply = variant == null ? wire.ask(ask) : variant.write(ask, wire);
                            workspace.ecal().answered(write, answer(reply));
                        }
                    }
                    return;
                } catch (CalendarUnavailableException | IOException e) {
                    if (attempt == RETRIES) {
                        throw e;
                    }
                }
            }
        }

        private List<CalendarEvent> list(Exchange exchange) throws Exception {
            if (target != null) {
                return target.list(wire);
            }
            for (int attempt = 0; ; attempt++) {
                try {
                    return readOn(exchange);
                } catch (CalendarUnavailableException | IOException e) {
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
                Ask ask = ask(workspace.ecal().page(listing));
                Reply reply = variant == null ? wire.ask(ask) : variant.listed(ask, wire);
                workspace.ecal().read(listing, answer(reply));
            }
            return listing.events();
        }

        private static Answer answer(Reply reply) {
            return Answer.of(reply.status(), reply.body(), reply.header("Retry-After"));
        }

        private Ask ask(EcalClient.Request request) throws IOException {
            return new Ask(
                    request.method(),
                    URI.create(configuration.calendar().ecal()
                            + request.path()
                            + (request.query() == null ? "" : "?" + request.query())),
                    "",
                    request.event() == null ? new byte[0] : JSON.writeValueAsBytes(request.event()));
        }

        private Timetable timetable(Window window) {
            PortalSession session = workspace.portal().openSession(window, RETRIES, 0);
            while (session.isGoing()) {
                try {
                    Reply reply = portalReply(session.getRequest());
                    reply = variant == null ? reply : variant.timetable(reply);
                    session.received(response(reply));
                    session.answered(reply.status(), reply.header("Content-Type"));
                } catch (Exception e) {
                    session.failed(e);
                }
            }
            return session.getTimetable();
        }

        private static ClassicHttpResponse response(Reply reply) {
            ClassicHttpResponse response = new BasicClassicHttpResponse(reply.status());
            if (reply.header("Location") != null) {
                response.setHeader("Location", reply.header("Location"));
            }
            response.setEntity(new ByteArrayEntity(reply.body(), null));
            return response;
        }

        private Reply portalReply(Request request) throws IOException {
            CookieStore jar = workspace.portal().jar();
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
