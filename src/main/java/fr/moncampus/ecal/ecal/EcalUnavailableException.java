package fr.moncampus.ecal.ecal;

/** ECAL may be asked again: 429, 5xx, or an answer that makes no sense. */
public final class EcalUnavailableException extends EcalException {
    private static final long serialVersionUID = 1L;
    private final String retryAfter;

    /** @param retryAfter the header as it came; null when there is none */
    public EcalUnavailableException(int status, String message, String retryAfter) {
        super(status, message);
        this.retryAfter = retryAfter;
    }

    public String retryAfter() {
        return retryAfter;
    }
}
