package fr.moncampus.ecal.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;

/** Takes every request: writes it down, lets its fault happen, and has it answered. */
final class Front {
    private final Map<Server, Site> sites;
    private final Site admin;
    private final boolean openAdmin;
    private final RequestLog log;
    private final Faults faults;
    private final Switches switches;

    Front(Map<Server, Site> sites, Site admin, boolean openAdmin, RequestLog log, Faults faults, Switches switches) {
        this.sites = sites;
        this.admin = admin;
        this.openAdmin = openAdmin;
        this.log = log;
        this.faults = faults;
        this.switches = switches;
    }

    /** The handler of a port that serves one host, or, for null, of a port that serves all. */
    HttpHandler of(Server only) {
        return exchange -> handle(exchange, only);
    }

    private void handle(HttpExchange exchange, Server only) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Server server = only == null ? Server.ofPath(path) : only;
        Request request = Request.read(server, exchange);
        if (path.startsWith(Admin.BASE)) {
            boolean allowed =
                    openAdmin || exchange.getRemoteAddress().getAddress().isLoopbackAddress();
            (allowed ? answer(request, admin, null) : Answer.empty(403)).send(exchange);
            return;
        }
        serve(request).send(exchange);
    }

    /** The log is closed before the answer goes out, so that a client that has its answer finds it there. */
    private Answer serve(Request request) {
        long number = log.open(request);
        int status = 0;
        try {
            Effect effect = faults.hitting(request);
            Pause.millis(switches.number(Switch.LATENCY_MILLIS));
            Answer answer = answer(request, sites.get(request.server()), effect);
            status = answer.wire() == Answer.Wire.NOTHING ? 0 : answer.status();
            return answer;
        } finally {
            log.close(number, request.server(), status);
        }
    }

    private static Answer answer(Request request, Site site, Effect effect) {
        try {
            return effect == null ? site.answer(request) : effect.on(request, site);
        } catch (IllegalArgumentException e) {
            return Answer.html(400, "<!DOCTYPE html><title>400</title><h1>Bad Request</h1>");
        }
    }
}
