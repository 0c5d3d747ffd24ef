package fr.moncampus.ecal.run;

import com.fasterxml.jackson.core.JacksonException;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.http.NetworkFailure;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.moncampus.PortalException;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunError.Kind;
import fr.moncampus.ecal.timetable.SourceException;
import java.io.IOException;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Exceptions as messages for users. */
public final class Failures {
    private Failures() {}

    /** @param asked the service that was being asked, for exceptions that do not say it themselves */
    public static RunError explain(Throwable cause, Kind asked) {
        if (cause instanceof SourceException) {
            Kind kind = cause instanceof PortalException ? Kind.MONCAMPUS : Kind.SOURCE;
            return new RunError(asked.isSource() ? asked : kind, cause.getMessage());
        }
        if (cause instanceof CalendarException) {
            return new RunError(asked.isTarget() ? asked : Kind.TARGET, cause.getMessage());
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
        if (cause instanceof HttpOperationFailedException refused) {
            return new RunError(asked, words(asked) + " a répondu par une erreur (" + refused.getStatusCode() + ").");
        }
        if (cause instanceof JacksonException) {
            return new RunError(asked, words(asked) + " a répondu par autre chose que ce qui était attendu (du JSON).");
        }
        if (cause instanceof IOException e) {
            return new RunError(asked, NetworkFailure.describe(words(asked), e));
        }
        return new RunError(
                Kind.INTERNAL,
                "Erreur imprévue (" + cause.getClass().getSimpleName() + ") : le détail est dans le journal.");
    }

    private static String words(Kind asked) {
        return switch (asked) {
            case MONCAMPUS -> "MonCampus";
            case ECAL -> "ECAL";
            case TARGET -> "Le calendrier";
            default -> "L'emploi du temps de l'école";
        };
    }
}
