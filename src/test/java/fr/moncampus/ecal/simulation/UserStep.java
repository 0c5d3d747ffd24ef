package fr.moncampus.ecal.simulation;

/** A step that a user has put between ours. */
@FunctionalInterface
interface UserStep {
    UserStep NONE = unread -> false;

    /**
     * @param unread whether the timetable has come and nothing of ours has looked at it yet
     * @return whether the exchange ends here
     */
    boolean stops(boolean unread);

    /** What it throws. */
    final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken() {
            super("une étape de l'utilisateur a échoué", null, false, false);
        }
    }
}
