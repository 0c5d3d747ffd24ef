package fr.moncampus.ecal.http;

/** Whether an exchange may still change anything where it asks. */
@FunctionalInterface
public interface Permit {
    /** The exchange property that holds it; without one, it may. */
    String PROPERTY = "permit";

    /** Asked before each request that may change something. Throws what is to end the exchange. */
    void check();
}
