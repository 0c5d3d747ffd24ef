package fr.moncampus.ecal.watch;

/** One configuration in JMX. Times are ISO 8601 with offset, null for never; counts are those of the last run. */
public interface ConfigurationMXBean {
    String getName();

    String getState();

    String getLastRun();

    String getLastSuccess();

    String getNextRun();

    /** Null when the last run reached its end. */
    String getLastError();

    int getCreated();

    int getUpdated();

    int getDeleted();

    int getUnchanged();

    int getFailed();

    int getUnconfirmed();

    int getRequests();

    int getWaiting();

    int getHeld();

    /** What waits and what is held, and why. */
    String[] getKept();

    /** Lines of the error file. */
    String[] getErrorsOfLastDay();

    /** One run now. Returns when it is over. */
    String syncNow();

    /** What a run would do now; nothing is written. */
    String planNow();
}
