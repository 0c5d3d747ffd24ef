package fr.moncampus.ecal.memory;

import java.util.List;

/** What can happen to an open memory, brought about on purpose. */
public final class DatabaseTroubles {
    private DatabaseTroubles() {}

    /** From now on the file cannot grow by more than so many pages of 4 KiB, as on a full disk. */
    public static void full(Database database, int pagesLeft) {
        int pages = number(database, "PRAGMA page_count");
        number(database, "PRAGMA max_page_count = " + (pages + pagesLeft));
    }

    /** From now on nothing can be written, as on a file system that was remounted after an error. */
    public static void readOnly(Database database) {
        database.update("PRAGMA query_only = 1");
    }

    /** A lock of another program is not waited for. */
    public static void impatient(Database database) {
        number(database, "PRAGMA busy_timeout = 0");
    }

    /** What the memory holds, row by row, whatever its tables. */
    public static List<String> values(Database database, String sql) {
        return database.query(sql, row -> row.getString(1));
    }

    private static int number(Database database, String pragma) {
        return database.query(pragma, row -> row.getInt(1)).get(0);
    }
}
