package fr.moncampus.ecal.memory;

/** The memory cannot be used. The message is French, for the user. */
public final class MemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
