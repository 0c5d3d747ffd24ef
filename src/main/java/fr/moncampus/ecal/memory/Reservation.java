package fr.moncampus.ecal.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;

/** Has a whole memory for itself: nobody uses it now, and who wants to waits. */
final class Reservation {
    private Reservation() {}

    /** Of a file, as long as it is open: SQLite sees whoever has it open, be it a scheduler that waits for its next run. */
    static Database file(Path folder) {
        Path file = folder.resolve(Database.FILE);
        try {
            PrivateFile.makeFolder(folder);
            PrivateFile.make(file);
            NativeLibrary.prepare();
            Connection connection = JDBC.createConnection(Sqlite.address(file), new Properties());
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA locking_mode = EXCLUSIVE");
                return Database.on(connection);
            } catch (SQLException | IOException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (IOException | SQLException e) {
            throw e instanceof SQLException sql && (sql.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code
                    ? inUse(file.toString())
                    : MemoryException.unusable(file.toString(), SqliteTroubles.reason(e), e);
        }
    }

    /** Of a database that is shared, until the present transaction ends. */
    static void shared(Database database, MemoryPlace place, Collection<String> tables) {
        needNobody(database, place);
        // a slow disk may take longer over its part of a move than a process that stalls is given; nobody waits for a
        // memory that is moved
        database.update("SET LOCAL idle_in_transaction_session_timeout = 0");
        database.update("LOCK TABLE node, " + String.join(", ", tables) + " IN ACCESS EXCLUSIVE MODE");
        // somebody may have come before the tables were ours
        needNobody(database, place);
    }

    /** A process that is part of a cluster, and a run, hold advisory locks. */
    private static void needNobody(Database database, MemoryPlace place) {
        List<Integer> others = database.query(
                "SELECT DISTINCT pid FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                row -> row.getInt(1));
        if (!others.isEmpty()) {
            throw inUse(place.toString());
        }
    }

    private static MemoryException inUse(String place) {
        return new MemoryException(
                "La mémoire " + place + " sert à un programme qui tourne : arrêtez partout « run » et « sync » "
                        + "(./manage.sh stop), puis recommencez. Rien n'a été porté.",
                null);
    }
}
