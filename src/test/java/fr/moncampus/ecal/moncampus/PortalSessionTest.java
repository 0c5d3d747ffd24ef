package fr.moncampus.ecal.moncampus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.moncampus.ecal.config.Secret;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.moncampus.PortalException.Kind;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decisions of a session, without a line to anywhere. */
class PortalSessionTest {
    private static final String PASSWORD = "s3cret-Passw0rd";
    private static final String TIMETABLE = "{\"Data\":[],\"Total\":0,\"Errors\":null}";

    private final Sites sites =
            new Sites(URI.create("https://edt.example"), URI.create("https://cas.example/cas/login"));
    private final MapMemory memory = new MapMemory();
    /** Milliseconds until the turns to log in; those that are not there come at once. */
    private final Deque<Long> turns = new ArrayDeque<>();

    private final PortalSession session = openSession();

    @Test
    void askForTheTimetableFirstWithADayMoreOnEachSide() {
        assertThat(session.getRequest().address())
                .hasToString("https://edt.example/Home/Get?sort=&group=&filter="
                        + "&dateDebut=2026-08-31T00:00:00.000Z&dateFin=2027-07-02T00:00:00.000Z");
    }

    @Test
    void thePasswordGoesToThePagesOwnAddress() {
        toTheForm();
        html(200, StubPortal.FORM.formatted(""));
        assertThat(session.getRequest().method()).isEqualTo("POST");
        assertThat(session.getRequest().address())
                .hasToString("https://cas.example/cas/login?service=https%3A%2F%2Fedt.example%2Fsignin-cas");
        assertThat(session.getRequest().cas()).isTrue();
        assertThat(session.getRequest().toString()).doesNotContain(PASSWORD).doesNotContain("service");
    }

    @Test
    void aLoginWaitsForItsTurnBeforeItsPageIsAskedForAndNothingCountsAsFailed() {
        turns.add(1500L);
        PortalException waiting = failure(this::toTheForm);
        session.failed(waiting);
        assertThat(session.getPause()).isEqualTo(1500);
        assertThat(session.getPause()).as("once").isZero();
        assertThat(session.getRequest().address().getPath()).isEqualTo("/cas/login");
        assertThat(session.getRequest().method()).isEqualTo("GET");
        assertThat(memory.histories).as("nothing was tried so far").isEmpty();

        turns.add(9999L);
        html(200, StubPortal.FORM.formatted(""));
        assertThat(session.getRequest().method())
                .as("one turn is enough for a run")
                .isEqualTo("POST");
        assertThat(session.isUrgent()).as("what has begun is not held up").isTrue();
    }

    @Test
    void aLoginWithoutATurnIsLeftToTheNextRun() {
        turns.add(-1L);
        PortalException none = failure(this::toTheForm);
        assertThat(failure(() -> session.failed(none))).isSameAs(none).hasMessageContaining("prochain passage");
        assertThat(memory.histories).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | Authentication attempt has failed, likely due to invalid credentials. Please verify. | moncampus_password
            401 | Your account is not recognized and cannot login at this time.                        | ne connaît pas ce compte
            401 | Service access denied due to missing privileges.                                     | refuse l'accès de ce compte
            200 | Password is a required field.                                                        | vide
            401 | Votre compte est verrouillé.                                                         | Votre compte est verrouillé.
            """)
    void aRefusalSaysWhatToDoAndIsRemembered(int status, String panel, String message) {
        post();
        PortalException refused = failure(
                () -> html(status, StubPortal.FORM.formatted("<div id=loginErrorsPanel><p>" + panel + "</p></div>")));
        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused).hasMessageContaining(message).hasMessageContaining(panel.split("\\.")[0]);
        assertThat(memory.histories.values()).singleElement().satisfies(history -> {
            assertThat(history.refused()).isNotNull().doesNotContain(PASSWORD);
            assertThat(history.unanswered()).isEmpty();
        });
    }

    @Test
    void aPanelThatQuotesThePasswordIsCensored() {
        post();
        assertThat(failure(() -> html(401, "<div id=loginErrorsPanel><p>Bad: " + PASSWORD + " \u001b[31m</p></div>")))
                .hasMessageContaining("Bad: ***")
                .hasMessageNotContaining("\u001b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | form                                                                                                 | UNAVAILABLE  | redemande
            500 | <title>Error</title>                                                                                 | UNAVAILABLE  | 500
            302 | https://cas.example/cas/login?service=x&exception.message=Error+decoding+flow+execution              | UNAVAILABLE  | plus valable
            302 | /cas/login                                                                                           | UNAVAILABLE  | perdu la session
            302 | https://login.microsoftonline.example/mfa?ticket=ST-9                                                | UNSAFE       | microsoftonline
            """)
    void anAnswerWithoutAVerdictEndsTheRunAndCounts(int status, String answer, Kind kind, String message) {
        post();
        PortalException trouble = failure(() -> {
            if (status == 302) {
                redirect(answer);
            } else {
                html(status, answer.equals("form") ? StubPortal.FORM.formatted("") : answer);
            }
        });
        assertThat(trouble)
                .isNotInstanceOf(PortalUnavailableException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("ST-9");
        assertThat(trouble.kind()).isEqualTo(kind);
        assertThat(memory.histories.values())
                .singleElement()
                .satisfies(history -> assertThat(history.unanswered()).hasSize(1));
    }

    @Test
    void aPageForPeopleBehindTheFormEndsTheRunAndIsNoAttemptWithoutAVerdict() {
        post();
        PortalException trouble =
                failure(() -> html(200, "<title>Terms of use</title><form><input name=agree></form>"));
        assertThat(trouble.kind()).isEqualTo(Kind.HUMAN_NEEDED);
        assertThat(trouble).isNotInstanceOf(PortalUnavailableException.class).hasMessageContaining("Terms of use");
        assertThat(memory.histories).containsValue(LoginHistory.NOTHING);
    }

    /** Since Java 19 a letter with an accent is the end of no word, unless that is asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"Account locked", "Compte verrouillé", "Accès désactivé pour aujourd'hui"})
    void aPageThatSpeaksOfALockedAccountIsARefusal(String title) {
        post();
        assertThat(failure(() -> html(200, "<title>" + title + "</title>")).kind())
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void whoseAccountIsLoggingInElsewhereWaitsWithoutUsingUpItsPatience() {
        LoginHistory elsewhere = new LoginHistory(
                null, null, List.of(), Clock.systemUTC().instant().plusSeconds(60));
        memory.update("prenom.nom https://cas.example", history -> elsewhere);
        for (int i = 0; i < 20; i++) {
            PortalException busy = failure(this::post);
            session.failed(busy);
            assertThat(session.getPause()).isEqualTo(10);
        }
        memory.update("prenom.nom https://cas.example", history -> LoginHistory.NOTHING);

        post();

        assertThat(session.getRequest().method()).isEqualTo("POST");
    }

    @Test
    void theAttemptIsRecordedBeforeThePasswordIsSent() {
        post();
        assertThat(memory.histories.values())
                .singleElement()
                .satisfies(history -> assertThat(history.underWay()).isNotNull());
    }

    @Test
    void aTicketMeansAcceptedAndClearsTheHistory() {
        memory.update(
                "prenom.nom https://cas.example",
                history -> new LoginHistory(
                        "old:hash", Clock.systemUTC().instant().minusSeconds(90_000), List.of(), null));
        post();
        redirect("https://edt.example/signin-cas?state=x&ticket=ST-1");
        assertThat(memory.histories.values()).containsExactly(LoginHistory.NOTHING);
    }

    @Test
    void aServiceThatIsNotRegisteredIsExplained() {
        toTheForm();
        PortalException refused = failure(() -> html(403, "<p>Application Not Authorized to Use CAS"));
        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused).hasMessageContaining("moncampus_url");
        assertThat(memory.histories).isEmpty();
    }

    @Test
    void usedTicketsAreTakenOffTheAddressOfTheTimetable() {
        String home = "https://edt.example" + session.getRequest().path() + "?"
                + session.getRequest().address().getRawQuery();
        redirect("https://cas.example/cas/login?service=x");
        redirect(home + "&ticket=ST-1");
        assertThat(session.getRequest().address().getRawQuery()).endsWith("&ticket=ST-1");
        redirect("https://cas.example/cas/login?service=y");
        redirect(home + "&ticket=ST-1&ticket=ST-2");
        assertThat(session.getRequest().address().getRawQuery()).endsWith(".000Z&ticket=ST-2");
        redirect(home + "&ticket=ST-2");
        assertThat(session.getRequest().address().getRawQuery()).doesNotContain("ticket");
        json();
        assertThat(session.getTimetable()).isNotNull();
    }

    @Test
    void aTimetableOfOtherDaysIsNotBelieved() {
        redirect("/Home/Get?dateDebut=2020-01-01T00:00:00.000Z&dateFin=2020-01-02T00:00:00.000Z");
        json();
        assertThat(session.isGoing()).isTrue();
        assertThat(session.getRequest().address().getRawQuery()).contains("2026-08-31");
        json();
        assertThat(session.isGoing()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://edt.example/Home/Get",
                "https://edt.example:444/",
                "https://edt.example.evil.org/",
                "//evil.org/cas/login",
                "https://edt.example@evil.org/",
                "ftp://edt.example/",
                "javascript:alert(1)",
                "https:\\\\evil.org",
                "HTTPS://cas.example.evil.org"
            })
    void onlyTheTwoOriginsAreEverAsked(String location) {
        assertThat(failure(() -> redirect(location)).kind()).isEqualTo(Kind.UNSAFE);
    }

    @ParameterizedTest
    @CsvSource({
        "https://EDT.example:443/a, https://EDT.example:443/a",
        "//cas.example/b, https://cas.example/b",
        "/é {x}|y?q=a b, https://edt.example/%C3%A9%20%7Bx%7D%7Cy?q=a%20b",
        "?x=1, https://edt.example/Home/Get?x=1",
        "/\\evil.org/, https://edt.example/%5Cevil.org/",
        "https://user:pw@cas.example/b#f, https://cas.example/b",
        "/100%, https://edt.example/100%25"
    })
    void redirectsAreResolvedAsBrowsersDo(String location, String address) {
        redirect(location);
        assertThat(session.getRequest().address()).hasToString(address);
    }

    @Test
    void aBaseElementCannotLeadTheFormAway() {
        toTheForm();
        assertThat(failure(() -> html(200, "<base href='https://evil.org/cas/'>" + StubPortal.FORM.formatted("")))
                        .kind())
                .isEqualTo(Kind.UNSAFE);
        assertThat(memory.histories).isEmpty();
    }

    @Test
    void aFormOutsideOfTheLoginPageGetsNoPassword() {
        redirect("https://cas.example/other");
        assertThat(failure(() -> html(200, StubPortal.FORM.formatted(""))).kind())
                .isEqualTo(Kind.UNSAFE);
        PortalSession other = openSession();
        other.answered(answer(302, "/login", null, ""));
        assertThat(failure(() -> {
                            other.answered(answer(200, null, "text/html", StubPortal.FORM.formatted("")));
                            other.answered(answer(200, null, "text/html", StubPortal.FORM.formatted("")));
                        })
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    private PortalSession openSession() {
        Login login = new Login(
                "prenom.nom",
                new Secret(PASSWORD),
                sites.login(),
                memory,
                Clock.systemUTC(),
                () -> turns.isEmpty() ? 0 : turns.poll());
        Window window = new Window(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 6, 30));
        return new PortalSession(
                sites,
                TimetableQuery.of(sites.timetable(), window),
                login,
                new BasicCookieStore(),
                new Backoff(3, 1),
                new LongAdder());
    }

    private void toTheForm() {
        redirect("https://cas.example/cas/login?service=https%3A%2F%2Fedt.example%2Fsignin-cas");
    }

    private void post() {
        toTheForm();
        html(200, StubPortal.FORM.formatted(""));
    }

    private void redirect(String location) {
        session.answered(answer(302, location, null, ""));
    }

    private void html(int status, String body) {
        session.answered(answer(status, null, "text/html;charset=UTF-8", body));
    }

    private void json() {
        session.answered(answer(200, null, "application/json", TIMETABLE));
    }

    private static Answer answer(int status, String location, String type, String body) {
        return new Answer(status, location, type, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static PortalException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable step) {
        return catchThrowableOfType(PortalException.class, step);
    }
}
