package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.time.WatchedClock;
import java.util.List;

/**
 * What a process of the program is given when it begins.
 *
 * @param mortal what will end it in the middle of something; null when nothing does
 * @param second whether another one runs beside it already
 */
record Process(
        List<Configuration> configurations,
        WatchedClock clock,
        Wire wire,
        UserStep step,
        Mortal mortal,
        boolean second) {}
