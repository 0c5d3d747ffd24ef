package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.http.LocalTrouble;
import fr.moncampus.ecal.http.Peer;
import fr.moncampus.ecal.moncampus.PortalException.Kind;
import fr.moncampus.ecal.timetable.Timetable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/**
 * One run's conversation with the portal: says the next request, looks at its answer, and so on until the timetable is there.
 * It sends nothing itself: the HTTP client asks it what to send, so that neither password nor ticket nor cookie gets into an exchange.
 */
public final class PortalSession implements Peer {
    private static final int MAX_REDIRECTS = 15;
    /** More than all retries, redirects and waits for another login add up to. */
    private static final int MAX_TURNS = 300;

    private static final ContentType FORM = ContentType.create("application/x-www-form-urlencoded");
    private static final String TRY_LATER = " L'outil réessaiera de lui-même.";

    private final Sites sites;
    private final TimetableQuery query;
    private final Login login;
    private final CookieStore jar;
    private final Set<String> usedTickets = new HashSet<>();
    private final Backoff backoff;
    private final LongAdder requests;
    private boolean jarIsOld;
    private int turns;
    private int redirects;
    private boolean strayed;
    private Request request;
    /** Of the answer in hand: where it leads to, null when it does not, and what it holds. */
    private String location;

    private byte[] body = {};

    private Timetable timetable;

    /** @param requests counts what is sent */
    PortalSession(
            Sites sites, TimetableQuery query, Login login, CookieStore jar, Backoff backoff, LongAdder requests) {
        this.sites = sites;
        this.query = query;
        this.login = login;
        this.jar = jar;
        this.backoff = backoff;
        this.requests = requests;
        this.jarIsOld = !jar.getCookies().isEmpty();
        ask();
    }

    /** The next request; null when the timetable has been read. */
    public Request getRequest() {
        return request;
    }

    public boolean isGoing() {
        return request != null;
    }

    /** For the route's loop: true while there is something to ask. It ends as well when an edited route asks nothing. */
    public boolean goesOn() {
        return isGoing() && turns++ < MAX_TURNS;
    }

    /** For routes: the site that is asked next, one of the two that the configuration names. */
    public String getSite() {
        return request == null ? null : sites.origin(request.cas());
    }

    @Override
    public CookieStore cookies() {
        return jar;
    }

    /** A login that has begun: it counts from the moment that its form is filled in, and others wait for its end. */
    @Override
    public boolean isUrgent() {
        return login.awaitsVerdict();
    }

    @Override
    public ClassicHttpRequest complete(ClassicHttpRequest blank) {
        requests.increment();
        location = null;
        return ClassicRequestBuilder.create(request.method())
                .setUri(request.address())
                .setHeader("Accept", "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8")
                // the words of a refusal follow this language
                .setHeader("Accept-Language", "en")
                .setEntity(request.form() == null ? null : new ByteArrayEntity(request.form(), FORM))
                .build();
    }

    /** Tickets travel in the address, and pages hold what a login is made with. */
    @Override
    public void received(ClassicHttpResponse response) throws IOException {
        Header header = response.getFirstHeader("Location");
        location = header == null ? null : header.getValue();
        response.removeHeaders("Location");
        body = response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
        response.setEntity(null);
    }

    public void answered(int status, String type) {
        answered(new Answer(status, location, type, new ByteArrayInputStream(body)));
    }

    Timetable result() {
        if (timetable == null) {
            throw new PortalException(
                    Kind.UNREADABLE,
                    "L'emploi du temps n'a pas été lu jusqu'au bout : une étape modifiée de routes/moncampus.camel.yaml l'empêche.");
        }
        return timetable;
    }

    /** Null until it has been read. */
    public Timetable getTimetable() {
        return timetable;
    }

    /** Milliseconds to wait before the next request. */
    public long getPause() {
        return backoff.pause();
    }

    void answered(Answer answer) {
        try {
            URI here = request.address();
            if (answer.isRedirect()) {
                follow(here, answer);
            } else if (sites.isLogin(here) || sites.isCas(here)) {
                loginPage(here, answer);
            } else {
                timetable(here, answer);
            }
        } catch (PortalException e) {
            throw login.settle(e);
        } catch (IOException e) {
            throw login.settle(PortalException.unanswered(e, request.address()));
        }
    }

    /**
     * The request got no answer, or none that helps. Starts again from the timetable if that may help.
     *
     * @param trouble a Throwable, since Camel gives an {@code Exception} or {@code Exchange} among the parameters of any method a value of its
     *                own, and from then on keeps every single object of the type for as long as the process lives
     * @throws PortalException when it may not
     */
    public void failed(Throwable trouble) {
        if (login.memoryTrouble() != null) {
            throw login.memoryTrouble();
        }
        if (trouble instanceof RuntimeException own && own instanceof LocalTrouble) {
            throw own;
        }
        PortalException reason = trouble instanceof PortalException known
                ? known
                : login.settle(PortalException.unanswered(trouble, request.address()));
        boolean interrupted = Thread.currentThread().isInterrupted();
        if (reason instanceof TurnException turn && !interrupted) {
            backoff.until(turn.millis());
            return;
        }
        if (reason instanceof LoginInProgressException && !interrupted && backoff.waits()) {
            ask();
            return;
        }
        if (!(reason instanceof PortalUnavailableException) || backoff.isLost() || interrupted) {
            throw reason;
        }
        backoff.again();
        ask();
    }

    /** From the beginning, with the cookies that there are. */
    private void ask() {
        redirects = 0;
        strayed = false;
        request = get(query.address());
    }

    private Request get(URI address) {
        return new Request(address, sites.isCas(address), null);
    }

    /** Always as a GET without a body, 307 and 308 included: the password goes to the login page and nowhere else. */
    private void follow(URI here, Answer answer) {
        URI target = sites.follow(here, answer.location());
        if (request.form() != null && sites.isLogin(target)) {
            throw new PortalUnavailableException(
                    answer.location().contains("exception.message")
                            ? "La page de connexion n'était plus valable (le service de connexion a peut-être redémarré)."
                                    + TRY_LATER
                            : "Le service de connexion a perdu la session pendant la connexion." + TRY_LATER);
        }
        String ticket = TimetableQuery.ticket(target);
        if (ticket != null && sites.isTimetable(target) && !sites.isLogin(target)) {
            login.accepted();
        }
        if (++redirects > MAX_REDIRECTS) {
            if (!startAfresh()) {
                throw new PortalUnavailableException(
                        "MonCampus redirige sans fin (plus de " + MAX_REDIRECTS + " redirections)." + TRY_LATER);
            }
            return;
        }
        request = get(TimetableQuery.without(usedTickets, target));
        if (ticket != null) {
            usedTickets.add(ticket);
        }
        if (sites.isLogin(target)) {
            takeTurn();
        }
    }

    private void takeTurn() {
        long wait = login.awaitTurn();
        if (wait > 0) {
            throw new TurnException(wait);
        }
    }

    private void loginPage(URI here, Answer answer) throws IOException {
        boolean posted = request.form() != null;
        if (posted && answer.status() == 401) {
            throw login.refused(read(here, answer).panel());
        }
        if (!posted && answer.status() == 403) {
            throw new PortalException(
                    Kind.REFUSED,
                    "Le service de connexion (403) n'accepte pas de connexion pour " + Sites.name(sites.timetable())
                            + " : vérifiez moncampus_url, puis demandez à votre école.");
        }
        if (answer.status() == 404) {
            throw new PortalException(
                    Kind.UNAVAILABLE, "La page de connexion n'existe pas (404) : vérifiez moncampus_cas_url.");
        }
        if (!answer.isSuccess() || !answer.isHtml()) {
            throw new PortalUnavailableException(
                    "Le service de connexion de MonCampus est en panne (réponse " + answer.status() + ")." + TRY_LATER);
        }
        LoginPage page = read(here, answer);
        if (!page.asksForPassword()) {
            if (posted && page.speaksOfALock()) {
                throw login.refused(page.title());
            }
            login.acceptedByPage();
            String message =
                    "MonCampus montre une page intermédiaire au lieu de l'emploi du temps" + quote(page.title())
                            + " : mot de passe bientôt expiré, conditions à accepter… Connectez-vous une fois dans un navigateur et suivez-la.";
            throw login.wasTried()
                    ? new PortalException(Kind.HUMAN_NEEDED, message)
                    : new PortalUnavailableException(Kind.HUMAN_NEEDED, message);
        }
        if (posted && page.panel() != null) {
            throw login.refused(page.panel());
        }
        if (login.wasTried()) {
            throw new PortalException(
                    Kind.UNAVAILABLE,
                    "MonCampus redemande l'identifiant et le mot de passe sans dire pourquoi." + TRY_LATER);
        }
        logIn(here, page);
    }

    private void logIn(URI here, LoginPage page) {
        if (!sites.isLogin(here) || !sites.mayReceiveTheForm(page.action(sites))) {
            throw new PortalException(
                    Kind.UNSAFE,
                    "Le formulaire de connexion ne mène pas à moncampus_cas_url : le mot de passe n'a pas été envoyé. "
                            + "Vérifiez moncampus_cas_url ; si elle est juste, prévenez votre école.");
        }
        request = new Request(here, sites.isCas(here), login.fill(page));
    }

    private void timetable(URI here, Answer answer) throws IOException {
        if (answer.isSuccess()) {
            read(here, answer, query.isAskedBy(here));
        } else if (answer.status() == 401 || answer.status() == 403) {
            if (!startAfresh()) {
                throw new PortalException(
                        Kind.REFUSED,
                        "MonCampus refuse l'accès à l'emploi du temps (réponse " + answer.status()
                                + ") : vérifiez dans un navigateur que ce compte le voit, et que moncampus_url est celle de votre école.");
            }
        } else if (answer.isTransient() || answer.status() / 100 == 3) {
            if (!backoff.isLost() || !startAfresh()) {
                throw new PortalUnavailableException(
                        "MonCampus est en panne (réponse " + answer.status() + ")." + TRY_LATER);
            }
        } else {
            throw new PortalException(
                    Kind.UNAVAILABLE,
                    "MonCampus ne connaît pas l'adresse de l'emploi du temps (réponse " + answer.status()
                            + ") : vérifiez moncampus_url.");
        }
    }

    private void read(URI here, Answer answer, boolean asked) throws IOException {
        if (asked && answer.isJson()) {
            timetable = TimetableReader.read(answer.body());
            login.accepted();
            request = null;
        } else if (!asked && !strayed) {
            // a login can end on the landing page
            strayed = true;
            request = get(query.address());
        } else if (backoff.isFresh() || !startAfresh()) {
            String title = answer.isHtml() ? read(here, answer).title() : null;
            throw new PortalUnavailableException("MonCampus a répondu par une page web au lieu de l'emploi du temps"
                    + quote(title) + "." + TRY_LATER);
        }
    }

    /** Drops the cookies of earlier runs, once per run: a stale session can look valid and still be refused. */
    private boolean startAfresh() {
        if (!jarIsOld || login.wasTried()) {
            return false;
        }
        jarIsOld = false;
        jar.clear();
        ask();
        return true;
    }

    private static LoginPage read(URI here, Answer answer) throws IOException {
        return LoginPage.read(here, answer.body(), answer.charset());
    }

    private static String quote(String title) {
        return title == null ? "" : " (« " + title + " »)";
    }
}
