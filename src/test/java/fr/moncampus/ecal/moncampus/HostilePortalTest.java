package fr.moncampus.ecal.moncampus;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.config.Secret;
import fr.moncampus.ecal.config.Window;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.hc.client5.http.cookie.BasicCookieStore;

/** Whatever a portal answers, and in whatever order: a session ends, says why, and gives the password to nobody else. */
class HostilePortalTest {
    private static final String PASSWORD = "s3cret-Passw0rd";
    private static final List<String> LOCATIONS = List.of(
            "https://cas.example/cas/login?service=x",
            "https://edt.example/signin-cas?state=x&ticket=ST-1",
            "https://edt.example/Home/Get?a=b",
            "/cas/login",
            "https://evil.example/",
            "//evil.example/cas/login",
            "https://cas.example@evil.example/",
            "http://cas.example/cas/login",
            "javascript:alert(1)",
            "https://cas.example/cas/login?exception.message=Error",
            "",
            "#",
            "?",
            "https://[::1",
            "\\\\evil.example\\x",
            "data:text/html,x",
            "https://cas.example:444/cas/login",
            "{{moncampus_password}}",
            "${sys:user.home}",
            "%00",
            "https://edt.example/%2e%2e/Home/Get",
            "file:///etc/passwd");
    private static final List<String> PAGES = List.of(
            StubPortal.FORM.formatted(""),
            StubPortal.FORM.formatted("<div id=loginErrorsPanel><p>Your account is not recognized</p></div>"),
            "<html><head><title>Runtime Error</title></head><body><h1>Server Error in '/' Application.</h1></body></html>",
            "<base href='https://evil.example/'><form id=fm1 method=post action=login><input name=username><input name=password type=password></form>",
            "<form id=fm1 action='https://evil.example/'><input name=password><input name=execution value='${body}{{x}}'></form>",
            "{\"Data\":[],\"Total\":0,\"Errors\":null}",
            "{\"Data\":[{\"NoCours\":1}],\"Total\":1,\"Errors\":null}",
            "[[[[",
            "",
            "\u0000\u001b[2J",
            "<".repeat(5000),
            "<div>".repeat(20_000),
            "<form><form><input name=password form=fm1><table><form id=fm1>");
    private static final List<String> TYPES = List.of(
            "text/html;charset=UTF-8",
            "application/json",
            "text/html;charset=x-none",
            "text/plain",
            "",
            "application/json;;;",
            "text/html; charset=\"\u0000\"");

    record Reply(int status, String location, String type, String body) {}

    @Property(tries = 200)
    void aVisitEndsAndThePasswordGoesToTheCasOnceAtMost(
            @ForAll("replies") @Size(min = 1, max = 6) List<Reply> replies) {
        Sites sites = new Sites(URI.create("https://edt.example"), URI.create("https://cas.example/cas/login"));
        Login login = new Login(
                "prenom.nom", new Secret(PASSWORD), sites.login(), new MapMemory(), Clock.systemUTC(), () -> 0);
        PortalSession session = new PortalSession(
                sites,
                TimetableQuery.of(sites.timetable(), new Window(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 6, 30))),
                login,
                new BasicCookieStore(),
                new Backoff(3, 0),
                new LongAdder());
        int asked = 0;
        int posts = 0;
        PortalException end = null;
        while (end == null && session.isGoing()) {
            Request request = session.getRequest();
            String origin =
                    request.address().getScheme() + "://" + request.address().getRawAuthority();
            assertThat(origin).isIn("https://edt.example", "https://cas.example");
            if (request.form() != null) {
                posts++;
                assertThat(origin).isEqualTo("https://cas.example");
            }
            assertThat(request.address().toString()).doesNotContain(PASSWORD);
            assertThat(++asked).as("requests").isLessThan(100);
            end = answer(session, replies.get(asked % replies.size()));
        }
        assertThat(posts).isLessThanOrEqualTo(1);
        if (end != null) {
            assertThat(end.getMessage()).isNotBlank().doesNotContain(PASSWORD).doesNotContainPattern("\\p{Cntrl}");
        }
    }

    /** As the route does: what fails is told to the session, which goes on or gives up. */
    private static PortalException answer(PortalSession session, Reply reply) {
        try {
            session.answered(new Answer(
                    reply.status(),
                    reply.location(),
                    reply.type(),
                    new ByteArrayInputStream(reply.body().getBytes(StandardCharsets.UTF_8))));
            return null;
        } catch (PortalException trouble) {
            try {
                session.failed(trouble);
                return null;
            } catch (PortalException given) {
                return given;
            }
        }
    }

    @Provide
    Arbitrary<List<Reply>> replies() {
        Arbitrary<Integer> statuses = Arbitraries.of(
                200, 200, 200, 302, 302, 303, 307, 308, 301, 401, 403, 404, 418, 500, 503, 204, 100, 999);
        Arbitrary<String> bodies =
                Combinators.combine(Arbitraries.of(PAGES), Arbitraries.longs()).as(HostilePortalTest::mutated);
        return Combinators.combine(
                        statuses,
                        Arbitraries.of(LOCATIONS).injectNull(0.1),
                        Arbitraries.of(TYPES).injectNull(0.1),
                        bodies)
                .as(Reply::new)
                .list();
    }

    /** A real page, half of the time cut, doubled or with pieces of others in it. */
    private static String mutated(String page, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(page);
        for (int i = random.nextInt(6); i > 3 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setLength(at);
                case 1 -> text.insert(at, LOCATIONS.get(random.nextInt(LOCATIONS.size())));
                case 2 -> text.setCharAt(at, (char) random.nextInt(0x10000));
                default -> text.insert(at, PAGES.get(random.nextInt(4)));
            }
        }
        return text.toString();
    }
}
