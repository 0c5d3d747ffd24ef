package fr.moncampus.ecal.moncampus;

import static fr.moncampus.ecal.moncampus.StubPortal.FORM;
import static fr.moncampus.ecal.moncampus.StubPortal.JSON;
import static fr.moncampus.ecal.moncampus.StubPortal.redirect;
import static fr.moncampus.ecal.moncampus.StubPortal.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.moncampus.ecal.Contexts;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.http.Connections;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.http.Transport;
import fr.moncampus.ecal.moncampus.PortalException.Kind;
import fr.moncampus.ecal.timetable.Course;
import fr.moncampus.ecal.timetable.Timetable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CliConnector;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The route as it is shipped, against a portal of a few lines. */
@Timeout(60)
class MoncampusRouteTest {
    private static final Window WINDOW = new Window(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 6, 30));
    private static final String TIMETABLE = """
            {"Data":[{"NoCours":7,"Commentaire":"${body} {{secret}} #{1}","Start":"2026-09-07T11:00:00+02:00","End":"2026-09-07T14:00:00+02:00"}],
             "Total":1,"AggregateResults":null,"Errors":null}""";

    private final LoginMemory memory = new MapMemory();
    private DefaultCamelContext camel;
    private StubPortal school;
    private Portal portal;

    @BeforeEach
    void anOrdinarySchool() {
        school = StubPortal.school(TIMETABLE);
    }

    @AfterEach
    void stop() {
        if (camel != null) {
            camel.stop();
        }
        school.close();
    }

    @Test
    void logsInOnceAndReadsTheTimetable() throws Exception {
        start("juste");
        Timetable timetable = read();

        assertThat(timetable.courses()).extracting(Course::key).containsExactly("7");
        assertThat(school.asked)
                .extracting(a -> a.method() + " " + a.path())
                .containsExactly(
                        "GET /Home/Get", "GET /cas/login", "POST /cas/login", "GET /signin-cas", "GET /Home/Get");
        assertThat(school.asked.get(0).query()).isEqualTo(StubPortal.WINDOW_QUERY);
        assertThat(school.asked.get(2).query()).isEqualTo("service=%2Fsignin-cas%3Fstate%3Dx");
        assertThat(school.asked.get(2).body())
                .isEqualTo(
                        "execution=e1s1%2B%2F%3D%26%C3%A9&_eventId=submit&geolocation=&username=prenom.nom&password=juste");
        assertThat(school.asked).extracting(StubPortal.Asked::agent).containsOnly("moncampus-ecal");
        assertThat(portal.requests()).isEqualTo(5);
    }

    @Test
    void aLiveSessionNeedsOneRequest() throws Exception {
        start("juste");
        read();
        long before = portal.requests();
        read();
        assertThat(portal.requests() - before).isEqualTo(1);
    }

    @Test
    void anExpiredSessionIsRenewedWithoutTheForm() throws Exception {
        start("juste");
        read();
        expire("SESSION");
        assertThat(read().courses()).hasSize(1);
        assertThat(school.posts()).isEqualTo(1);
    }

    @Test
    void textOfThePortalIsNeverEvaluated() throws Exception {
        start("juste");
        assertThat(read().courses().get(0).name()).isEqualTo("${body} {{secret}} #{1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/elsewhere?a={{secret}}&b=${body}",
                "/{{secret}}/${exchangeId}",
                "/RAW(x)?y=RAW({{secret}})",
                "?{{secret}}"
            })
    void placeholdersInARedirectAreSentAsTheyAre(String location) throws Exception {
        StubPortal.Behaviour works = (asked, exchange) -> reply(exchange, 200, JSON, TIMETABLE);
        school.behave((asked, exchange) -> {
            school.behave(works);
            redirect(exchange, 302, location);
        });
        start("juste");
        read();
        String sent = school.asked.get(1).path() + "?" + school.asked.get(1).query();
        assertThat(sent).doesNotContain("OPEN-SESAME").contains("%7B");
    }

    @Test
    void aWrongPasswordIsSentOnceAndNotAgainInTheNextRun() throws Exception {
        start("faux");
        assertThat(failure().kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure().kind()).isEqualTo(Kind.BLOCKED);
        assertThat(school.posts()).isEqualTo(1);
    }

    @Test
    void theCallersDeadLetterChannelSeesEveryFailure() throws Exception {
        start("faux");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(
                        deadLetterChannel("direct:dead").maximumRedeliveries(0).log("off"));
                from("direct:caller").to("direct:moncampus").setBody(constant("went on"));
                from("direct:dead")
                        .errorHandler(noErrorHandler())
                        .setBody(simple("dead: ${exception.class.simpleName}"));
            }
        });
        assertThat(camel.createProducerTemplate()
                        .send("direct:caller", this::ask)
                        .getMessage()
                        .getBody())
                .isEqualTo("dead: PortalException");
        school.behave((asked, exchange) -> reply(exchange, 503, "text/html", "down"));
        assertThat(camel.createProducerTemplate()
                        .send("direct:caller", this::ask)
                        .getMessage()
                        .getBody())
                .isEqualTo("dead: PortalUnavailableException");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectTakesThePasswordElsewhere(int status) throws Exception {
        try (StubPortal foreign = new StubPortal((asked, exchange) -> reply(exchange, 200, JSON, TIMETABLE))) {
            school.behave((asked, exchange) -> {
                if (asked.method().equals("POST")) {
                    redirect(exchange, status, foreign.origin() + "/cas/login");
                } else if (asked.path().equals("/cas/login")) {
                    reply(exchange, 200, "text/html", FORM.formatted(""));
                } else {
                    redirect(exchange, 302, "/cas/login");
                }
            });
            start("juste");
            assertThat(failure().kind()).isEqualTo(Kind.UNSAFE);
            assertThat(foreign.asked).isEmpty();
            assertThat(school.posts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void aRedirectOfThePostIsFollowedAsAGetWithoutABody(int status) throws Exception {
        school.behave((asked, exchange) -> {
            if (asked.path().equals("/cas/login") && asked.method().equals("POST")) {
                redirect(exchange, status, "/other?ticket=ST-9");
            } else if (asked.path().equals("/cas/login")) {
                reply(exchange, 200, "text/html", FORM.formatted(""));
            } else if (asked.path().equals("/other")) {
                school.behave((again, ok) -> reply(ok, 200, JSON, TIMETABLE));
                redirect(exchange, 302, "/Home/Get?" + StubPortal.WINDOW_QUERY);
            } else {
                redirect(exchange, 302, "/cas/login");
            }
        });
        start("juste");
        read();
        assertThat(school.asked)
                .filteredOn(a -> a.path().equals("/other"))
                .singleElement()
                .satisfies(a -> assertThat(a.method() + a.body()).isEqualTo("GET"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/cas/login",
                "//evil.example/login",
                "/other/login",
                "../login",
                "/cas/%2e%2e/x",
                "javascript:alert(1)"
            })
    void aFormThatLeadsElsewhereGetsNoPassword(String action) throws Exception {
        school.behave((asked, exchange) -> {
            if (asked.path().equals("/cas/login")) {
                reply(
                        exchange,
                        200,
                        "text/html",
                        FORM.formatted("").replace("action=\"login\"", "action=\"" + action + "\""));
            } else {
                redirect(exchange, 302, "/cas/login");
            }
        });
        start("juste");
        assertThat(failure().kind()).isEqualTo(Kind.UNSAFE);
        assertThat(school.posts()).isZero();
    }

    @Test
    void endlessRedirectsEnd() throws Exception {
        school.behave((asked, exchange) -> redirect(exchange, 302, "/Home/Get?n=" + school.asked.size()));
        start("juste", 0);
        assertThat(failure()).isInstanceOf(PortalUnavailableException.class).hasMessageContaining("sans fin");
        assertThat(school.asked).hasSize(16);
    }

    @Test
    void aCutLineIsAskedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        school.behave((request, exchange) -> {
            if (asked.incrementAndGet() < 3) {
                exchange.sendResponseHeaders(200, 500);
                exchange.getResponseBody().write("{\"Data\":[".getBytes());
                exchange.getResponseBody().flush();
                exchange.close();
            } else {
                reply(exchange, 200, JSON, TIMETABLE);
            }
        });
        start("juste");
        assertThat(read().courses()).hasSize(1);
        assertThat(asked).hasValue(3);
    }

    @Test
    void aPortalInTroubleIsAskedAgainAsOftenAsConfigured() throws Exception {
        school.behave((asked, exchange) -> reply(exchange, 503, "text/html", "down"));
        start("juste", 2);
        assertThat(failure()).isInstanceOf(PortalUnavailableException.class).hasMessageContaining("503");
        assertThat(school.asked).hasSize(3);
    }

    @Test
    void aCutLineDuringTheLoginIsNotRepeated() throws Exception {
        school.behave((asked, exchange) -> {
            if (asked.method().equals("POST")) {
                exchange.close();
            } else if (asked.path().equals("/cas/login")) {
                reply(exchange, 200, "text/html", FORM.formatted(""));
            } else {
                redirect(exchange, 302, "/cas/login");
            }
        });
        start("juste");
        for (int run = 1; run <= 3; run++) {
            assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(school.posts()).isEqualTo(run);
        }
        assertThat(failure().kind()).isEqualTo(Kind.BLOCKED);
        assertThat(school.posts()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Data\":[],\"Total\":2,\"Errors\":null}",
                "{\"Data\":[",
                "{\"Data\":[],\"Total\":0,\"Errors\":\"x\"}"
            })
    void anIncompleteAnswerIsAskedAgain(String json) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        school.behave(
                (request, exchange) -> reply(exchange, 200, JSON, asked.incrementAndGet() == 1 ? json : TIMETABLE));
        start("juste");
        assertThat(read().courses()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 500, 200})
    void aStaleSessionIsThrownAwayOnce(int status) throws Exception {
        start("juste");
        read();
        StubPortal.Behaviour ordinary = StubPortal.ordinary(TIMETABLE);
        school.behave((asked, exchange) -> {
            if (asked.path().equals("/Home/Get") && asked.cookies().contains("SESSION=alive") && school.posts() == 1) {
                reply(exchange, status, "text/html", "<title>Accueil</title>");
            } else {
                ordinary.answer(asked, exchange);
            }
        });
        assertThat(read().courses()).hasSize(1);
        assertThat(school.posts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEndlessAnswerIsCut(boolean big) throws Exception {
        school.behave((asked, exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", JSON);
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[big ? 100_000 : 1];
            try {
                while (true) {
                    exchange.getResponseBody().write(chunk);
                    exchange.getResponseBody().flush();
                    Thread.onSpinWait();
                }
            } catch (IOException cut) {
                // as it should be
            }
        });
        start("juste", 0, big ? new Transport() : new Transport(Integer.MAX_VALUE - 9, Duration.ofMillis(300)));
        assertThat(failure()).hasMessageContaining(big ? "20 Mo" : "fini de répondre");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "refused", "foreign"})
    void aFailureLeavesNeitherPasswordNorTicketInTheExchange(String how) throws Exception {
        school.behave((asked, exchange) -> {
            if (asked.method().equals("POST") && how.equals("cut")) {
                exchange.close();
            } else if (asked.method().equals("POST") && how.equals("foreign")) {
                redirect(exchange, 307, "http://other.example/?ticket=ST-secret", "TGC=cookie-secret");
            } else if (asked.path().equals("/cas/login")) {
                reply(exchange, asked.method().equals("POST") ? 401 : 200, "text/html", FORM.formatted(""));
            } else {
                redirect(exchange, 302, "/cas/login?service=ST-secret");
            }
        });
        start("hidden-password");
        Exchange failed = camel.createProducerTemplate().send("direct:moncampus", this::ask);
        String all = failed.getException() + " " + failed.getMessage().getBody(String.class)
                + failed.getMessage().getHeaders() + failed.getAllProperties();
        assertThat(school.posts()).isEqualTo(1);
        assertThat(all).doesNotContain("hidden-password", "ST-secret", "cookie-secret", "execution");
    }

    @Test
    void theLoginPageMayStandOnAnotherOrigin() throws Exception {
        try (StubPortal cas = new StubPortal((asked, exchange) -> {
            if (asked.method().equals("GET")) {
                reply(exchange, 200, "text/html", FORM.formatted(""));
            } else {
                redirect(
                        exchange,
                        302,
                        school.origin() + "/signin-cas?state=x&ticket=ST-1",
                        "TGC=granted; path=/cas; Secure");
            }
        })) {
            StubPortal.Behaviour ordinary = StubPortal.ordinary(TIMETABLE);
            school.behave((asked, exchange) -> {
                if (asked.path().equals("/Home/Get") && !asked.cookies().contains("SESSION")) {
                    redirect(exchange, 302, cas.origin() + "/cas/login?service=x", "CORRELATION=c; path=/signin-cas");
                } else {
                    ordinary.answer(asked, exchange);
                }
            });
            start("juste", 0, new Transport(), cas);
            assertThat(read().courses()).hasSize(1);
            assertThat(cas.asked).extracting(StubPortal.Asked::method).containsExactly("GET", "POST");
            assertThat(school.posts()).isZero();
        }
    }

    @Test
    void noFailureTellsAnAddressWithItsQuery() throws Exception {
        school.behave((asked, exchange) -> redirect(exchange, 302, "http://other.example/x?ticket=ST-secret"));
        start("juste");
        assertThat(failure())
                .hasMessageContaining("other.example")
                .hasMessageNotContaining("ST-secret")
                .hasNoCause();
    }

    private Timetable read() {
        Exchange read = camel.createProducerTemplate().send("direct:moncampus", this::ask);
        if (read.getException() != null) {
            throw new CamelExecutionException("", read, read.getException());
        }
        return read.getMessage().getBody(Timetable.class);
    }

    private PortalException failure() {
        return (PortalException)
                catchThrowableOfType(CamelExecutionException.class, this::read).getCause();
    }

    private void ask(Exchange exchange) {
        exchange.setProperty(Portal.PROPERTY, portal);
        exchange.getMessage().setBody(WINDOW);
    }

    private void expire(String cookie) {
        CookieStore jar = portal.jar();
        var others = jar.getCookies().stream()
                .filter(c -> !c.getName().equals(cookie))
                .toList();
        jar.clear();
        others.forEach(jar::addCookie);
    }

    private void start(String password) throws Exception {
        start(password, 3);
    }

    private void start(String password, int retries) throws Exception {
        start(password, retries, new Transport());
    }

    private void start(String password, int retries, Transport transport) throws Exception {
        start(password, retries, transport, school);
    }

    private void start(String password, int retries, Transport transport, StubPortal cas) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("retry.attempts", String.valueOf(retries));
        properties.setProperty("retry.delay", "1");
        properties.setProperty("secret", "OPEN-SESAME");
        camel = Contexts.withoutCommandLine();
        camel.getPropertiesComponent().setInitialProperties(properties);
        portal = new Portal(
                Examples.configuration(school.at(""), cas.at("/cas/login"), password),
                memory,
                Clock.systemUTC(),
                new HostLimits());
        camel.getRegistry().bind("moncampus", new PortalSteps());
        camel.getRegistry()
                .bind("moncampus-http", PortalSteps.http(transport.client(Connections.pool()), new HostLimits()));
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(camel, "file:" + Path.of("routes/moncampus.camel.yaml")));
        TemplatedRouteBuilder route = TemplatedRouteBuilder.builder(camel, "moncampus");
        List.of("username", "password", "start_date", "end_date")
                .forEach(key -> route.parameter("moncampus_" + key, key));
        route.add();
        camel.start();
        assertThat(camel.hasService(CliConnector.class)).isNull();
    }
}
