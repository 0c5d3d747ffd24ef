package fr.moncampus.ecal.run;

/** A run cannot go on for a reason of our own. The message is French, for the user. */
public final class RunException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Kind kind;

    public enum Kind {
        LOCK("lock"),
        APPROVAL("approval"),
        INTERNAL("internal"),
        INTERRUPTED("interrupted");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    public RunException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
