package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.memory.PostgresServer;
import java.sql.SQLException;

/** Each transaction takes its way through a socket there, so that a timetable is smaller; no point of it is left out. */
class CrashPointsOnPostgresTest extends CrashPointsTest {
    private MemoryPlace place;

    @Override
    Memory memory() throws SQLException {
        if (place == null) {
            place = PostgresServer.shared().newPlace(locks);
        }
        return new PostgresMemory(place);
    }

    @Override
    int courses() {
        return 3;
    }
}
