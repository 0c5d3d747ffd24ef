package fr.moncampus.ecal.memory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The runs of all configurations, as they are added by whatever process: a look costs one query, and what has been added since the last one.
 * Processes that share a memory may add rows in another order than that of their numbers, so that the last ones are looked at again.
 */
public final class NewRuns {
    private static final int OVERLAP = 64;
    private static final int MAX_ROWS = 1000;
    private static final int MAX_KNOWN = 4 * OVERLAP;

    private final Database database;
    /** Of the last rows, by number and id: the number of a row that was replaced may come again. */
    private final Set<String> known = new LinkedHashSet<>();

    private long last;

    public record Added(String config, History.Entry entry) {}

    /** What is there already is not new. */
    public NewRuns(Database database) {
        this.database = database;
        this.last = database.query("SELECT MAX(rowid) FROM run", row -> row.getLong(1))
                .get(0);
        next();
    }

    /** In the order in which they were added. @return at most a thousand; none when there are no more */
    public List<Added> next() {
        List<Added> added = new ArrayList<>();
        long[] newest = {last};
        database
                .query(
                        "SELECT id, started, finished, success, result, held, config, rowid FROM run WHERE rowid > ? ORDER BY rowid LIMIT ?",
                        row -> {
                            newest[0] = Math.max(newest[0], row.getLong(8));
                            return known.add(row.getLong(8) + " " + row.getString(1))
                                    ? new Added(row.getString(7), History.entry(row))
                                    : null;
                        },
                        last - OVERLAP,
                        MAX_ROWS + OVERLAP)
                .stream()
                .filter(Objects::nonNull)
                .forEach(added::add);
        last = newest[0];
        List<String> forgotten =
                known.stream().limit(Math.max(0, known.size() - MAX_KNOWN)).toList();
        forgotten.forEach(known::remove);
        return added;
    }
}
