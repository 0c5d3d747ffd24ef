package fr.moncampus.ecal.moncampus;

/** Trouble that asking again may cure: the only class that the route's retries look for. */
public final class PortalUnavailable extends PortalException {
    private static final long serialVersionUID = 1L;

    public PortalUnavailable(Kind kind, String message) {
        super(kind, message);
    }

    public PortalUnavailable(String message) {
        this(Kind.UNAVAILABLE, message);
    }
}
