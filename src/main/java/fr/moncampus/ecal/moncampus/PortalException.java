package fr.moncampus.ecal.moncampus;

/**
 * MonCampus could not be read. Every kind ends the run with exit code 3. The message is French, says what to do, and holds neither a secret
 * nor an address with a query; there is no cause, since the messages of HTTP libraries quote whole addresses, tickets included.
 */
public class PortalException extends RuntimeException {
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
}
