package fr.moncampus.ecal.moncampus;

/** Trouble that asking again may cure. Outside of this package it means that asking again was tried, and did not cure it. */
public class PortalUnavailable extends PortalException {
    private static final long serialVersionUID = 1L;

    public PortalUnavailable(Kind kind, String message) {
        super(kind, message);
    }

    public PortalUnavailable(String message) {
        this(Kind.UNAVAILABLE, message);
    }
}
