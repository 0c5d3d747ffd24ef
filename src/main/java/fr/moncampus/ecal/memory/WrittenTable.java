package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Remembered.Settling;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import fr.moncampus.ecal.sync.Written;
import fr.moncampus.ecal.sync.Written.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One owner's rows of the table {@code written}. A slot is a reference, or {@code delete:} and an id. */
final class WrittenTable {
    /** A state's place is its number in the column {@code spelling}. */
    private static final List<State> STATES =
            List.of(State.NOT_ANSWERED, State.ACCEPTED, State.LISTED_AS_SENT, State.DELETED);

    private static final int ACCEPTED = STATES.indexOf(State.ACCEPTED);
    private static final int DELETED = STATES.indexOf(State.DELETED);
    private final Database database;
    private final String owner;

    WrittenTable(Database database, String owner) {
        this.database = database;
        this.owner = owner;
    }

    static String slot(Written written) {
        return slot(written.kind(), written.event().reference(), written.event().id());
    }

    static String slot(Change change) {
        return slot(change.kind(), change.event().reference(), change.event().id());
    }

    private static String slot(Change.Kind kind, String reference, String id) {
        return kind == Change.Kind.DELETE ? "delete:" + id : reference;
    }

    /** @return null when there is none */
    Written find(String slot) {
        List<Written> rows = database.query(
                "SELECT kind, event, before, seen, unlisted, spelling, at, settling FROM written WHERE owner = ? AND slot = ?",
                WrittenTable::written,
                owner,
                slot);
        return rows.isEmpty() ? null : rows.get(0);
    }

    void put(Written written) {
        Spelling spelling = written.spelling();
        database.update(
                "INSERT INTO written (owner, slot, kind, event, before, seen, unlisted, spelling, at, settling, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                        + Days.TODAY
                        + ") ON CONFLICT (owner, slot) DO UPDATE SET kind = excluded.kind, event = excluded.event, before = excluded.before, seen = excluded.seen, "
                        + "unlisted = excluded.unlisted, spelling = excluded.spelling, at = excluded.at, settling = excluded.settling, day = excluded.day",
                owner,
                slot(written),
                written.kind().name(),
                Json.write(spelling.sent()),
                Json.write(spelling.before()),
                Json.write(spelling.seen()),
                Json.write(spelling.unlisted()),
                STATES.indexOf(written.state()),
                written.at().toEpochMilli(),
                written.settling() ? 1 : 0);
    }

    /** @param written takes the place of what is in the slot, perhaps in another one; null leaves nothing */
    void replace(String slot, Written written) {
        if (written == null || !slot.equals(slot(written))) {
            database.update("DELETE FROM written WHERE owner = ? AND slot = ?", owner, slot);
        }
        if (written != null) {
            put(written);
        }
    }

    Map<String, Spelling> spellings() {
        Map<String, Spelling> spellings = new HashMap<>();
        database.query(
                "SELECT slot, event, before, seen, unlisted FROM written WHERE owner = ? AND spelling = ?",
                row -> spellings.put(row.getString(1), spelling(row, 2)),
                owner,
                ACCEPTED);
        return spellings;
    }

    /** What is believed against the listing, oldest first; not so a deletion of which no answer is known. */
    List<Settling> settling(Instant after) {
        return database.query(
                "SELECT kind, event, at FROM written WHERE owner = ? AND settling = 1 AND (kind <> 'DELETE' OR spelling = ?) AND at > ? ORDER BY at, slot",
                row -> new Settling(
                        Change.Kind.valueOf(row.getString(1)),
                        Json.read(row.getString(2)),
                        Instant.ofEpochMilli(row.getLong(3))),
                owner,
                DELETED,
                after.toEpochMilli());
    }

    void listedAsSent(String slot) {
        database.update(
                "UPDATE written SET spelling = ? WHERE owner = ? AND slot = ?",
                STATES.indexOf(State.LISTED_AS_SENT),
                owner,
                slot);
    }

    void learned(String slot, Spelling spelling) {
        database.update(
                "UPDATE written SET before = ?, seen = ?, unlisted = ? WHERE owner = ? AND slot = ?",
                Json.write(spelling.before()),
                Json.write(spelling.seen()),
                Json.write(spelling.unlisted()),
                owner,
                slot);
    }

    /** Forgets old rows that teach nothing any more. @param settled what began later may still settle */
    void purge(Instant settled) {
        database.update(
                "DELETE FROM written WHERE owner = ? AND (spelling <> ? OR settling = 0) AND day <= " + Days.TODAY
                        + " - " + Days.KEPT + " AND NOT (settling = 1 AND at > ?)",
                owner,
                ACCEPTED,
                settled.toEpochMilli());
    }

    /** What began after that moment is no longer believed against the listing. */
    void settle(Instant after) {
        database.update(
                "UPDATE written SET settling = 0 WHERE owner = ? AND settling = 1 AND at > ?",
                owner,
                after.toEpochMilli());
    }

    /** What began at that moment or before has settled for good, and is not believed again when the clock is set back. */
    void settled(Instant until) {
        database.update(
                "UPDATE written SET at = 0 WHERE owner = ? AND at <> 0 AND at <= ?", owner, until.toEpochMilli());
    }

    private static Written written(ResultSet row) throws SQLException {
        return new Written(
                Change.Kind.valueOf(row.getString(1)),
                spelling(row, 2),
                STATES.get(row.getInt(6)),
                Instant.ofEpochMilli(row.getLong(7)),
                row.getBoolean(8));
    }

    private static Spelling spelling(ResultSet row, int first) throws SQLException {
        return new Spelling(
                Json.read(row.getString(first)),
                Json.read(row.getString(first + 1)),
                Json.read(row.getString(first + 2)),
                Json.read(row.getString(first + 3)));
    }
}
