package fr.moncampus.ecal.simulation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.moncampus.ecal.simulation.Wire.Ask;
import fr.moncampus.ecal.simulation.Wire.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** One of the simulated services behind a port of this machine. */
final class HttpDoor implements AutoCloseable {
    static {
        // read once, when the first server is made: without it every answer waits for an acknowledgement
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private volatile Wire wire;

    HttpDoor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    void opensTo(Wire simulation) {
        wire = simulation;
    }

    URI origin() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        // closed without an answer, the line is cut
        try (exchange) {
            String cookies = exchange.getRequestHeaders().getFirst("Cookie");
            Reply reply = wire.ask(new Ask(
                    exchange.getRequestMethod(),
                    origin().resolve(exchange.getRequestURI()),
                    cookies == null ? "" : cookies,
                    exchange.getRequestBody().readAllBytes()));
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
