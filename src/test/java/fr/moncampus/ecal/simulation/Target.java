package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.Database;
import java.time.Clock;
import java.util.List;

/** The calendar of one configuration that is no ECAL. */
interface Target {
    List<CalendarEvent> list(Wire wire) throws Exception;

    /** Goes on until it is done. */
    void write(Write write) throws Exception;

    /** Those of the processes of a seed. */
    interface Maker {
        Target of(Configuration configuration, Database database, Clock clock);

        /** A process begins, whatever the one before was in the middle of. */
        default void begin() {}

        /** The memory is lost. */
        default void forgotten() {}
    }
}
