package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.memory.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Each statement takes its way through a socket there, so that a timetable is smaller; no point of it is left out. */
class CrashPointsOnPostgresTest extends CrashPointsTest {
    private static Connection connection;

    @BeforeAll
    static void connect(@TempDir Path folder) throws SQLException {
        MemoryPlace place = PostgresServer.shared().newPlace(folder);
        connection = PostgresServer.connect(place);
    }

    @AfterAll
    static void disconnect() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }

    /** The locks that a process holds in the database are in the simulation; here only one process lives at a time. */
    @Override
    Memory memory() throws SQLException {
        return new PostgresMemory(connection, null);
    }

    @Override
    int courses() {
        return 3;
    }
}
