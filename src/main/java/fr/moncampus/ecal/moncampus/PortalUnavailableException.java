package fr.moncampus.ecal.moncampus;

/** A failure that may go away when asked again. Outside this package it means that all retries failed. */
public class PortalUnavailableException extends PortalException {
    private static final long serialVersionUID = 1L;

    public PortalUnavailableException(Kind kind, String message) {
        super(kind, message);
    }

    public PortalUnavailableException(String message) {
        this(Kind.UNAVAILABLE, message);
    }
}
