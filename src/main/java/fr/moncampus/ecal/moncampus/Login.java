package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.config.Secret;
import fr.moncampus.ecal.moncampus.PortalException.Kind;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The logins of one run: the password is sent at most once, and the outcome is remembered. */
final class Login {
    private enum State {
        NOT_TRIED,
        AWAITING_VERDICT,
        ACCEPTED,
        FAILED
    }

    private final String username;
    private final Secret password;
    private final String account;
    private final LoginMemory memory;
    private final Clock clock;
    private final LongSupplier turns;
    /** One is enough, since the password is sent once at most. */
    private boolean hasTurn;

    private State state = State.NOT_TRIED;
    private RuntimeException memoryTrouble;

    /** @param turns gives the next turn to log in: milliseconds until then, negative when there is none */
    Login(String username, Secret password, URI cas, LoginMemory memory, Clock clock, LongSupplier turns) {
        this.username = username;
        this.password = password;
        // case and spaces count: a CAS refuses the wrong case, and who corrects it has changed the username
        this.account = username + " " + Sites.name(cas);
        this.memory = memory;
        this.clock = clock;
        this.turns = turns;
    }

    /**
     * Before the page that a login begins with is asked for: of all who log in, whoever they are, only so many do in a minute.
     *
     * @return milliseconds to wait before that
     */
    long awaitTurn() {
        if (hasTurn) {
            return 0;
        }
        long wait = turns.getAsLong();
        if (wait < 0) {
            throw new PortalException(
                    Kind.UNAVAILABLE,
                    "Trop de connexions à MonCampus attendent leur tour : celle-ci est laissée au prochain passage.");
        }
        hasTurn = true;
        return wait;
    }

    /** The filled form; from here on the attempt counts. */
    byte[] fill(LoginPage page) {
        Instant now = clock.instant();
        remember(history -> LoginRules.notAhead(history, now));
        remember(history ->
                LoginRules.attempt(history, refused -> Fingerprint.matches(refused, username, password), now));
        state = State.AWAITING_VERDICT;
        return page.filled(username, password);
    }

    boolean wasTried() {
        return state != State.NOT_TRIED;
    }

    boolean awaitsVerdict() {
        return state == State.AWAITING_VERDICT;
    }

    void accepted() {
        if (awaitsVerdict()) {
            state = State.ACCEPTED;
            remember(history -> LoginHistory.NOTHING);
        }
    }

    /** The form has been replaced by a page for people: the CAS shows it only after a correct password. */
    void acceptedByPage() {
        if (awaitsVerdict()) {
            state = State.ACCEPTED;
            remember(LoginRules::passed);
        }
    }

    /** @param panel the CAS' own words; null when it gave none */
    PortalException refused(String panel) {
        state = State.FAILED;
        String fingerprint = Fingerprint.of(username, password);
        Instant now = clock.instant();
        remember(history -> LoginRules.refused(history, fingerprint, now));
        return new PortalException(
                Kind.REFUSED,
                reason(panel == null ? "" : panel.toLowerCase(Locale.ROOT)) + quote(panel)
                        + " Cet outil ne réessaie pas avec ces identifiants avant demain, pour ne pas bloquer le compte.");
    }

    /** After a failure while waiting for the verdict there will be none: nothing is tried again in this run. */
    PortalException settle(PortalException trouble) {
        if (!awaitsVerdict()) {
            return trouble;
        }
        state = State.FAILED;
        remember(LoginRules::unanswered);
        return new PortalException(
                trouble.kind(),
                "La connexion à MonCampus est restée sans réponse claire, et n'est pas retentée pendant ce passage. "
                        + trouble.getMessage());
    }

    /**
     * Set when the memory failed: no password is sent unless the attempt was stored, and it is not the portal's fault.
     */
    RuntimeException memoryTrouble() {
        return memoryTrouble;
    }

    private void remember(UnaryOperator<LoginHistory> change) {
        try {
            memory.update(account, change);
        } catch (PortalException e) {
            throw e;
        } catch (RuntimeException e) {
            memoryTrouble = e;
            throw e;
        }
    }

    private String reason(String panel) {
        if (panel.contains("not recognized")) {
            return "MonCampus ne connaît pas ce compte : vérifiez moncampus_username (prénom.nom, majuscules et espaces compris).";
        }
        if (panel.contains("access denied") || panel.contains("privileges")) {
            return "Les identifiants sont justes, mais MonCampus refuse l'accès de ce compte à l'emploi du temps : demandez à votre école.";
        }
        if (panel.contains("required field")) {
            return "MonCampus a reçu un identifiant ou un mot de passe vide : renseignez moncampus_username et moncampus_password.";
        }
        if (panel.contains("locked") || panel.contains("disabled")) {
            return "Le compte MonCampus est bloqué ou désactivé : demandez à votre école.";
        }
        if (panel.contains("expired") || panel.contains("must change")) {
            return "Le mot de passe MonCampus a expiré : changez-le dans un navigateur, puis corrigez moncampus_password.";
        }
        return "MonCampus a refusé les identifiants : vérifiez moncampus_password (et moncampus_username).";
    }

    private String quote(String panel) {
        if (panel == null) {
            return "";
        }
        // a page may repeat what was typed
        String harmless = password.reveal().isBlank()
                ? panel
                : Pattern.compile(password.reveal(), Pattern.LITERAL | Pattern.CASE_INSENSITIVE)
                        .matcher(panel)
                        .replaceAll("***");
        return " MonCampus dit : « " + harmless + " ».";
    }
}
