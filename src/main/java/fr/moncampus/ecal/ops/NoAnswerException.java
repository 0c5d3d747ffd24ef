package fr.moncampus.ecal.ops;

/** A dialogue that ends without what it asked for; the message is French and says why. */
final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    NoAnswerException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
