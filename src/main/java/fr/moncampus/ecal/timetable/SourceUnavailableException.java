package fr.moncampus.ecal.timetable;

/** The source may be asked again at once: the retries of {@code routes/errors.camel.yaml} do. */
public class SourceUnavailableException extends SourceException {
    private static final long serialVersionUID = 1L;

    private final String retryAfter;

    /** @param retryAfter the header as it came; null when there is none */
    public SourceUnavailableException(String message, String retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public String retryAfter() {
        return retryAfter;
    }
}
