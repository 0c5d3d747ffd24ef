package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.moncampus.PortalException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One login attempt: a refused password is tried once, then once a day; and at most three logins a day stay without a verdict. Accounts get locked otherwise. */
final class LoginRules {
    private static final Duration DAY = Duration.ofHours(24);
    /** Longer than a request can take: a login that is older belongs to a process that has died. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(90);

    private static final int MAX_UNANSWERED = 3;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("dd/MM/yyyy 'à' HH:mm").withZone(ZoneId.of("Europe/Paris"));

    private LoginRules() {}

    /**
     * The history with the attempt in it, to be stored before the password is sent.
     *
     * @param same whether a stored fingerprint is that of the credentials at hand
     * @throws PortalException {@code BLOCKED} when no login is allowed now; {@link PortalUnavailableException} when another one is under way
     */
    static LoginHistory attempt(LoginHistory before, Predicate<String> same, Instant now) {
        LoginHistory history = notAhead(before, now);
        if (history.underWay() != null && recent(history.underWay(), now, UNDER_WAY)) {
            throw new LoginInProgressException();
        }
        List<Instant> unanswered = new ArrayList<>(
                history.unanswered().stream().filter(at -> recent(at, now, DAY)).toList());
        if (history.refused() != null) {
            Instant last = unanswered.stream()
                    .filter(at -> at.isAfter(history.refusedAt()))
                    .max(Instant::compareTo)
                    .orElse(history.refusedAt());
            if (recent(last, now, DAY) && same.test(history.refused())) {
                throw new PortalException(
                        Kind.BLOCKED,
                        "Connexion à MonCampus suspendue jusqu'au " + MOMENT.format(last.plus(DAY))
                                + " (heure de Paris) : ces identifiants ont été refusés le "
                                + MOMENT.format(history.refusedAt())
                                + ", et d'autres essais pourraient bloquer le compte. Corrigez moncampus_username ou moncampus_password : la connexion reprendra aussitôt.");
            }
        }
        if (unanswered.size() >= MAX_UNANSWERED) {
            Instant until = unanswered.get(unanswered.size() - MAX_UNANSWERED).plus(DAY);
            throw new PortalException(
                    Kind.BLOCKED,
                    "Connexion à MonCampus suspendue jusqu'au " + MOMENT.format(until)
                            + " (heure de Paris) : trois connexions en 24 heures sont restées sans réponse claire, et d'autres essais pourraient bloquer le compte. "
                            + "Essayez de vous connecter à MonCampus dans un navigateur ; l'outil réessaiera de lui-même.");
        }
        unanswered.add(now);
        return new LoginHistory(history.refused(), history.refusedAt(), unanswered, now);
    }

    /** The verdict on the attempt under way was bad. */
    static LoginHistory refused(LoginHistory history, String fingerprint, Instant now) {
        List<Instant> others = new ArrayList<>(history.unanswered());
        others.remove(history.underWay());
        return new LoginHistory(fingerprint, now, others, null);
    }

    /** The attempt under way led past the password to a page for people: it is no attempt without a verdict, and clears no refusal. */
    static LoginHistory passed(LoginHistory history) {
        List<Instant> others = new ArrayList<>(history.unanswered());
        others.remove(history.underWay());
        return new LoginHistory(history.refused(), history.refusedAt(), others, null);
    }

    /** The attempt under way ended without a verdict: it stays among the unanswered. */
    static LoginHistory unanswered(LoginHistory history) {
        return new LoginHistory(history.refused(), history.refusedAt(), history.unanswered(), null);
    }

    /**
     * An instant in the future was stored by a wrong clock and counts as now: a clock that was set back neither allows
     * an extra login nor blocks logins for longer than a day. The result is stored, so that this day begins only once.
     */
    static LoginHistory notAhead(LoginHistory history, Instant now) {
        return history.moved(at -> at.isAfter(now) ? now : at);
    }

    private static boolean recent(Instant at, Instant now, Duration time) {
        return at.isAfter(now.minus(time));
    }
}
