package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Written;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The idempotent repository of one owner (settling), and the journal: an entry is made before the request and taken back (for what
 * it replaced) only when the request surely failed, so that a crash can delay a change by {@code settle} and never doubles it.
 * What an entry becomes is decided by {@link Written}. The exchange's property {@code write} holds the change, since a key alone
 * could not say what was sent.
 */
public final class WrittenRepository extends ServiceSupport implements IdempotentRepository {
    public static final String WRITE = "write";
    private static final String REPLACED = "writtenBefore";
    private static final String BEGUN = "writtenBegun";
    private final Database database;
    private final WrittenTable table;
    private final String owner;
    private final Journal journal;
    private final Duration settle;
    private final Clock clock;
    /** References whose event turned out to be gone, in this run. */
    private final Set<String> gone = ConcurrentHashMap.newKeySet();

    private String run;

    public WrittenRepository(Database database, String owner, Duration settle, Journal journal, Clock clock) {
        this.database = database;
        this.table = new WrittenTable(database, owner);
        this.owner = owner;
        this.settle = settle;
        this.journal = journal;
        this.clock = clock;
    }

    /** True when an earlier run wrote this reference: if ECAL reports a conflict, the event is our own. */
    public boolean knows(String reference) {
        return table.find(reference) != null;
    }

    @Override
    public boolean add(Exchange exchange, String key) {
        Write write = write(exchange);
        Change change = change(write);
        if (isLastOfItsReference(exchange, change)) {
            return false;
        }
        boolean[] isNew = {true};
        // before the transaction: if the clock has jumped, the entries are moved with it first
        Instant now = now();
        // the journal numbers the writes of a run one after the other
        database.transaction("owner " + owner, () -> {
            Written old = table.find(WrittenTable.slot(change));
            if (old != null && old.covers(change.event(), now, settle)) {
                isNew[0] = false;
                return;
            }
            Written begun = Written.begun(old, change, now);
            exchange.setProperty(REPLACED, old);
            exchange.setProperty(BEGUN, begun);
            table.put(begun);
            journal.begin(exchange, write, now.toEpochMilli());
            write.onMissed(event -> foundGone(WrittenTable.slot(change), event));
        });
        return isNew[0];
    }

    /** A copy whose first turned out to be gone in this very run, which may even have gone on with it: the next listing tells. */
    private synchronized boolean isLastOfItsReference(Exchange exchange, Change change) {
        String current = exchange.getProperty(Journal.RUN_ID, String.class);
        if (!Objects.equals(run, current)) {
            run = current;
            gone.clear();
        }
        return change.kind() == Change.Kind.DELETE
                && gone.contains(change.event().reference());
    }

    /**
     * Before the create that follows is sent: a process that dies then must know that the event which a late listing still shows is not what was
     * created, and that this is no copy.
     */
    private void foundGone(String slot, CalendarEvent event) {
        gone.add(event.reference());
        database.transaction("owner " + owner, () -> {
            Written begun = table.find(slot);
            if (begun != null) {
                table.put(begun.foundGone(event));
                table.replace(slot, begun.asCreate());
            }
        });
    }

    /** It is there after all, or nothing was created in its place. */
    private void forgetThatItIsGone(Written begun) {
        table.replace(WrittenTable.slot(Change.delete(begun.event())), null);
    }

    @Override
    public boolean confirm(Exchange exchange, String key) {
        Write write = write(exchange);
        if (write.outcome() == null) {
            return remove(exchange, key); // a step added by the user skipped the write
        }
        Instant now = now();
        database.transaction("owner " + owner, () -> {
            journal.end(exchange, write);
            Written begun = begun(exchange, key);
            if (write.outcome() == Write.Outcome.DELETED) {
                if (begun != null) {
                    table.put(begun.done());
                }
                forget(write.event());
            } else if (begun != null) {
                if (write.isBack()) {
                    forgetThatItIsGone(begun);
                }
                table.replace(slot(key), begun.ended(replaced(exchange, begun), change(write), write.outcome(), now));
            }
        });
        return true;
    }

    private void forget(CalendarEvent deleted) {
        Written last = table.find(deleted.reference());
        if (last != null) {
            table.put(last.deleted(deleted));
        }
        database.update("DELETE FROM seen WHERE owner = ? AND id = ?", owner, deleted.id());
        database.update("DELETE FROM absence WHERE owner = ? AND id = ?", owner, deleted.id());
    }

    @Override
    public boolean remove(Exchange exchange, String key) {
        Write write = write(exchange);
        database.transaction("owner " + owner, () -> {
            journal.end(exchange, write);
            Written begun = begun(exchange, key);
            boolean instead = write.gone() != null && write.mayHaveHappened();
            if (begun != null && !instead) {
                if (write.hasMissed()) {
                    forgetThatItIsGone(begun);
                }
                Written left = begun.failed(replaced(exchange, begun), write.mayHaveHappened());
                boolean doubtful = left != null && left != begun && write.isUnanswered();
                table.replace(slot(key), doubtful ? left.doubted() : left);
            }
        });
        return true;
    }

    /** The key of a change: where it is remembered, and what it says. */
    public static String key(Write write) {
        Change change = change(write);
        return WrittenTable.slot(change) + "#"
                + Integer.toHexString(Objects.hash(change.kind().name(), change.event()));
    }

    private static String slot(String key) {
        return key.substring(0, key.lastIndexOf('#'));
    }

    private static Write write(Exchange exchange) {
        return exchange.getProperty(WRITE, Write.class);
    }

    /** As it was noted, whatever has been learned since. It was moved when the clock jumped meanwhile. Null when it is there no more. */
    private Written begun(Exchange exchange, String key) {
        Written there = table.find(slot(key));
        Written noted = there == null ? null : moved(exchange, BEGUN, there);
        return noted == null ? there : noted;
    }

    /** It was not there to be moved when the clock jumped meanwhile; what took its place was. */
    private static Written replaced(Exchange exchange, Written begun) {
        return moved(exchange, REPLACED, begun);
    }

    private static Written moved(Exchange exchange, String property, Written there) {
        Written noted = exchange.getProperty(property, Written.class);
        return noted == null
                ? null
                : noted.moved(Duration.between(
                        exchange.getProperty(BEGUN, Written.class).at(), there.at()));
    }

    private static Change change(Write write) {
        if (write.after() == null) {
            return Change.delete(write.before());
        }
        return write.before() == null ? Change.create(write.after()) : Change.update(write.before(), write.after());
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    @Override
    public void clear() {
        table.settle(Instant.EPOCH);
    }

    @Override
    public boolean add(String key) {
        throw needsExchange();
    }

    @Override
    public boolean contains(String key) {
        throw needsExchange();
    }

    @Override
    public boolean remove(String key) {
        throw needsExchange();
    }

    @Override
    public boolean confirm(String key) {
        throw needsExchange();
    }

    private static UnsupportedOperationException needsExchange() {
        return new UnsupportedOperationException("the change is needed, not only its key");
    }
}
