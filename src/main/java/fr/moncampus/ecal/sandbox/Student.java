package fr.moncampus.ecal.sandbox;

import java.util.List;

/** An account at the school. */
public final class Student {
    private final String username;
    private final Timetable timetable;
    private volatile String password;
    private volatile boolean denied;
    private int failures;

    Student(String username, String password, List<Session> sessions) {
        this.username = username;
        this.password = password;
        this.timetable = new Timetable(sessions);
    }

    public String username() {
        return username;
    }

    public String password() {
        return password;
    }

    public Timetable timetable() {
        return timetable;
    }

    /** Also unlocks the account. */
    public synchronized void changePassword(String newPassword) {
        password = newPassword;
        failures = 0;
    }

    /** Whether the service refuses this person although the password is right. */
    public void deny(boolean refuse) {
        denied = refuse;
    }

    boolean isDenied() {
        return denied;
    }

    synchronized boolean isLocked(int after) {
        return after > 0 && failures >= after;
    }

    synchronized boolean tries(String candidate) {
        boolean right = password.equals(candidate);
        failures = right ? 0 : failures + 1;
        return right;
    }
}
