package fr.moncampus.ecal.memory;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** For tests of the memory: each folder, that is each test or each try, finds a database that is empty when it first asks. */
final class OnPostgres {
    private MemoryPlace place;
    private Path last;

    Database database(Path folder) {
        if (place == null) {
            place = PostgresServer.shared().newPlace(folder);
        } else if (!folder.equals(last)) {
            empty();
        }
        last = folder;
        return Database.open(place);
    }

    /** Faster than another database. */
    private void empty() {
        try (Connection connection = PostgresServer.connect(place);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "DROP TABLE IF EXISTS touched; "
                            + "TRUNCATE written, absence, uncompared, seen, shrunk, renumbered, login, run, failure, journal, day, jump, snapshot, host RESTART IDENTITY");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
