package fr.moncampus.ecal.sandbox;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was asked, in order, and how many requests stood open at once. Passwords and keys are in it: it is there to be
 * searched for them.
 */
public final class RequestLog {

    /** @param status what was answered; 0 when the connection was cut, or while it is being answered */
    public record Entry(long number, Request request, int status) {}

    /** @param mostAtOnce requests that stood open at the same time */
    public record Counter(long total, int mostAtOnce) {}

    private final int limit;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final Map<Server, Integer> open = new EnumMap<>(Server.class);
    private final Map<Server, Counter> counters = new EnumMap<>(Server.class);
    private long last;
    private Instant first;

    /** @param limit only the latest so many are kept; the counters count all */
    RequestLog(int limit) {
        this.limit = limit;
    }

    /** The number to {@link #close} it by. */
    synchronized long open(Request request) {
        if (first == null) {
            first = Instant.now();
        }
        int now = open.merge(request.server(), 1, Integer::sum);
        Counter before = counter(request.server());
        counters.put(request.server(), new Counter(before.total() + 1, Math.max(before.mostAtOnce(), now)));
        entries.put(++last, new Entry(last, request, 0));
        if (entries.size() > limit) {
            entries.pollFirstEntry();
        }
        return last;
    }

    synchronized void close(long number, Server server, int status) {
        open.merge(server, -1, Integer::sum);
        entries.computeIfPresent(number, (key, entry) -> new Entry(number, entry.request(), status));
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    public List<Request> requests() {
        return entries().stream().map(Entry::request).toList();
    }

    /** Those to one host, of any of the methods, or of all when none is named. */
    public List<Request> requests(Server server, String... methods) {
        return requests().stream()
                .filter(request -> request.server() == server)
                .filter(request -> methods.length == 0 || Arrays.asList(methods).contains(request.method()))
                .toList();
    }

    public synchronized Counter counter(Server server) {
        return counters.getOrDefault(server, new Counter(0, 0));
    }

    public synchronized long total() {
        return counters.values().stream().mapToLong(Counter::total).sum();
    }

    /** When the first request came, by the machine's own clock; null when there was none since the log was cleared. */
    public synchronized Instant first() {
        return first;
    }

    public synchronized void clear() {
        first = null;
        entries.clear();
        counters.clear();
    }
}
