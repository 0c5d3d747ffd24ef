package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.http.NetworkFailure;
import fr.moncampus.ecal.http.Transport;
import fr.moncampus.ecal.timetable.SourceException;
import java.net.URI;

/**
 * MonCampus could not be read. Every kind ends the run with exit code 3. The message is French, says what to do, and holds neither a secret
 * nor an address with a query; there is no cause, since the messages of HTTP libraries quote whole addresses, tickets included.
 */
public class PortalException extends SourceException {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** The portal says no to this person: password, account, privileges. */
        REFUSED,
        /** The rule of the one login attempt allows no login now. */
        BLOCKED,
        /** Somebody has to look at the page in a browser: an expired password, terms of use. */
        HUMAN_NEEDED,
        /** No usable answer: errors, cut lines, redirects that lead nowhere. */
        UNAVAILABLE,
        /** An answer that is no complete timetable. */
        UNREADABLE,
        /** The portal leads to a place where the password, or even a request, must not go. */
        UNSAFE
    }

    private final Kind kind;

    public PortalException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** A request that brought no answer: the next one may, unless it was far too long for a timetable. */
    static PortalException unanswered(Throwable failure, URI address) {
        String message = NetworkFailure.describe(Sites.name(address), failure);
        return failure instanceof Transport.LimitException
                ? new PortalException(Kind.UNREADABLE, message)
                : new PortalUnavailableException(message + " L'outil réessaiera de lui-même.");
    }
}
