package fr.moncampus.ecal.sandbox;

import java.time.Clock;
import java.util.List;

/**
 * How a sandbox starts.
 *
 * @param port      0 for free ports
 * @param onePort   whether all servers share a port, or each is an origin of its own
 * @param sessions  the first student's timetable; null for a believable term around today
 * @param apiKey    of the ECAL account
 * @param logLimit  requests that the log keeps
 * @param openAdmin whether {@code /_sandbox/} answers others than this machine
 */
public record Options(
        String host,
        int port,
        boolean onePort,
        Clock clock,
        String username,
        String password,
        List<Session> sessions,
        String apiKey,
        String apiSecret,
        int logLimit,
        boolean openAdmin) {

    public static Options standard() {
        return new Options(
                "127.0.0.1",
                0,
                false,
                Clock.systemUTC(),
                "camille.martin",
                "Bac-a-sable-2026!",
                null,
                "sandbox-key",
                "sandbox-secret",
                50_000,
                false);
    }

    /** A port that is given is shared by all servers. */
    public Options on(String newHost, int newPort) {
        return new Options(
                newHost,
                newPort,
                newPort != 0,
                clock,
                username,
                password,
                sessions,
                apiKey,
                apiSecret,
                logLimit,
                openAdmin);
    }

    public Options onOnePort() {
        return new Options(
                host, port, true, clock, username, password, sessions, apiKey, apiSecret, logLimit, openAdmin);
    }

    public Options at(Clock newClock) {
        return new Options(
                host, port, onePort, newClock, username, password, sessions, apiKey, apiSecret, logLimit, openAdmin);
    }

    public Options student(String newUsername, String newPassword) {
        return new Options(
                host, port, onePort, clock, newUsername, newPassword, sessions, apiKey, apiSecret, logLimit, openAdmin);
    }

    public Options sessions(List<Session> newSessions) {
        return new Options(
                host, port, onePort, clock, username, password, newSessions, apiKey, apiSecret, logLimit, openAdmin);
    }

    public Options key(String newKey, String newSecret) {
        return new Options(
                host, port, onePort, clock, username, password, sessions, newKey, newSecret, logLimit, openAdmin);
    }

    public Options logLimit(int requests) {
        return new Options(
                host, port, onePort, clock, username, password, sessions, apiKey, apiSecret, requests, openAdmin);
    }

    public Options openAdmin(boolean open) {
        return new Options(host, port, onePort, clock, username, password, sessions, apiKey, apiSecret, logLimit, open);
    }

    /** Without the password and the secret. */
    @Override
    public String toString() {
        return "Options[" + host + ":" + port + ", " + username + "]";
    }
}
