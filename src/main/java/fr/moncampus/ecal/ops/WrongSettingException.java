package fr.moncampus.ecal.ops;

/** A variable of the environment that cannot be meant so. The message is French, for the user. */
final class WrongSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongSettingException(String message) {
        super(message);
    }
}
