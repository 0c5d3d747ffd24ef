package fr.moncampus.ecal.moncampus;

/** NetworkFailure that asking again may cure. Outside of this package it means that asking again was tried, and did not cure it. */
public class PortalUnavailableException extends PortalException {
    private static final long serialVersionUID = 1L;

    public PortalUnavailableException(Kind kind, String message) {
        super(kind, message);
    }

    public PortalUnavailableException(String message) {
        this(Kind.UNAVAILABLE, message);
    }
}
