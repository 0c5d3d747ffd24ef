package fr.moncampus.ecal.config;

/** A mistake in a text, before it is known in which file it stands. Both sentences are French and hold no secret. */
final class InvalidFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String fix;
    private final int line;
    private final int column;

    /** A mistake in a value whose place the caller knows. */
    InvalidFileException(String message, String fix) {
        this(Position.START, message, fix);
    }

    InvalidFileException(Position at, String message, String fix) {
        super(message);
        this.fix = fix;
        this.line = at.line();
        this.column = at.column();
    }

    /** The same, with the key whose value it is about. */
    InvalidFileException in(String key) {
        String message = getMessage();
        return message.contains(key) ? this : new InvalidFileException(at(), "« " + key + " » : " + message, fix);
    }

    String fix() {
        return fix;
    }

    Position at() {
        return new Position(line, column);
    }
}
