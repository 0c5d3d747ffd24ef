package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.http.LocalTrouble;

/** The memory cannot be used. The message is French, for the user. */
public final class MemoryException extends RuntimeException implements LocalTrouble {
    private static final long serialVersionUID = 1L;

    MemoryException(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param reason a sentence in the user's words */
    static MemoryException unusable(String place, String reason, Exception e) {
        return new MemoryException(
                "La mémoire " + place + " ne peut pas être utilisée : " + reason
                        + " Rien n'a été changé dans le calendrier.",
                e);
    }

    /** @param reason a sentence in the user's words */
    static MemoryException failed(String reason, Exception e) {
        return new MemoryException(
                "La mémoire ne peut pas être lue ou écrite : " + reason
                        + " Ce qui n'a pas pu y être noté n'est pas envoyé.",
                e);
    }
}
