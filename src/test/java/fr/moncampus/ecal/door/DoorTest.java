package fr.moncampus.ecal.door;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.door.Request.Answer;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest {
    private static final String RIGHT = "mot de passe à moi";
    private static final DoorSettings LOOPBACK = new DoorSettings("127.0.0.1", 0, null, Set.of("pi.local"));
    /** As in a home network; the test listens on loopback all the same. */
    private static final DoorSettings OPEN = new DoorSettings("0.0.0.0", 0, null, Set.of("pi.local", "cours.example"));

    @TempDir
    private Path data;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger served = new AtomicInteger();
    private Vertx vertx;
    private int port;

    @BeforeEach
    void prepare() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void open(DoorSettings settings) throws Exception {
        Router router = Router.router(vertx);
        new Door(settings, PasswordFile.in(data), new Files(Map.of("/door.css", "/door/door.css")), nanos::get)
                .guard(router);
        router.route().handler(context -> {
            served.incrementAndGet();
            context.response().end("the route");
        });
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .actualPort();
    }

    private void openWithPassword(DoorSettings settings) throws Exception {
        PasswordFile.in(data).write(PasswordFile.line(RIGHT));
        open(settings);
    }

    private Answer login(String password) {
        return Request.post("/login?next=%2Fa", "password=" + password.replace(" ", "+"))
                .to(port);
    }

    @Test
    void onLoopbackNoPasswordIsAskedFor() throws Exception {
        open(LOOPBACK);

        assertThat(Request.get("/a").to(port).body()).isEqualTo("the route");
        assertThat(Request.post("/a", "").to(port).body()).isEqualTo("the route");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/door.css", "/login"})
    void everyAnswerForbidsWhatThePageDoesNotNeed(String path) throws Exception {
        openWithPassword(LOOPBACK);

        for (String host : List.of("127.0.0.1", "evil.example")) {
            Answer answer = Request.get(path).with("Host", host).to(port);
            assertThat(answer.header("Content-Security-Policy"))
                    .startsWith("default-src 'none'")
                    .contains("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Cache-Control")).containsPattern("no-store|private");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8046,       true,  true",
        "localhost:8046,       true,  true",
        "LocalHost.,           true,  true",
        "[::1]:8046,           true,  true",
        "pi.local:8046,        true,  true",
        "192.168.1.20:8046,    false, true",
        "[fd00::1]:8046,       false, true",
        "evil.example:8046,    false, false",
        "127.0.0.1.nip.io,     false, false",
        "localhost.evil.example, false, false",
        "pi.local.evil.example, false, false",
        "'',                   false, false"
    })
    void aNameThatIsNotOnTheListFindsNothing(String host, boolean onLoopback, boolean elsewhere) throws Exception {
        openWithPassword(LOOPBACK);
        assertThat(Request.get("/login").with("Host", host).to(port).status()).isEqualTo(onLoopback ? 200 : 421);
        open(OPEN);
        assertThat(Request.get("/login").with("Host", host).to(port).status()).isEqualTo(elsewhere ? 200 : 421);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1,        ,             true",
        "https://127.0.0.1,       same-origin,  true",
        "http://127.0.0.1,        same-site,    false",
        "http://127.0.0.1,        cross-site,   false",
        "http://127.0.0.1,        none,         false",
        "http://127.0.0.1:8047,   ,             false",
        "http://evil.example,     ,             false",
        "http://127.0.0.1.evil.example, ,       false",
        "null,                    same-origin,  false",
        ",                        same-origin,  false"
    })
    void onlyThePageItselfMayChangeAnything(String origin, String site, boolean passes) throws Exception {
        open(LOOPBACK);

        Answer answer = Request.post("/a", "x=1")
                .with("Origin", origin)
                .with("Sec-Fetch-Site", site)
                .to(port);

        assertThat(answer.status()).isEqualTo(passes ? 200 : 403);
        assertThat(served).hasValue(passes ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "QUERY"})
    void otherMethodsReachNoRoute(String method) throws Exception {
        open(LOOPBACK);

        assertThat(Request.of(method, "/a").to(port).status()).isEqualTo(405);
        assertThat(served).hasValue(0);
    }

    @Test
    void elsewhereNothingIsShownOnceThePasswordIsGone() throws Exception {
        open(OPEN);

        assertThat(Request.get("/a").to(port).status()).isEqualTo(403);
        // an address of the machine through a proxy that listens elsewhere
        open(LOOPBACK);
        assertThat(Request.get("/a").with("Host", "pi.local").to(port).body()).contains("page-password");
        assertThat(served).hasValue(0);
    }

    @Test
    void aContainerThatIsPublishedOnLoopbackNeedsNoPassword() throws Exception {
        open(new DoorSettings("0.0.0.0", 0, "127.0.0.1", Set.of()));

        assertThat(Request.get("/a").to(port).status()).isEqualTo(200);
        assertThat(Request.get("/a").with("Host", "192.168.1.20").to(port).status())
                .isEqualTo(421);
    }

    @Test
    void whoIsNotLoggedInIsSentToTheLoginAndBack() throws Exception {
        openWithPassword(OPEN);

        Answer sent = Request.get("/a?b=c").asBrowser().to(port);
        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.header("Location")).isEqualTo("/login?next=%2Fa%3Fb%3Dc");
        assertThat(Request.get("/a.json").to(port).status()).isEqualTo(401);
        assertThat(Request.post("/a", "").asBrowser().to(port).status()).isEqualTo(401);
        assertThat(served).hasValue(0);

        Answer in = login(RIGHT);
        assertThat(in.status()).isEqualTo(303);
        assertThat(in.header("Location")).isEqualTo("/a");
        assertThat(in.header("Set-Cookie"))
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict")
                .doesNotContain("Secure");
        assertThat(Request.get("/a").with("Cookie", in.cookie()).to(port).body())
                .isEqualTo("the route");
    }

    @Test
    void aPasswordIsAskedForOnLoopbackAsWellOnceThereIsOne() throws Exception {
        openWithPassword(LOOPBACK);

        assertThat(Request.get("/a").to(port).status()).isEqualTo(401);
    }

    @Test
    void behindAProxyThatSpeaksHttpsTheCookieIsForHttpsOnly() throws Exception {
        openWithPassword(OPEN);

        Answer in = Request.post("/login", "password=" + RIGHT)
                .with("Host", "cours.example")
                .with("Origin", "https://cours.example")
                .with("Sec-Fetch-Site", "same-origin")
                .to(port);

        assertThat(in.status()).isEqualTo(303);
        assertThat(in.header("Set-Cookie")).contains("Secure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "password=", "password=Mot+de+passe+%C3%A0+moi", "other=1", "password=%00", "%"})
    void aWrongPasswordOpensNothing(String form) throws Exception {
        openWithPassword(OPEN);

        Answer answer = Request.post("/login", form).to(port);

        assertThat(answer.status()).isIn(403, 400);
        assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void aPasswordCountsHoweverItsAccentsAreTyped() throws Exception {
        openWithPassword(OPEN);

        assertThat(login(RIGHT.replace("à", "a\u0300")).status()).isEqualTo(303);
    }

    @Test
    void oneTryAtATime() throws Exception {
        openWithPassword(OPEN);

        // a thread each: the pool that is everybody's has a single one on two processors
        ExecutorService browsers = Executors.newFixedThreadPool(6);
        List<Integer> statuses = IntStream.range(0, 6)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> login("essai " + number), browsers))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .map(Answer::status)
                .toList();
        browsers.shutdown();

        assertThat(statuses).contains(403, 429).containsOnly(403, 429);
        assertThat(login(RIGHT).status()).isEqualTo(303);
    }

    @Test
    void aSessionEndsWithTheLogoutTheMonthAndThePassword() throws Exception {
        openWithPassword(OPEN);
        String one = login(RIGHT).cookie();
        String other = login(RIGHT).cookie();
        assertThat(Request.post("/logout", "").with("Cookie", one).to(port).header("Location"))
                .isEqualTo("/login");
        assertThat(status(one)).isEqualTo(401);
        assertThat(status(other)).isEqualTo(200);

        nanos.addAndGet(Sessions.IDLE.minus(Duration.ofDays(1)).toNanos());
        assertThat(status(other)).isEqualTo(200);
        nanos.addAndGet(Sessions.IDLE.minus(Duration.ofDays(1)).toNanos());
        assertThat(status(other)).isEqualTo(200);
        nanos.addAndGet(Sessions.IDLE.plus(Duration.ofDays(1)).toNanos());
        assertThat(status(other)).isEqualTo(401);

        String third = login(RIGHT).cookie();
        PasswordFile.in(data).write(PasswordFile.line(RIGHT));
        assertThat(status(third)).isEqualTo(401);
    }

    private int status(String cookie) {
        return Request.get("/a").with("Cookie", cookie).to(port).status();
    }

    @Test
    void aCookieOfAnotherPortIsAnotherPages() throws Exception {
        openWithPassword(OPEN);

        String cookie = Request.post("/login", "password=" + RIGHT)
                .with("Host", "127.0.0.1:8047")
                .with("Origin", "http://127.0.0.1:8047")
                .to(port)
                .cookie();

        assertThat(cookie).startsWith("moncampus-ecal-8047=");
        assertThat(Request.get("/a")
                        .with("Host", "127.0.0.1:8046")
                        .with("Cookie", cookie)
                        .to(port)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void theFilesOfTheListAreAnybodysAndNoOtherIsFound() throws Exception {
        openWithPassword(OPEN);

        assertThat(Request.get("/door.css").to(port).header("Content-Type")).startsWith("text/css");
        for (String path : List.of("/door/door.css", "/%2e%2e/pom.xml", "/pom.xml", "/door.css/x")) {
            assertThat(Request.get(path).to(port).status()).isEqualTo(401);
        }
    }

    @Test
    void anEndlessFormIsCutOff() throws Exception {
        openWithPassword(OPEN);

        assertThat(Request.post("/login", "password=" + "x".repeat(10_000))
                        .to(port)
                        .status())
                .isEqualTo(413);
    }
}
