package fr.moncampus.ecal.http;

/** Where several processes keep what they spare a host together. */
public interface LimitStore {
    /** @return null while others have all of the places */
    Place place(String host, int places);

    /** Milliseconds for which nobody asks the host; 0 or less for none. */
    long pause(String host);

    /** From now on nobody asks the host for so long. */
    void pause(String host, long millis);

    /** @return milliseconds until the turn; negative when there is none */
    long turn(String host, Pace pace);

    /** One of the requests that a host gets at once. */
    @FunctionalInterface
    interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
