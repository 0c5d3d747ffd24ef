package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.memory.Database;
import java.io.IOException;
import java.sql.SQLException;

/** What the processes of a simulation remember, whichever engine keeps it. */
interface Memory extends AutoCloseable {
    /**
     * As a process that begins finds it, whatever the one before was in the middle of.
     *
     * @param mortal what ends the process in the middle of something; null when nothing does
     */
    Database open(Mortal mortal) throws SQLException, IOException;

    /** The process is gone. */
    void ended(Database database);

    /** All of it is lost. */
    void forget() throws SQLException;

    @Override
    void close() throws SQLException;
}
