package fr.moncampus.ecal.run;

import fr.moncampus.ecal.ecal.EcalException;
import fr.moncampus.ecal.http.NetworkFailure;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.moncampus.PortalException;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunError.Kind;
import java.io.IOException;

/** Exceptions as messages for users. */
public final class Failures {
    private Failures() {}

    /** @param asked the service that was being asked, for exceptions that do not say it themselves */
    public static RunError explain(Throwable cause, Kind asked) {
        if (cause instanceof PortalException) {
            return new RunError(Kind.MONCAMPUS, cause.getMessage());
        }
        if (cause instanceof EcalException) {
            return new RunError(Kind.ECAL, cause.getMessage());
        }
        if (cause instanceof RunException e) {
            return e.error();
        }
        if (cause instanceof InterruptedException) {
            return RunError.INTERRUPTED;
        }
        if (cause instanceof MemoryException) {
            return new RunError(Kind.MEMORY, cause.getMessage());
        }
        if (cause instanceof IOException e) {
            return new RunError(asked, NetworkFailure.describe(asked == Kind.ECAL ? "ECAL" : "MonCampus", e));
        }
        return new RunError(
                Kind.INTERNAL,
                "Erreur imprévue (" + cause.getClass().getSimpleName() + ") : le détail est dans le journal.");
    }
}
