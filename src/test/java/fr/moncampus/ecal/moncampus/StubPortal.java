package fr.moncampus.ecal.moncampus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** One HTTP server on loopback: what it does is a lambda, what it was asked is recorded. */
final class StubPortal implements AutoCloseable {
    static final String JSON = "application/json; charset=utf-8";
    static final String FORM =
            "<!DOCTYPE html><html><head><title>Login</title></head><body>%s<form id=fm1 method=post action=\"login\">"
                    + "<input name=username><input type=password name=password><input type=hidden name=execution value=\"e1s1+/=&amp;é\">"
                    + "<input type=hidden name=_eventId value=submit><input type=hidden name=geolocation><input type=submit name=go value=ok></form>";

    /** @param cookies the Cookie header, never null; null parts stand for what was not sent */
    record Asked(String method, String path, String query, String cookies, String agent, String body) {}

    interface Behaviour {
        void answer(Asked asked, HttpExchange exchange) throws IOException;
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Behaviour behaviour;

    StubPortal(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    void behave(Behaviour other) {
        behaviour = other;
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    URI at(String path) {
        return URI.create(origin() + path);
    }

    long posts() {
        return asked.stream().filter(a -> a.method().equals("POST")).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String cookies = exchange.getRequestHeaders().getFirst("Cookie");
        Asked one = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                cookies == null ? "" : cookies,
                exchange.getRequestHeaders().getFirst("User-Agent"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        asked.add(one);
        try (exchange) {
            behaviour.answer(one, exchange);
        }
    }

    static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static void redirect(HttpExchange exchange, int status, String location, String... cookies) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        for (String cookie : cookies) {
            exchange.getResponseHeaders().add("Set-Cookie", cookie);
        }
        exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A school where timetable and CAS share an origin and everything works; the password is "juste". */
    static StubPortal school(String timetable) {
        return new StubPortal(ordinary(timetable));
    }

    static Behaviour ordinary(String timetable) {
        return (asked, exchange) -> {
            switch (asked.path()) {
                case "/Home/Get" -> {
                    if (asked.cookies().contains("SESSION=alive")) {
                        reply(exchange, 200, JSON, timetable);
                    } else {
                        redirect(
                                exchange,
                                302,
                                "/cas/login?service=" + "%2Fsignin-cas%3Fstate%3Dx",
                                "CORRELATION=c; path=/signin-cas");
                    }
                }
                case "/cas/login" -> {
                    if (asked.cookies().contains("TGC=granted")) {
                        redirect(exchange, 302, "/signin-cas?state=x&ticket=ST-2");
                    } else if (asked.method().equals("GET")) {
                        reply(exchange, 200, "text/html;charset=UTF-8", FORM.formatted(""));
                    } else if (asked.body().contains("password=juste")) {
                        redirect(exchange, 302, "/signin-cas?state=x&ticket=ST-1", "TGC=granted; path=/cas");
                    } else {
                        reply(
                                exchange,
                                401,
                                "text/html;charset=UTF-8",
                                FORM.formatted(
                                        "<div id=loginErrorsPanel class='banner banner-danger'><p>Authentication attempt has failed, likely due to invalid credentials.</p></div>"));
                    }
                }
                case "/signin-cas" -> {
                    if (asked.cookies().contains("CORRELATION=c")) {
                        redirect(exchange, 302, "/Home/Get?" + WINDOW_QUERY, "SESSION=alive; path=/; HttpOnly");
                    } else {
                        reply(exchange, 500, "text/html", "no correlation");
                    }
                }
                default -> reply(exchange, 404, "text/html", "");
            }
        };
    }

    static final String WINDOW_QUERY =
            "sort=&group=&filter=&dateDebut=2026-08-31T00:00:00.000Z&dateFin=2027-07-02T00:00:00.000Z";
}
