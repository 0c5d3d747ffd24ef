package fr.moncampus.ecal.sandbox;

import java.util.Map;

/** A stock Apereo CAS 6.6: the login page, and every way in which it refuses. */
final class Cas implements Site {
    private static final String LOGIN = "/cas/login";
    private static final String SESSION_COOKIE = "JSESSIONID";

    private final School school;
    private final Switches switches;
    private final Addresses addresses;
    private final Tickets tickets;
    private final Flow.Store flows = new Flow.Store();

    Cas(School school, Switches switches, Addresses addresses, Tickets tickets) {
        this.school = school;
        this.switches = switches;
        this.addresses = addresses;
        this.tickets = tickets;
    }

    /** As if CAS had been restarted: every form that was handed out is worthless. */
    void forgetFlows() {
        flows.forget();
    }

    @Override
    public Answer answer(Request request) {
        if (!request.path().equals(LOGIN)) {
            return Answer.notFound();
        }
        if (switches.is(Switch.LOOP, "cas")) {
            return Answer.redirect(302, addresses.origin(Server.CAS, request) + request.address());
        }
        String service = request.parameters().get("service");
        if (service != null && !isRegistered(service, request)) {
            return Answer.html(403, LoginPage.unauthorizedService());
        }
        return switch (request.method()) {
            case "GET" -> show(request, service);
            case "POST" -> submit(request, service);
            default -> Answer.empty(405);
        };
    }

    private boolean isRegistered(String service, Request request) {
        return switches.is(Switch.SERVICE, "registered")
                && service.startsWith(addresses.origin(Server.TIMETABLE, request) + "/");
    }

    private Answer show(Request request, String service) {
        String holder = tickets.holder(request.cookie("TGC"), request.header("user-agent"));
        if (holder == null) {
            return form(request, service, null);
        }
        return service == null ? Answer.html(200, LoginPage.success()) : toService(302, holder, service);
    }

    private Answer submit(Request request, String addressed) {
        if (request.header("user-agent") == null) {
            return Answer.html(500, LoginPage.failure());
        }
        Map<String, String> fields = request.form();
        String execution = fields.getOrDefault("execution", "");
        if (execution.isEmpty() || !"submit".equals(fields.get("_eventId"))) {
            return form(request, addressed, null);
        }
        if (!flows.isWellFormed(execution)) {
            return Answer.html(500, LoginPage.failure());
        }
        Flow flow = flows.take(execution, switches.is(Switch.EXECUTION, "once"));
        if (flow == null) {
            return Answer.redirect(
                    302,
                    addresses.origin(Server.CAS, request) + LOGIN
                            + "?error=true&exception.message=Error+decoding+flow+execution");
        }
        if (switches.is(Switch.FLOW, "server") && !flow.session().equals(request.cookie(SESSION_COOKIE))) {
            return Answer.redirect(
                    302,
                    addresses.origin(Server.CAS, request)
                            + LOGIN
                            + (addressed == null ? "" : "?service=" + Form.encode(addressed)));
        }
        if (switches.is(Switch.FORM_EXTRAS, "all") && !flow.token().equals(fields.get("_csrf"))) {
            return Answer.html(403, LoginPage.failure());
        }
        String service = flow.service() == null ? addressed : flow.service();
        return authenticate(request, fields, service);
    }

    private Answer authenticate(Request request, Map<String, String> fields, String service) {
        String username = fields.getOrDefault("username", "");
        LoginPage.Panel refusal = refusal(username, fields.getOrDefault("password", ""));
        if (refusal != null) {
            return form(request, service, refusal);
        }
        if (!switches.is(Switch.INTERMEDIATE_PAGE, "none")) {
            String page = LoginPage.intermediate(
                    switches.get(Switch.INTERMEDIATE_PAGE), flows.begin(service).execution());
            return Answer.html(200, page);
        }
        Answer in = entered(request, username, service);
        return in.withCookie("TGC", tickets.grant(username, request.header("user-agent")), "/cas/");
    }

    /** Null when the person may pass. */
    private LoginPage.Panel refusal(String username, String password) {
        if (username.isBlank() || password.isBlank()) {
            return LoginPage.Panel.BLANK;
        }
        Student student = school.known(username);
        if (student == null) {
            return LoginPage.Panel.UNKNOWN_ACCOUNT;
        }
        if (student.isLocked(switches.number(Switch.LOCKOUT_AFTER))) {
            return LoginPage.Panel.LOCKED;
        }
        if (!student.tries(password)) {
            return LoginPage.Panel.WRONG_PASSWORD;
        }
        return student.isDenied() ? LoginPage.Panel.DENIED : null;
    }

    private Answer entered(Request request, String username, String service) {
        int status = switches.number(Switch.LOGIN_REDIRECT);
        if (switches.is(Switch.FOREIGN, "login")) {
            return Answer.redirect(status, addresses.origin(Server.ELSEWHERE, request) + "/collect");
        }
        if (switches.is(Switch.LOOP, "login")) {
            return Answer.redirect(status, addresses.origin(Server.CAS, request) + request.address());
        }
        return service == null ? Answer.html(200, LoginPage.success()) : toService(status, username, service);
    }

    private Answer toService(int status, String username, String service) {
        String ticket = tickets.issue(username, service);
        return Answer.redirect(status, service + (service.contains("?") ? "&" : "?") + "ticket=" + ticket);
    }

    private Answer form(Request request, String service, LoginPage.Panel panel) {
        Flow flow = flows.begin(service);
        String language = request.header("accept-language");
        boolean french = language != null && language.startsWith("fr");
        boolean extras = switches.is(Switch.FORM_EXTRAS, "all");
        String page = LoginPage.form(action(request, service), flow, panel, french, extras);
        Answer answer = Answer.html(panel == null ? 200 : panel.status(), page).with("Cache-Control", "no-store");
        return switches.is(Switch.FLOW, "server") ? answer.withCookie(SESSION_COOKIE, flow.session(), "/cas") : answer;
    }

    private String action(Request request, String service) {
        if (switches.is(Switch.FOREIGN, "form")) {
            return addresses.origin(Server.ELSEWHERE, request) + "/collect";
        }
        String query = service == null ? "" : "?service=" + Form.encode(service);
        return switch (switches.get(Switch.FORM_ACTION)) {
            case "with-service" -> LOGIN + query;
            case "absolute" -> addresses.origin(Server.CAS, request) + LOGIN + query;
            default -> "login";
        };
    }
}
