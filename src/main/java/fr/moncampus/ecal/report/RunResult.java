package fr.moncampus.ecal.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of a run; its fields are those of {@code sync --format json}.
 *
 * @param unconfirmed writes that ECAL's listing does not show yet; the next run looks again
 * @param requests    every HTTP request of the run, to MonCampus and to ECAL
 * @param error       null when the run reached its end
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({
    "config",
    "created",
    "updated",
    "deleted",
    "unchanged",
    "waiting",
    "held",
    "failed",
    "unconfirmed",
    "requests",
    "millis",
    "error"
})
public record RunResult(
        String config,
        int created,
        int updated,
        int deleted,
        int unchanged,
        int waiting,
        int held,
        int failed,
        int unconfirmed,
        long requests,
        long millis,
        RunError error) {

    /** For a configuration that could not be run at all. */
    public static RunResult refused(String config) {
        return refused(config, RunError.CONFIGURATION);
    }

    public static RunResult refused(String config, RunError error) {
        return new RunResult(config, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, error);
    }

    /** 0 all in step · 1 something failed or is held · 2, 3, 4 as the error says. */
    @JsonIgnore
    public int exitCode() {
        if (error != null) {
            return error.exitCode();
        }
        return failed > 0 || held > 0 ? 1 : 0;
    }

    /** One line. */
    @JsonIgnore
    public String summary() {
        List<String> parts = new ArrayList<>();
        add(parts, created, "créé", "créés");
        add(parts, updated, "modifié", "modifiés");
        add(parts, deleted, "supprimé", "supprimés");
        parts.add(FrenchText.count(unchanged, "inchangé", "inchangés"));
        add(parts, waiting, "en attente de confirmation", "en attente de confirmation");
        add(parts, held, "retenu", "retenus");
        add(parts, failed, "en échec", "en échec");
        add(parts, unconfirmed, "pas encore confirmé par le calendrier", "pas encore confirmés par le calendrier");
        return String.join(", ", parts) + " (" + FrenchText.count(requests, "requête", "requêtes") + ", "
                + FrenchText.seconds(millis) + ")";
    }

    private static void add(List<String> parts, int count, String one, String many) {
        if (count > 0) {
            parts.add(FrenchText.count(count, one, many));
        }
    }
}
