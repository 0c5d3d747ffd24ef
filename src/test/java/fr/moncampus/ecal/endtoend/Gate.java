package fr.moncampus.ecal.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * Stands between a program and the services: every request passes here and is counted, and at one of them something happens first or
 * afterwards. A request at which the program dies is not handed on when that happens first, and its answer is not when it happens afterwards.
 */
final class Gate implements AutoCloseable {
    /** What happens at the request that was chosen. */
    interface Blow {
        void fall() throws Exception;
    }

    /** Told of what was done, when it was done. */
    interface Witness {
        void saw(String method, String path, int status);
    }

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade", "date", "expect");
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<HttpServer> doors = new ArrayList<>();
    /** By the port of the service, that of its door. */
    private final Map<Integer, Integer> ports = new TreeMap<>();

    private final AtomicInteger requests = new AtomicInteger();
    private final Witness witness;
    /** Null for doors without TLS. */
    private final SSLContext tls;

    private volatile int chosen;
    private volatile boolean afterwards;
    private volatile Blow blow;

    Gate(Witness witness) {
        this(witness, null);
    }

    /** @param tls what its doors show of themselves; null for doors without */
    Gate(Witness witness, SSLContext tls) {
        this.witness = witness;
        this.tls = tls;
    }

    /** @return the same address, through here */
    String through(String address) {
        URI service = URI.create(address);
        try {
            HttpServer door = door(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            door.setExecutor(threads);
            door.createContext("/", exchange -> pass(exchange, service));
            doors.add(door);
            ports.put(service.getPort(), door.getAddress().getPort());
            door.start();
            return swap(address, true);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private HttpServer door(InetSocketAddress address) throws IOException {
        if (tls == null) {
            return HttpServer.create(address, 0);
        }
        HttpsServer door = HttpsServer.create(address, 0);
        door.setHttpsConfigurator(new HttpsConfigurator(tls));
        return door;
    }

    /** Counts anew. @param number of the request at which it happens, from 1 @param after once the work is done, else before it is begun */
    void choose(int number, boolean after, Blow what) {
        requests.set(0);
        chosen = number;
        afterwards = after;
        blow = what;
    }

    void chooseNone() {
        choose(0, false, null);
    }

    int requests() {
        return requests.get();
    }

    private void pass(HttpExchange exchange, URI service) throws IOException {
        // closed without an answer, the line is cut
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean here = requests.incrementAndGet() == chosen;
            if (here && !afterwards) {
                blow.fall();
                return;
            }
            HttpResponse<byte[]> answer = client.send(request(exchange, service, body), BodyHandlers.ofByteArray());
            witness.saw(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), answer.statusCode());
            if (here) {
                blow.fall();
                return;
            }
            answer(exchange, answer);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private HttpRequest request(HttpExchange exchange, URI service, byte[] body) {
        URI asked = exchange.getRequestURI();
        String target = service.getScheme() + "://" + service.getAuthority() + asked.getRawPath()
                + (asked.getRawQuery() == null ? "" : "?" + swap(asked.getRawQuery(), false));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, swap(value, false)));
            }
        });
        return request.build();
    }

    private void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, swap(value, true)));
            }
        });
        byte[] body = answer.body();
        if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
            body = swap(new String(body, StandardCharsets.UTF_8), true).getBytes(StandardCharsets.UTF_8);
        }
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** The services name their own addresses, as they are and encoded, in redirects and pages. */
    private String swap(String text, boolean out) {
        String scheme = tls == null ? "http" : "https";
        String swapped = text;
        for (Map.Entry<Integer, Integer> port : ports.entrySet()) {
            String service = "http://127.0.0.1:" + port.getKey();
            String door = scheme + "://127.0.0.1:" + port.getValue();
            swapped = out ? swap(swapped, service, door) : swap(swapped, door, service);
        }
        return swapped;
    }

    private static String swap(String text, String from, String to) {
        return text.replace(from, to)
                .replace(
                        URLEncoder.encode(from, StandardCharsets.UTF_8), URLEncoder.encode(to, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        doors.forEach(door -> door.stop(0));
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
