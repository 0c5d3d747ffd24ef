package fr.moncampus.ecal.door;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a request passes before any route: headers of the answer, the name it came by, whether it may change anything, the files that are
 * anybody's, and the login.
 */
public final class Door {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private static final String LOGIN = "/login";
    private static final String LOGOUT = "/logout";
    private static final int MAX_FORM = 4096;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            // with « no-referrer » browsers would send no origin along with our own forms
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final DoorSettings settings;
    private final PasswordFile password;
    private final Files files;
    private final Sessions sessions;
    /** One try at a time, which takes a while: nobody tries many. */
    private final AtomicBoolean trying = new AtomicBoolean();

    /** @param nanos a monotonic clock */
    public Door(DoorSettings settings, PasswordFile password, Files files, LongSupplier nanos) {
        this.settings = settings;
        this.password = password;
        this.files = files;
        this.sessions = new Sessions(nanos);
    }

    /** Before the routes that are there, and those that come. */
    public void guard(Router router) {
        router.route().order(-5).handler(this::admit).failureHandler(Door::fail);
        router.route().order(-4).handler(files);
        router.post(LOGIN).order(-3).handler(BodyHandler.create(false).setBodyLimit(MAX_FORM));
        router.route().order(-2).handler(this::ask);
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        HEADERS.forEach(context.response()::putHeader);
        String host = request.getHeader("Host");
        if (host == null || !mayBeAskedFor(HostName.of(host))) {
            refuse(
                    context,
                    421,
                    "Cette page ne répond pas à ce nom. S'il est bien celui de cette machine, ajoutez-le à PAGE_NAMES"
                            + " (docs/page.md).");
        } else if (READING.contains(request.method())) {
            context.next();
        } else if (!request.method().equals(HttpMethod.POST)) {
            context.response().putHeader("Allow", "GET, HEAD, POST");
            refuse(context, 405, "Méthode refusée.");
        } else if (isOurOwn(request, host)) {
            context.next();
        } else {
            refuse(context, 403, "Cette demande vient d'une autre page : rien n'a été fait.");
        }
    }

    /** Against a name of somebody else's that resolves to this machine. Without a password only this machine's own names count. */
    private boolean mayBeAskedFor(String name) {
        return HostName.isLoopback(name)
                || settings.names().contains(name)
                || HostName.isAddress(name) && !settings.isOnLoopback();
    }

    private static boolean isOurOwn(HttpServerRequest request, String host) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        // a proxy before us may speak https
        return (("http://" + host).equalsIgnoreCase(origin) || ("https://" + host).equalsIgnoreCase(origin))
                && (site == null || site.equals("same-origin"));
    }

    private void ask(RoutingContext context) {
        Optional<String> stored = password.stored();
        String path = context.normalizedPath();
        if (stored.isEmpty()) {
            if (isFromHere(context)) {
                open(context, path);
            } else {
                refuse(
                        context,
                        403,
                        "Hors de cette machine, la page demande un mot de passe : ./manage.sh page-password en donne un.");
            }
        } else if (path.equals(LOGIN)) {
            login(context, stored.get());
        } else if (!isLoggedIn(context, stored.get())) {
            sendToLogin(context);
        } else if (path.equals(LOGOUT)) {
            logout(context);
        } else {
            context.next();
        }
    }

    private boolean isFromHere(RoutingContext context) {
        return settings.isOnLoopback()
                && HostName.isLoopback(HostName.of(context.request().getHeader("Host")));
    }

    private static void open(RoutingContext context, String path) {
        if (path.equals(LOGIN) || path.equals(LOGOUT)) {
            see(context, "/");
        } else {
            context.next();
        }
    }

    private boolean isLoggedIn(RoutingContext context, String stored) {
        Cookie cookie = context.request().getCookie(cookieName(context));
        return cookie != null && sessions.isOpen(cookie.getValue(), stored);
    }

    /** A browser has one cookie jar for all ports of a machine, and there may be a page on several. */
    private static String cookieName(RoutingContext context) {
        String host = context.request().getHeader("Host");
        return "moncampus-ecal" + host.substring(HostName.of(host).length()).replaceAll("\\D+", "-");
    }

    private static void sendToLogin(RoutingContext context) {
        boolean wantsPage =
                String.valueOf(context.request().getHeader("Accept")).contains("text/html");
        if (wantsPage && READING.contains(context.request().method())) {
            see(context, LOGIN + "?" + LoginPage.target(context.request().uri()));
        } else {
            refuse(context, 401, "Connectez-vous d'abord : " + LOGIN);
        }
    }

    private void login(RoutingContext context, String stored) {
        String next = LoginPage.next(context.request().getParam(LoginPage.NEXT));
        if (!context.request().method().equals(HttpMethod.POST)) {
            show(context, 200, LoginPage.of(next, null));
            return;
        }
        String typed = context.request().getFormAttribute(LoginPage.PASSWORD);
        if (!trying.compareAndSet(false, true)) {
            context.response().putHeader("Retry-After", "1");
            show(context, 429, LoginPage.of(next, "Un essai à la fois : recommencez dans une seconde."));
            return;
        }
        context.vertx()
                .executeBlocking(() -> typed != null && PasswordFile.matches(stored, typed), false)
                .onComplete(result -> {
                    trying.set(false);
                    if (result.succeeded() && result.result()) {
                        enter(context, stored, next);
                    } else {
                        show(context, 403, LoginPage.of(next, "Ce n'est pas le mot de passe."));
                    }
                });
    }

    private void enter(RoutingContext context, String stored, String next) {
        context.response().addCookie(cookie(context, sessions.open(stored)).setMaxAge(Sessions.IDLE.toSeconds()));
        see(context, next);
    }

    private void logout(RoutingContext context) {
        if (context.request().method().equals(HttpMethod.POST)) {
            sessions.close(context.request().getCookie(cookieName(context)).getValue());
            context.response().addCookie(cookie(context, "").setMaxAge(0));
        }
        see(context, LOGIN);
    }

    private static Cookie cookie(RoutingContext context, String value) {
        return Cookie.cookie(cookieName(context), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                // behind a proxy that speaks https, for the browser alone knows of it
                .setSecure(context.request().getHeader("Origin").startsWith("https:"));
    }

    private static void show(RoutingContext context, int status, String page) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end(page);
    }

    private static void see(RoutingContext context, String where) {
        context.response().setStatusCode(303).putHeader("Location", where).end();
    }

    /** Of a request that is none, or a route that has failed: the log says the latter, the answer nothing. */
    private static void fail(RoutingContext context) {
        int status = context.statusCode() < 400 ? 500 : context.statusCode();
        if (status >= 500) {
            LOG.warn("la page n'a pas pu répondre", context.failure());
        }
        if (!context.response().headWritten()) {
            refuse(context, status, status >= 500 ? "La page n'a pas pu répondre." : "Demande refusée.");
        }
    }

    private static void refuse(RoutingContext context, int status, String why) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                // whatever body still comes is not read
                .putHeader("Connection", "close")
                .end(why + "\n");
    }
}
