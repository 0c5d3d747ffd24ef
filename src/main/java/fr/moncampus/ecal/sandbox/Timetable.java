package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A student's timetable, and everything the school can do to it. */
public final class Timetable {

    /** @param raw rows that are no sessions, in every answer whatever its dates */
    record Snapshot(List<Session> sessions, List<JsonNode> raw) {}

    private volatile Snapshot now;
    private volatile Snapshot yesterday;

    Timetable(List<Session> sessions) {
        now = new Snapshot(List.copyOf(sessions), List.of());
        yesterday = now;
    }

    public List<Session> sessions() {
        return now.sessions();
    }

    public Session find(long noCours) {
        return sessions().stream()
                .filter(each -> Objects.equals(each.noCours(), noCours))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no session " + noCours));
    }

    /** Keeps what stands now for a later fault "yesterday's answer"; until then that is what stood at the start. */
    public synchronized void endOfDay() {
        yesterday = now;
    }

    public void move(long noCours, LocalDateTime newStart) {
        change(noCours, session -> session.at(newStart));
    }

    public void changeRoom(long noCours, String room) {
        change(noCours, session -> session.in(room));
    }

    public void changeTeacher(long noCours, String teacher) {
        change(noCours, session -> session.by(teacher));
    }

    public void rename(long noCours, String name) {
        change(noCours, session -> session.named(name));
    }

    public void renumber(long noCours, long newNumber) {
        change(noCours, session -> session.numbered(newNumber));
    }

    public void dropNumber(long noCours) {
        change(noCours, session -> session.numbered(null));
    }

    public synchronized void cancel(long noCours) {
        Session gone = find(noCours);
        List<Session> left = new ArrayList<>(sessions());
        left.remove(gone);
        replaceAll(left);
    }

    public synchronized void add(Session session) {
        List<Session> more = new ArrayList<>(sessions());
        more.add(session);
        replaceAll(more);
    }

    /** The same row once more. */
    public void duplicate(long noCours) {
        add(find(noCours));
    }

    /** Any JSON as a row; throws IllegalArgumentException when it is none. */
    public synchronized void addRaw(String json) {
        List<JsonNode> more = new ArrayList<>(now.raw());
        more.add(Json.parse(json));
        now = new Snapshot(now.sessions(), List.copyOf(more));
    }

    public synchronized void removeRaw() {
        now = new Snapshot(now.sessions(), List.of());
    }

    public synchronized void replaceAll(List<Session> sessions) {
        now = new Snapshot(List.copyOf(sessions), now.raw());
    }

    Snapshot snapshot(boolean fromYesterday) {
        return fromYesterday ? yesterday : now;
    }

    /** Every session of that number; throws NoSuchElementException when there is none. */
    private synchronized void change(long noCours, UnaryOperator<Session> how) {
        find(noCours);
        replaceAll(sessions().stream()
                .map(each -> Objects.equals(each.noCours(), noCours) ? how.apply(each) : each)
                .toList());
    }
}
