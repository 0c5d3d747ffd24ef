package fr.moncampus.ecal.feed;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.door.Port;
import fr.moncampus.ecal.door.ServerThreads;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.FeedTable;
import fr.moncampus.ecal.memory.FeedTokens;
import fr.moncampus.ecal.memory.MemoryPlace;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of the feeds. It reads the memory through a connection of its own, so that a phone never delays a run. Whatever keeps it from being
 * opened costs the feeds, one line of the log, and nothing else.
 */
public final class FeedServer extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private static final Pattern PATH = Pattern.compile("/([0-9a-f]{32})\\.ics");
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int IDLE_SECONDS = 30;
    private static final int PATIENCE_SECONDS = 10;
    /** Google asks whether it may, and takes a refusal to the letter; search engines are told by a header. */
    private static final String ROBOTS = "User-agent: *\nDisallow:\n";

    private final FeedSettings settings;
    private final Map<String, Configuration> configurations;
    private final MemoryPlace place;
    private final Clock clock;
    private Database database;
    private FeedTokens tokens;
    private Vertx vertx;
    private HttpServer server;

    /** What is answered; of a body there are a type and an ETag. */
    private record Answer(int status, String type, String etag, byte[] body) {
        static Answer text(int status, String text) {
            return new Answer(status, "text/plain; charset=utf-8", null, text.getBytes(StandardCharsets.UTF_8));
        }

        /** With no hint of what there is. */
        static Answer none(int status) {
            return text(status, status + "\n");
        }
    }

    /** @param configurations all that run in this process */
    public FeedServer(FeedSettings settings, List<Configuration> configurations, MemoryPlace place, Clock clock) {
        this.settings = settings;
        this.configurations = configurations.stream()
                .filter(configuration -> configuration.target().equals(FeedCalendar.NAME))
                .collect(Collectors.toMap(Configuration::name, Function.identity()));
        this.place = place;
        this.clock = clock;
    }

    /** Once the context runs, with which it ends. Only if there is a feed. */
    public void begin(CamelContext context) throws Exception {
        if (settings.port() == null || configurations.isEmpty()) {
            return;
        }
        database = Database.open(place);
        tokens = new FeedTokens(database);
        vertx = ServerThreads.prepare(context);
        context.addService(this);
        try {
            Port.tryOut(settings.host(), settings.port());
            HttpServer opening = vertx.createHttpServer(new HttpServerOptions()
                            .setHost(settings.host())
                            .setPort(settings.port())
                            .setIdleTimeout(IDLE_SECONDS))
                    .requestHandler(this::handle);
            opening.listen().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            server = opening;
            LOG.info("flux : port {}, adresses par « ./manage.sh feed-address »", server.actualPort());
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.warn(
                    "{}. Les synchronisations continuent, sans les flux.",
                    Port.trouble("des flux", "FEED", settings.host(), settings.port(), e));
        }
    }

    /** The port that is open; 0 for none. */
    public int port() {
        return server == null ? 0 : server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        // a search engine that finds an address keeps it to itself, and nobody on the way keeps what it gave
        response.putHeader("X-Robots-Tag", "noindex, nofollow").putHeader("Cache-Control", "private, no-cache");
        response.putHeader("X-Content-Type-Options", "nosniff");
        if (!READING.contains(request.method())) {
            response.putHeader("Allow", "GET, HEAD");
            answer(request, Answer.none(405));
            return;
        }
        if ("/robots.txt".equals(request.path())) {
            answer(request, Answer.text(200, ROBOTS));
            return;
        }
        Matcher path = PATH.matcher(String.valueOf(request.path()));
        if (!path.matches()) {
            answer(request, Answer.none(404));
            return;
        }
        vertx.executeBlocking(() -> feed(path.group(1)), false)
                .onComplete(result -> answer(request, result.succeeded() ? result.result() : broken(result.cause())));
    }

    private Answer feed(String token) {
        Configuration configuration = configurations.get(String.valueOf(tokens.configOf(token)));
        if (configuration == null) {
            return Answer.none(404);
        }
        byte[] calendar =
                CalendarFile.of(configuration.label(), new FeedTable(database, configuration.name(), clock).rows());
        return new Answer(200, CalendarFile.TYPE, etag(calendar), calendar);
    }

    /** A phone that gets 503 keeps what it has. The address is not told to the log. */
    private static Answer broken(Throwable cause) {
        LOG.warn("un flux n'a pas pu être lu : {}", cause.getMessage());
        return Answer.none(503);
    }

    private static void answer(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        if (answer.etag() != null) {
            response.putHeader("ETag", answer.etag());
            if (isKnown(request.getHeader("If-None-Match"), answer.etag())) {
                response.setStatusCode(304).end();
                return;
            }
        }
        response.setStatusCode(answer.status())
                .putHeader("Content-Type", answer.type())
                .putHeader("Content-Length", String.valueOf(answer.body().length));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(Buffer.buffer(answer.body()));
        }
    }

    /** A proxy on the way may have made a weak one of it. */
    private static boolean isKnown(String asked, String etag) {
        return asked != null
                && Arrays.stream(asked.split(","))
                        .map(each -> each.strip().replaceFirst("^W/", ""))
                        .anyMatch(each -> each.equals(etag) || each.equals("*"));
    }

    private static String etag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return "\"" + HexFormat.of().formatHex(digest, 0, 16) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void doStop() throws Exception {
        try {
            if (server != null) {
                server.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            database.close();
        }
    }
}
