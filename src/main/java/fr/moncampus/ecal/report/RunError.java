package fr.moncampus.ecal.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Why a run ended early.
 *
 * @param message French, for the user, with nothing secret
 */
@JsonPropertyOrder({"kind", "message"})
public record RunError(Kind kind, String message) {
    /** Who or what ended it; JSON has it in lower case. */
    public enum Kind {
        CONFIGURATION(2),
        MONCAMPUS(3),
        ECAL(4),
        /** Any other source than MonCampus. */
        SOURCE(3),
        /** Any other target than ECAL. */
        TARGET(4),
        /** Another run of the same configuration is in progress. */
        LOCK(1),
        /** What is held has changed since it was shown. */
        APPROVAL(1),
        MEMORY(1),
        INTERRUPTED(1),
        INTERNAL(1);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public static Kind ofSource(String name) {
            return name.equals(MONCAMPUS.toString()) ? MONCAMPUS : SOURCE;
        }

        public static Kind ofTarget(String name) {
            return name.equals(ECAL.toString()) ? ECAL : TARGET;
        }

        public boolean isSource() {
            return this == MONCAMPUS || this == SOURCE;
        }

        public boolean isTarget() {
            return this == ECAL || this == TARGET;
        }

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** A kind that is unknown was written by another version. */
        @JsonCreator
        static Kind of(String code) {
            for (Kind kind : values()) {
                if (kind.toString().equals(code)) {
                    return kind;
                }
            }
            return INTERNAL;
        }
    }

    /** The details are on standard error, for each file. */
    public static final RunError CONFIGURATION =
            new RunError(Kind.CONFIGURATION, "Configuration ou routes invalides : voir les erreurs affichées.");

    public static final RunError INTERRUPTED =
            new RunError(Kind.INTERRUPTED, "Arrêt demandé : le reste est laissé au prochain passage.");

    public static final RunError STOPPED_EARLY = new RunError(
            Kind.INTERNAL,
            "Le passage s'est arrêté avant la fin, par une étape ajoutée aux routes (stop, filter, rollback…) ou par une erreur notée dans le journal. "
                    + "Vérifiez vos modifications de routes/ ; le prochain passage fera ce qui manque.");

    /** The process's exit code. */
    @JsonIgnore
    public int exitCode() {
        return kind.exitCode;
    }
}
