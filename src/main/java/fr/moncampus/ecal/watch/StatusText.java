package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.report.FrenchText;
import fr.moncampus.ecal.report.Kept;
import fr.moncampus.ecal.report.PlanText;
import fr.moncampus.ecal.report.RunResult;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The state of a configuration for people, in a few lines. */
public final class StatusText {
    private static final int MAX_LISTED = 10;
    private static final int MAX_ERRORS = 5;
    private final Status status;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    private StatusText(Status status, Instant now) {
        this.status = status;
        this.now = now;
    }

    public static List<String> lines(Status status, Instant now) {
        return new StatusText(status, now).lines();
    }

    /** Among many: the head, and how old it is. */
    public static String line(Status status, Instant now) {
        StatusText text = new StatusText(status, now);
        String age = status.lastSuccess() == null ? "jamais" : text.past(status.lastSuccess());
        return text.head() + ", dernier succès : " + age;
    }

    private String head() {
        return status.config() + (status.label().equals(status.config()) ? "" : " (" + status.label() + ")") + " — "
                + status.state().words();
    }

    private List<String> lines() {
        lines.add(head());
        if (status.lastRun() == null) {
            lines.add("  aucun passage pour l'instant");
        } else {
            lines.add("  dernier passage   : " + past(status.lastRun()) + " — " + result());
            lines.add(
                    "  dernier succès    : " + (status.lastSuccess() == null ? "jamais" : past(status.lastSuccess())));
        }
        lines.add("  prochain (si run) : " + (status.nextRun() == null ? "jamais" : toCome(status.nextRun())));
        some(status.changes(), MAX_LISTED, change -> "  " + change);
        kept();
        some(
                status.failures(),
                MAX_LISTED,
                failure -> "  ✗ en échec depuis " + failure.since() + " : " + failure.message());
        if (!status.errors().isEmpty()) {
            int count = status.errors().size();
            lines.add("  fichier d'erreurs, dernières 24 h : " + FrenchText.count(count, "ligne", "lignes"));
            status.errors().stream().skip(Math.max(0, count - MAX_ERRORS)).forEach(error -> lines.add("    " + error));
        }
        return lines;
    }

    private String result() {
        if (status.error() != null) {
            return "échec : " + status.error();
        }
        return Stream.of(
                        part(RunResult::created, "créés"),
                        part(RunResult::updated, "modifiés"),
                        part(RunResult::deleted, "supprimés"),
                        part(RunResult::unchanged, "inchangés"),
                        part(RunResult::failed, "en échec"),
                        part(RunResult::unconfirmed, "à confirmer"))
                .collect(Collectors.joining(", "));
    }

    private String part(ToIntFunction<RunResult> number, String word) {
        return status.count(number) + " " + word;
    }

    /** One line a reason, since it is the same for all, then the events. */
    private void kept() {
        Map<String, List<String>> byReason = status.kept().stream()
                .collect(Collectors.groupingBy(
                        Kept::reason, TreeMap::new, Collectors.mapping(Kept::event, Collectors.toList())));
        byReason.forEach((reason, events) -> {
            lines.add(
                    Kept.WAITING.equals(reason)
                            ? "  … en attente de confirmation : " + events.size()
                            : "  ! retenu (" + reason + ") : " + events.size() + " — " + PlanText.reason(reason));
            some(events, MAX_LISTED, event -> "    " + event);
        });
    }

    private <T> void some(List<T> all, int most, Function<T, String> line) {
        all.stream().limit(most).map(line).forEach(lines::add);
        if (all.size() > most) {
            lines.add("    … et " + (all.size() - most) + " autres");
        }
    }

    private String past(String time) {
        return time + " (" + FrenchText.age(OffsetDateTime.parse(time).toInstant(), now) + ")";
    }

    private String toCome(String time) {
        return time + " (" + FrenchText.until(OffsetDateTime.parse(time).toInstant(), now) + ")";
    }
}
