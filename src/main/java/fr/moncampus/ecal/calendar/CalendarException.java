package fr.moncampus.ecal.calendar;

/** The calendar's service refused, or could not be read. It ends a run with exit code 4. The message is French, for the user, and holds nothing secret. */
public class CalendarException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    /** @param status of the HTTP answer; 0 when there was none */
    public CalendarException(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
