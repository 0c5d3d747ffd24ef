package fr.moncampus.ecal.calendar;

/** The service may be asked again: 429, 5xx, or an answer that makes no sense. */
public final class CalendarUnavailableException extends CalendarException {
    private static final long serialVersionUID = 1L;
    private final String retryAfter;

    /** @param retryAfter the header as it came; null when there is none */
    public CalendarUnavailableException(int status, String message, String retryAfter) {
        super(status, message);
        this.retryAfter = retryAfter;
    }

    public String retryAfter() {
        return retryAfter;
    }
}
