package fr.moncampus.ecal.timetable;

/**
 * A source could not be read, or what it gave is no complete timetable. It ends the run with exit code 3. The message is French, says what to do,
 * and holds nothing secret; there is no cause, since the messages of libraries quote addresses and what they have read.
 */
public class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }
}
