package fr.moncampus.ecal.moncampus;

/** The next request waits for its turn; it is no failure. */
final class TurnException extends PortalUnavailableException {
    private static final long serialVersionUID = 1L;
    private final long wait;

    /** @param wait milliseconds */
    TurnException(long wait) {
        super("Cette connexion à MonCampus attend son tour.");
        this.wait = wait;
    }

    long millis() {
        return wait;
    }
}
