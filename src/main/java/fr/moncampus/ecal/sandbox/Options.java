package fr.moncampus.ecal.sandbox;

import java.time.Clock;
import java.util.List;

/**
 * How a sandbox starts.
 *
 * @param port      0 gives every server a free port of its own; any other serves all of them on that one
 * @param sessions  the first student's timetable; null for a believable term around today
 * @param apiKey    of the ECAL account
 * @param logLimit  requests that the log keeps
 * @param openAdmin whether {@code /_sandbox/} answers others than this machine
 */
public record Options(String host, int port, Clock clock, String username, String password, List<Session> sessions,
                      String apiKey, String apiSecret, int logLimit, boolean openAdmin) {

    public static Options standard() {
        return new Options("127.0.0.1", 0, Clock.systemUTC(), "camille.martin", "Bac-a-sable-2026!", null,
                "sandbox-key", "sandbox-secret", 50_000, false);
    }

    public Options on(String newHost, int newPort) {
        return new Options(newHost, newPort, clock, username, password, sessions, apiKey, apiSecret, logLimit, openAdmin);
    }

    public Options at(Clock newClock) {
        return new Options(host, port, newClock, username, password, sessions, apiKey, apiSecret, logLimit, openAdmin);
    }

    public Options student(String newUsername, String newPassword) {
        return new Options(host, port, clock, newUsername, newPassword, sessions, apiKey, apiSecret, logLimit, openAdmin);
    }

    public Options sessions(List<Session> newSessions) {
        return new Options(host, port, clock, username, password, newSessions, apiKey, apiSecret, logLimit, openAdmin);
    }

    public Options key(String newKey, String newSecret) {
        return new Options(host, port, clock, username, password, sessions, newKey, newSecret, logLimit, openAdmin);
    }

    public Options logLimit(int requests) {
        return new Options(host, port, clock, username, password, sessions, apiKey, apiSecret, requests, openAdmin);
    }

    public Options openAdmin(boolean open) {
        return new Options(host, port, clock, username, password, sessions, apiKey, apiSecret, logLimit, open);
    }

    /** Without the password and the secret. */
    @Override
    public String toString() {
        return "Options[" + host + ":" + port + ", " + username + "]";
    }
}
