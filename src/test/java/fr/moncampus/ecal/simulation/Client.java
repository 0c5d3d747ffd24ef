package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.report.RunResult;

/** Whatever syncs: the plan and the clients directly, or the whole of the routes. */
interface Client extends AutoCloseable {
    /** One run now. */
    RunResult sync(String config);

    @Override
    void close();
}
