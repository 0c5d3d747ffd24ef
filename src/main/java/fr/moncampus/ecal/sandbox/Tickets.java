package fr.moncampus.ecal.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What CAS grants: a cookie (TGC) for the person, and tickets that each open one service once. */
final class Tickets {

    private record Grant(String username, String userAgent, Instant ends) {}

    private record Ticket(String username, String service, Instant ends) {}

    private static final Duration GRANT = Duration.ofHours(8);
    private static final Duration TICKET = Duration.ofSeconds(10);
    private final Clock clock;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();

    Tickets(Clock clock) {
        this.clock = clock;
    }

    /** The TGC's value. */
    String grant(String username, String userAgent) {
        String value = "TGT-" + count.incrementAndGet() + "-" + UUID.randomUUID();
        Instant ends = clock.instant().plus(GRANT);
        grants.put(value, new Grant(username, userAgent, ends));
        return value;
    }

    /** Whom the TGC belongs to; null when it is unknown, expired, or comes from another User-Agent. */
    String holder(String value, String userAgent) {
        Grant grant = value == null ? null : grants.get(value);
        boolean alive = grant != null
                && grant.userAgent().equals(userAgent)
                && clock.instant().isBefore(grant.ends());
        return alive ? grant.username() : null;
    }

    String issue(String username, String service) {
        String value = "ST-" + count.incrementAndGet() + "-" + UUID.randomUUID() + "-cas-p";
        Instant ends = clock.instant().plus(TICKET);
        tickets.put(value, new Ticket(username, service, ends));
        return value;
    }

    /** Whom a ticket was issued to; null when it is spent, expired, or for another service. */
    String redeem(String value, String service) {
        Ticket ticket = value == null ? null : tickets.remove(value);
        boolean good = ticket != null
                && ticket.service().equals(service)
                && clock.instant().isBefore(ticket.ends());
        return good ? ticket.username() : null;
    }

    void forgetGrants() {
        grants.clear();
    }
}
