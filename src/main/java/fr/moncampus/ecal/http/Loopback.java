package fr.moncampus.ecal.http;

/** This machine, by the names that stand in addresses. */
final class Loopback {
    private Loopback() {}

    static boolean is(String host) {
        return host.matches("localhost|127(\\.\\d+){3}|\\[?::1]?");
    }
}
