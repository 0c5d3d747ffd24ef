package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.sync.Remembered;
import fr.moncampus.ecal.sync.Remembered.Absence;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import fr.moncampus.ecal.time.WatchedClock;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the plan of one owner remembers from run to run; only what differs is written. */
public final class PlanMemory {
    private final Database database;
    private final String owner;
    private final Duration settle;
    private final WrittenTable written;

    public PlanMemory(Database database, String owner, Duration settle) {
        this.database = database;
        this.owner = owner;
        this.settle = settle;
        this.written = new WrittenTable(database, owner);
    }

    public Remembered read(Instant now) {
        try {
            return remembered(now);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new MemoryException(
                    "La mémoire contient une valeur illisible : déplacez le fichier " + Database.FILE
                            + ". L'historique est perdu, rien du calendrier.",
                    e);
        }
    }

    private Remembered remembered(Instant now) {
        Map<String, Absence> absences = new HashMap<>();
        database.query(
                "SELECT id, since, reads, days FROM absence WHERE owner = ?",
                row -> absences.put(
                        row.getString(1),
                        new Absence(Instant.ofEpochMilli(row.getLong(2)), row.getInt(3), days(row.getString(4)))),
                owner);
        Set<String> seen =
                new HashSet<>(database.query("SELECT id FROM seen WHERE owner = ?", row -> row.getString(1), owner));
        List<Long> shrunk = database.query("SELECT since FROM shrunk WHERE owner = ?", row -> row.getLong(1), owner);
        Map<String, String> renumbered = new HashMap<>();
        database.query(
                "SELECT id, key FROM renumbered WHERE owner = ?",
                row -> renumbered.put(row.getString(1), row.getString(2)),
                owner);
        return new Remembered(
                absences,
                written.spellings(),
                written.settling(now.minus(settle)),
                seen,
                shrunk.isEmpty() ? null : Instant.ofEpochMilli(shrunk.get(0)),
                renumbered,
                marked(),
                database.query("SELECT rules FROM selection WHERE owner = ?", row -> row.getString(1), owner).stream()
                        .findFirst()
                        .orElse(""));
    }

    private Map<String, Instant> marked() {
        Map<String, Instant> marked = new HashMap<>();
        database.query(
                "SELECT id, since FROM marked WHERE owner = ?",
                row -> marked.put(row.getString(1), Instant.ofEpochMilli(row.getLong(2))),
                owner);
        return marked;
    }

    /**
     * A complete timetable was read and will be compared with the calendar. If the previous one was never compared,
     * because the calendar could not be read or the process died, it may have held events counted as absent: then no
     * absence is known to be consecutive, and counting starts again.
     */
    public void comparing() {
        database.transaction("owner " + owner, () -> {
            if (database.query("SELECT 1 FROM absence WHERE owner = ? LIMIT 1", row -> true, owner)
                    .isEmpty()) {
                return;
            }
            if (database.update("INSERT INTO uncompared VALUES (?) ON CONFLICT DO NOTHING", owner) == 0) {
                database.update("DELETE FROM absence WHERE owner = ?", owner);
            }
        });
    }

    /** @param before as it was read, so that only the difference is written */
    public void write(Remembered before, Remembered after, Instant now) {
        database.transaction("owner " + owner, () -> {
            writeAbsences(before.absences(), after.absences());
            writeSpellings(before.spellings(), after.spellings());
            writeSeen(before.seen(), after.seen());
            writeRenumbered(before.renumbered(), after.renumbered());
            writeMarked(before.marked(), after.marked());
            if (!after.selection().equals(before.selection())) {
                database.update(
                        "INSERT INTO selection VALUES (?, ?) ON CONFLICT (owner) DO UPDATE SET rules = excluded.rules",
                        owner,
                        after.selection());
            }
            if (after.shrunkSince() == null) {
                database.update("DELETE FROM shrunk WHERE owner = ?", owner);
            } else {
                database.update(
                        "INSERT INTO shrunk VALUES (?, ?) ON CONFLICT (owner) DO UPDATE SET since = excluded.since",
                        owner,
                        after.shrunkSince().toEpochMilli());
            }
            // kept long after they settled, so that a conflict with an event that is not listed is known as our own
            written.purge(now.minus(settle));
            written.settled(now.minus(settle));
            // stored by a clock that was ahead, at an unknown time: believed only in the run that finds it
            written.settle(now.plus(WatchedClock.TOLERANCE));
            database.update("DELETE FROM uncompared WHERE owner = ?", owner);
        });
    }

    private void writeAbsences(Map<String, Absence> before, Map<String, Absence> after) throws SQLException {
        for (String id : before.keySet()) {
            if (!after.containsKey(id)) {
                database.update("DELETE FROM absence WHERE owner = ? AND id = ?", owner, id);
            }
        }
        after.forEach((id, absence) -> {
            if (!absence.equals(before.get(id))) {
                database.update(
                        "INSERT INTO absence VALUES (?, ?, ?, ?, ?) ON CONFLICT (owner, id) DO UPDATE SET since = excluded.since, reads = excluded.reads, days = excluded.days",
                        owner,
                        id,
                        absence.since().toEpochMilli(),
                        absence.reads(),
                        new TreeSet<>(absence.days())
                                .stream().map(LocalDate::toString).collect(Collectors.joining(",")));
            }
        });
    }

    private void writeSpellings(Map<String, Spelling> before, Map<String, Spelling> after) {
        for (String reference : before.keySet()) {
            if (!after.containsKey(reference)) {
                written.listedAsSent(reference);
            }
        }
        after.forEach((reference, spelling) -> {
            if (!spelling.equals(before.get(reference))) {
                written.learned(reference, spelling);
            }
        });
    }

    private void writeSeen(Set<String> before, Set<String> after) {
        for (String id : before) {
            if (!after.contains(id)) {
                database.update("DELETE FROM seen WHERE owner = ? AND id = ?", owner, id);
            }
        }
        for (String id : after) {
            if (!before.contains(id)) {
                database.update("INSERT INTO seen VALUES (?, ?) ON CONFLICT DO NOTHING", owner, id);
            }
        }
    }

    private void writeRenumbered(Map<String, String> before, Map<String, String> after) {
        for (String id : before.keySet()) {
            if (!after.containsKey(id)) {
                database.update("DELETE FROM renumbered WHERE owner = ? AND id = ?", owner, id);
            }
        }
        after.forEach((id, key) -> {
            if (!key.equals(before.get(id))) {
                database.update(
                        "INSERT INTO renumbered VALUES (?, ?, ?) ON CONFLICT (owner, id) DO UPDATE SET key = excluded.key",
                        owner,
                        id,
                        key);
            }
        });
    }

    private void writeMarked(Map<String, Instant> before, Map<String, Instant> after) {
        for (String id : before.keySet()) {
            if (!after.containsKey(id)) {
                database.update("DELETE FROM marked WHERE owner = ? AND id = ?", owner, id);
            }
        }
        after.forEach((id, since) -> {
            if (!since.equals(before.get(id))) {
                database.update(
                        "INSERT INTO marked VALUES (?, ?, ?) ON CONFLICT (owner, id) DO UPDATE SET since = excluded.since",
                        owner,
                        id,
                        since.toEpochMilli());
            }
        });
    }

    private static Set<LocalDate> days(String text) {
        return Arrays.stream(text.split(",")).map(LocalDate::parse).collect(Collectors.toSet());
    }
}
