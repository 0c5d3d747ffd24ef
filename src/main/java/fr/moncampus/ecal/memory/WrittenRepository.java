package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.ecal.CalendarEvent;
import fr.moncampus.ecal.ecal.Write;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import fr.moncampus.ecal.sync.Spellings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The idempotent repository of one owner (settling), and the journal: an entry is made before the request and taken back (for what
 * it replaced) only when the request surely failed, so that a crash can delay a change by {@code settle} and never doubles it.
 * The exchange's property {@code write} holds the change, since a key alone could not say what was sent.
 */
public final class WrittenRepository extends ServiceSupport implements IdempotentRepository {
    public static final String WRITE = "write";
    private static final int UNANSWERED = 0;
    private static final int ANSWERED = 1;
    private static final int LISTED = 2;
    private static final String REPLACED = "writtenBefore";
    private final Database database;
    private final String owner;
    private final Journal journal;
    private final Duration settle;
    private final Clock clock;

    public WrittenRepository(Database database, String owner, Duration settle, Journal journal, Clock clock) {
        this.database = database;
        this.owner = owner;
        this.settle = settle;
        this.journal = journal;
        this.clock = clock;
    }

    /** True when an earlier run wrote this reference: should ECAL call it a conflict, the event is our own. */
    public boolean knows(String reference) {
        return !database.query("SELECT 1 FROM written WHERE owner = ? AND slot = ?", row -> true, owner, reference)
                .isEmpty();
    }

    @Override
    public boolean add(Exchange exchange, String key) {
        Write write = write(exchange);
        String event = Json.write(write.event());
        boolean[] isNew = {true};
        // before the transaction: should the clock have jumped, the entries move with it first
        long now = clock.millis();
        database.transaction(() -> {
            List<Entry> entries = database.query(
                    "SELECT kind, event, before, seen, at, settling, spelling FROM written WHERE owner = ? AND slot = ?",
                    row -> new Entry(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getLong(5),
                            row.getBoolean(6),
                            row.getInt(7)),
                    owner,
                    slot(write));
            Entry old = entries.isEmpty() ? null : entries.get(0);
            if (old != null && old.event().equals(event) && old.settling() && old.at() > now - settle.toMillis()) {
                isNew[0] = false;
                return;
            }
            exchange.setProperty(REPLACED, old);
            Spelling spelling = spelling(old, write);
            put(
                    slot(write),
                    new Entry(
                            kind(write),
                            event,
                            Json.write(spelling.before()),
                            Json.write(spelling.seen()),
                            now,
                            true,
                            UNANSWERED));
            journal.begin(exchange, write, now);
        });
        return isNew[0];
    }

    @Override
    public boolean confirm(Exchange exchange, String key) {
        Write write = write(exchange);
        if (write.outcome() == null) {
            return remove(exchange, key); // a step of the user's own went around the write
        }
        long now = clock.millis();
        database.transaction(() -> {
            journal.end(exchange, write);
            CalendarEvent event = write.event();
            if (write.outcome() == Write.Outcome.DELETED) {
                // a copy leaves another event of its reference behind: that one's entry still settles, and its spelling
                // is the same,
                // unless it was learned from a list that may have lagged: then that event really says those words
                database.update(
                        "UPDATE written SET settling = 0, seen = CASE WHEN kind = 'UPDATE' AND before IS NULL THEN NULL ELSE seen END WHERE owner = ? AND slot = ? AND COALESCE(json_extract(event, '$.id'), ?) = ?",
                        owner,
                        event.reference(),
                        event.id(),
                        event.id());
                database.update("DELETE FROM seen WHERE owner = ? AND id = ?", owner, event.id());
                database.update("DELETE FROM absence WHERE owner = ? AND id = ?", owner, event.id());
            } else {
                String slot = key.substring(0, key.lastIndexOf('#'));
                forget(write.gone(), slot);
                confirm(exchange, write, slot, now);
            }
        });
        return true;
    }

    /**
     * An update found nothing, and what became of it stands beside that in a listing that is late: were it not remembered as deleted, the next run
     * would update it, and so create the new event again. Of the write's own moment, and so, by its slot, applied before it.
     */
    private void forget(CalendarEvent gone, String slot) {
        if (gone != null) {
            database.update(
                    "INSERT OR REPLACE INTO written (owner, slot, kind, event, at, day) SELECT owner, ?, 'DELETE', ?, at, day FROM written WHERE owner = ? AND slot = ?",
                    "delete:" + gone.id(),
                    Json.write(gone),
                    owner,
                    slot);
        }
    }

    private void confirm(Exchange exchange, Write write, String slot, long now) {
        boolean answered = write.outcome() != Write.Outcome.UNCONFIRMED;
        Entry replaced = exchange.getProperty(REPLACED, Entry.class);
        if (!answered && replaced != null) {
            // ECAL has the event, as it was written before: that is believed once more
            put(
                    slot,
                    new Entry(
                            replaced.kind(),
                            replaced.event(),
                            replaced.before(),
                            replaced.seen(),
                            now,
                            true,
                            replaced.spelling()));
            return;
        }
        // the reference may be another one than was tried first, the id is known only now, and the create may have
        // become an update
        // what was really created is a new event, whose spelling the next listing teaches
        boolean isNew = write.outcome() == Write.Outcome.CREATED
                && write.before() == null
                && (replaced == null
                        || !Objects.equals(
                                replaced.remembered().sent().id(), write.event().id()));
        Spelling spelling = isNew ? new Spelling(write.event(), null, null) : spelling(replaced, write);
        database.update(
                "UPDATE OR REPLACE written SET slot = ?, event = ?, before = ?, seen = ?, spelling = ? WHERE owner = ? AND slot = ?",
                write.event().reference(),
                Json.write(write.event()),
                Json.write(spelling.before()),
                Json.write(spelling.seen()),
                answered ? ANSWERED : UNANSWERED,
                owner,
                slot);
    }

    @Override
    public boolean remove(Exchange exchange, String key) {
        Write write = write(exchange);
        database.transaction(() -> {
            journal.end(exchange, write);
            if (!write.mayHaveHappened()) {
                String slot = key.substring(0, key.lastIndexOf('#'));
                Entry replaced = exchange.getProperty(REPLACED, Entry.class);
                if (replaced == null) {
                    database.update("DELETE FROM written WHERE owner = ? AND slot = ?", owner, slot);
                } else {
                    put(slot, replaced);
                }
            }
        });
        return true;
    }

    /** The key of a change: where it is remembered, and what it says. */
    public static String key(Write write) {
        return slot(write) + "#" + Integer.toHexString(Objects.hash(kind(write), write.event()));
    }

    private static String slot(Write write) {
        return write.after() == null
                ? "delete:" + write.before().id()
                : write.after().reference();
    }

    private static String kind(Write write) {
        return write.after() == null ? "DELETE" : write.before() == null ? "CREATE" : "UPDATE";
    }

    private static Write write(Exchange exchange) {
        return exchange.getProperty(WRITE, Write.class);
    }

    /** What a listing may show once this write is done, for ECAL's spelling to be told from a lag. */
    private static Spelling spelling(Entry old, Write write) {
        CalendarEvent after = write.after();
        if (after == null || old == null) {
            return new Spelling(after, after == null ? null : write.before(), null);
        }
        Spelling previous = old.remembered();
        if (write.before() == null) {
            boolean unsure = old.spelling() == UNANSWERED
                    && !previous.sent().withId(null).equals(after.withId(null));
            return Spellings.created(unsure ? null : previous, after);
        }
        Change change = Change.update(write.before(), after);
        return switch (old.spelling()) {
            case ANSWERED -> Spellings.written(previous, change);
            case UNANSWERED -> Spellings.writtenAfterDoubt(previous, change);
            default -> Spellings.written(null, change);
        };
    }

    private record Entry(
            String kind, String event, String before, String seen, long at, boolean settling, int spelling) {
        Spelling remembered() {
            CalendarEvent sent = Json.read(event);
            return new Spelling(sent, Json.read(before), spelling == LISTED ? sent : Json.read(seen));
        }
    }

    private void put(String slot, Entry entry) {
        database.update(
                "INSERT OR REPLACE INTO written (owner, slot, kind, event, before, seen, at, settling, spelling, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
                        + Days.TODAY + ")",
                owner,
                slot,
                entry.kind(),
                entry.event(),
                entry.before(),
                entry.seen(),
                entry.at(),
                entry.settling() ? 1 : 0,
                entry.spelling());
    }

    @Override
    public void clear() {
        database.update("UPDATE written SET settling = 0 WHERE owner = ?", owner);
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
