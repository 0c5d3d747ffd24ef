package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.report.RunResult;
import java.util.Set;

/** Whatever syncs: the plan and the clients directly, or the whole of the routes. */
interface Client extends AutoCloseable {
    /** References of the last writes of which an earlier process could not note what became of them, as the journal has them. */
    default Set<String> inDoubt() {
        return Set.of();
    }

    /** One run now. */
    RunResult sync(String config);

    @Override
    void close();
}
