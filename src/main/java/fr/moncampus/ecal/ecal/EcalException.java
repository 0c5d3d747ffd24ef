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
}
