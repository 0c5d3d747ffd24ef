package fr.moncampus.ecal.memory;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The processes that run the scheduler together, and which jobs each of them knows. Who has lost its lock is gone. */
public final class Nodes implements AutoCloseable {
    /** Stands for all jobs: of a process that is starting nobody knows yet which it has. */
    private static final String ANY = "*";

    private final Database database;
    private final String id;
    private HeldLock lock;

    /** @param id of this process, which no other ever had */
    public Nodes(Database database, String id) {
        this.database = database;
        this.id = id;
    }

    /** Before this process adds its jobs: until it has joined, nobody takes any of them for one that is not known. */
    public void announce() {
        join(Set.of(ANY));
    }

    /** @return those of the jobs that no other knows */
    public Set<String> join(Collection<String> jobs) {
        hold();
        Set<String> mine = new HashSet<>(jobs);
        database.transaction("nodes", () -> {
            mine.removeAll(others());
            database.update("DELETE FROM node WHERE id = ?", id);
            database.update("INSERT INTO node (id, configs) VALUES (?, ?)", id, Json.write(List.copyOf(jobs)));
        });
        return mine;
    }

    /** @return those of the jobs that no process knows any more; a pause, or a cut line, does not end the membership of this one */
    public Set<String> unknown(Collection<String> jobs, Collection<String> known) {
        join(known);
        Set<String> unknown = new HashSet<>(jobs);
        unknown.removeAll(known);
        database.transaction("nodes", () -> {
            Set<String> others = others();
            unknown.removeAll(others.contains(ANY) ? jobs : others);
        });
        return unknown;
    }

    /** How many are there, those that are just starting included; who has died counts until somebody joins anew. */
    public int count() {
        return database.query("SELECT count(*) FROM node", row -> row.getInt(1)).get(0);
    }

    private void hold() {
        if (lock != null) {
            try {
                lock.check();
                return;
            } catch (MemoryException e) {
                lock.close();
            }
        }
        lock = database.locks().tryTake(lockName(id));
    }

    private Set<String> others() {
        Set<String> jobs = new HashSet<>();
        database.query("SELECT id, configs FROM node", row -> new String[] {row.getString(1), row.getString(2)})
                .forEach(node -> {
                    if (node[0].equals(id)) {
                        return;
                    }
                    if (isGone(node[0])) {
                        database.update("DELETE FROM node WHERE id = ?", node[0]);
                    } else {
                        jobs.addAll(List.of(Json.read(node[1], String[].class)));
                    }
                });
        return jobs;
    }

    /** Its lock is to be had; it is given back with the transaction. */
    private boolean isGone(String node) {
        return database.query(
                        "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))",
                        row -> row.getBoolean(1),
                        lockName(node))
                .get(0);
    }

    private static String lockName(String node) {
        return "node " + node;
    }

    @Override
    public void close() {
        database.update("DELETE FROM node WHERE id = ?", id);
        if (lock != null) {
            lock.close();
        }
    }
}
