package fr.moncampus.ecal.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import fr.moncampus.ecal.ecal.EcalException;
import fr.moncampus.ecal.http.Trouble;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.moncampus.PortalException;
import java.io.IOException;

/**
 * Why a run ended early.
 *
 * @param kind    {@code configuration}, {@code moncampus}, {@code ecal}, {@code lock}, {@code approval}, {@code memory}, {@code interrupted} or {@code internal}
 * @param message French, for the user, with nothing secret
 */
@JsonPropertyOrder({"kind", "message"})
public record RunError(String kind, String message) {

    /** The details are on standard error, for each file. */
    public static final RunError CONFIGURATION =
            new RunError("configuration", "Configuration ou routes invalides : voir les erreurs affichées.");

    public static final RunError INTERRUPTED =
            new RunError("interrupted", "Arrêt demandé : le reste est laissé au prochain passage.");

    /** The process's exit code. */
    @JsonIgnore
    public int exitCode() {
        return switch (kind) {
            case "configuration" -> 2;
            case "moncampus" -> 3;
            case "ecal" -> 4;
            default -> 1;
        };
    }

    /** @param service who was being asked, for exceptions that do not say it themselves */
    public static RunError of(Throwable cause, String service) {
        if (cause instanceof PortalException) {
            return new RunError("moncampus", cause.getMessage());
        }
        if (cause instanceof EcalException) {
            return new RunError("ecal", cause.getMessage());
        }
        if (cause instanceof RunException e) {
            return e.kind() == RunException.Kind.INTERRUPTED
                    ? INTERRUPTED
                    : new RunError(e.kind().code(), e.getMessage());
        }
        if (cause instanceof MemoryException) {
            return new RunError("memory", cause.getMessage());
        }
        if (cause instanceof IOException e) {
            return new RunError(
                    "ecal".equals(service) ? "ecal" : "moncampus",
                    Trouble.describe("ecal".equals(service) ? "ECAL" : "MonCampus", e));
        }
        return new RunError(
                "internal",
                "Erreur imprévue (" + cause.getClass().getSimpleName() + ") : le détail est dans le journal.");
    }
}
