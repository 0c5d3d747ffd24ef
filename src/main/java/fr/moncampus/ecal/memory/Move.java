package fr.moncampus.ecal.memory;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Carries a memory from SQLite into PostgreSQL, or back, while nobody uses either: everything or nothing, into a memory that is empty. What it
 * comes from stays as it is.
 */
public final class Move {
    /** That one statement inserts: a database far away is not asked for each. */
    private static final int ROWS = 100;
    /** Read at once, where the engine would otherwise send all of a table. */
    private static final String FETCH = "defaultRowFetchSize=500";

    /** What each file counts by itself: of several there is no common count. */
    private static final Set<String> COUNTED_BY_FILE = Set.of("day", "jump");

    private static final String LOGIN = "login";
    private static final String ROW_NUMBER = "rowid";

    private final Database shared;
    private final Map<Path, Database> files = new LinkedHashMap<>();

    /** How many rows of a table there were, and are. */
    public record Count(String table, long before, long after) {}

    private Move(Database shared) {
        this.shared = shared;
    }

    /**
     * @param folders of the files. Several become one memory, whose days begin anew: what is old then is kept 90 days more.
     * @param logins  folder of the file that has the refused logins; null: each file has its own
     * @throws MemoryException when one of them is in use, there is no file, or the target is not empty; nothing has changed then
     */
    public static List<Count> intoShared(List<Path> folders, Path logins, MemoryPlace target) {
        try (Database shared = Database.open(target)) {
            Move move = new Move(shared);
            try {
                List<Database> sources =
                        folders.stream().map(folder -> move.file(folder, true)).toList();
                Database loginSource = logins == null ? null : move.file(logins, true);
                List<Count> counts = new ArrayList<>();
                shared.transaction(() -> {
                    List<String> tables = tables(sources.get(0));
                    Reservation.shared(shared, target, tables);
                    needEmpty(shared, target.toString(), tables);
                    for (String table : tables) {
                        boolean apart = table.equals(LOGIN) && loginSource != null;
                        counts.add(move.fill(table, apart ? List.of(loginSource) : sources));
                    }
                });
                return counts;
            } finally {
                move.files.values().forEach(Database::close);
            }
        }
    }

    /** @throws MemoryException when one of them is in use, or the target is not empty; nothing has changed then */
    public static List<Count> intoFile(MemoryPlace source, Path folder) {
        String url = source.url() + (source.url().contains("?") ? "&" : "?") + FETCH;
        try (Database shared = Database.open(new MemoryPlace(folder, url, source.user(), source.password()))) {
            Move move = new Move(shared);
            try (Database file = move.file(folder, false)) {
                List<String> tables = tables(file);
                List<Count> counts = new ArrayList<>();
                shared.transaction(() -> {
                    Reservation.shared(shared, source, tables);
                    file.transaction(() -> {
                        needEmpty(file, MemoryPlace.in(folder).toString(), tables);
                        for (String table : tables) {
                            counts.add(move.empty(table, file));
                        }
                    });
                });
                return counts;
            }
        }
    }

    private Database file(Path folder, boolean mustBeThere) {
        MemoryPlace place = MemoryPlace.in(folder.toAbsolutePath().normalize());
        if (mustBeThere && !place.exists()) {
            throw new MemoryException("Il n'y a pas de mémoire " + place + ". Rien n'a été porté.", null);
        }
        return files.computeIfAbsent(place.folder(), Reservation::file);
    }

    /** What engines have in common is what a file has. */
    private static List<String> tables(Database file) {
        return file.query(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
                row -> row.getString(1));
    }

    /** With the number of a row, where it counts; a file has one in every table. */
    private List<String> columns(String table) {
        return shared.query(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position",
                row -> row.getString(1),
                table);
    }

    private static void needEmpty(Database target, String place, List<String> tables) {
        for (String table : tables) {
            if (count(target, table) > 0) {
                throw new MemoryException(
                        "La mémoire " + place + " n'est pas vide (table " + table
                                + ") : une mémoire n'est portée que dans une "
                                + "autre où il n'y a rien. Rien n'a été changé.",
                        null);
            }
        }
    }

    private Count fill(String table, List<Database> sources) throws SQLException {
        boolean merging = sources.size() > 1;
        if (merging && COUNTED_BY_FILE.contains(table)) {
            return new Count(table, 0, 0);
        }
        List<String> columns = new ArrayList<>(columns(table));
        if (merging) {
            columns.remove(ROW_NUMBER);
        }
        long before = 0;
        for (Database source : sources) {
            before += count(source, table);
            copy(source, shared, table, columns, merging);
        }
        // what comes next counts on from there
        for (String identity : shared.query(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ? AND is_identity = 'YES'",
                row -> row.getString(1),
                table)) {
            shared.query(
                    "SELECT setval(pg_get_serial_sequence('%1$s', '%2$s'), COALESCE(MAX(%2$s), 1), MAX(%2$s) IS NOT NULL) FROM %1$s"
                            .formatted(table, identity),
                    row -> null);
        }
        return compared(new Count(table, before, count(shared, table)));
    }

    private Count empty(String table, Database file) throws SQLException {
        copy(shared, file, table, columns(table), false);
        return compared(new Count(table, count(shared, table), count(file, table)));
    }

    private static Count compared(Count count) {
        if (count.before() != count.after()) {
            throw new MemoryException(
                    "La table " + count.table() + " avait " + count.before() + " lignes, et en a " + count.after()
                            + " : rien n'a été porté.",
                    null);
        }
        return count;
    }

    private static void copy(Database source, Database target, String table, List<String> columns, boolean forgetDays) {
        List<Object> values = new ArrayList<>();
        int width = columns.size();
        String selected = String.join(", ", columns);
        source.query(
                "SELECT " + (forgetDays && table.equals("written") ? selected.replaceFirst("\\bday\\b", "0") : selected)
                        + " FROM " + table + (isNumbered(table) ? " ORDER BY " + ROW_NUMBER : ""),
                row -> {
                    for (int i = 1; i <= width; i++) {
                        values.add(row.getObject(i));
                    }
                    if (values.size() == ROWS * width) {
                        insert(target, table, columns, values);
                    }
                    return null;
                });
        if (!values.isEmpty()) {
            insert(target, table, columns, values);
        }
    }

    /** Those in the order in which their rows came. */
    private static boolean isNumbered(String table) {
        return table.equals("run") || table.equals("journal");
    }

    private static void insert(Database target, String table, List<String> columns, List<Object> values) {
        String row = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        target.update(
                "INSERT INTO " + table + " (" + String.join(", ", columns) + ")"
                        + (target.pool() == null ? "" : " OVERRIDING SYSTEM VALUE") + " VALUES "
                        + String.join(", ", Collections.nCopies(values.size() / columns.size(), row)),
                values.toArray());
        values.clear();
    }

    private static long count(Database database, String table) {
        return database.query("SELECT COUNT(*) FROM " + table, row -> row.getLong(1))
                .get(0);
    }
}
