package fr.moncampus.ecal.ecal;

/** ECAL refused, or could not be read. The message is French, for the user, and holds nothing secret. */
public class EcalException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    /** @param status of the HTTP answer; 0 when there was none */
    public EcalException(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** ECAL may be asked again: 429, 5xx, or an answer that makes no sense. */
    public static final class Unavailable extends EcalException {
        private static final long serialVersionUID = 1L;
        private final String retryAfter;

        /** @param retryAfter the header as it came; null when there is none */
        public Unavailable(int status, String message, String retryAfter) {
            super(status, message);
            this.retryAfter = retryAfter;
        }

        public String retryAfter() {
            return retryAfter;
        }
    }
}
