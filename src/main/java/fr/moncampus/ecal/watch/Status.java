package fr.moncampus.ecal.watch;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import fr.moncampus.ecal.report.Kept;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.sync.EventTimes;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The state of a configuration according to its data folder; every process that shares the folder says the same.
 *
 * @param lastRun      when the last run began; null when there was none
 * @param lastSuccess  when the last good run ended; null when there was none
 * @param age          seconds since then, or since the good run before when that time lies ahead of now; null when there was none
 * @param nextRun      by the schedule; null when it never comes
 * @param last         the line that {@code sync} printed; null when there was no run
 * @param changes      what the last run wrote, a line each, old → new
 * @param kept         what waits and what is held, with its reason
 * @param openFailures how many failures are open
 * @param failures     those, with the moment they began
 * @param errors       lines of the error file of the last 24 hours
 */
@JsonPropertyOrder({
    "config",
    "label",
    "state",
    "lastRun",
    "lastSuccess",
    "age",
    "nextRun",
    "last",
    "changes",
    "kept",
    "openFailures",
    "failures",
    "errors"
})
public record Status(
        String config,
        String label,
        State state,
        String lastRun,
        String lastSuccess,
        Long age,
        String nextRun,
        RunResult last,
        List<String> changes,
        List<Kept> kept,
        int openFailures,
        List<Failure> failures,
        List<String> errors) {

    /** Most urgent last. */
    public enum State {
        /** Nothing is known yet. */
        NEVER("pas encore synchronisé"),
        /** The last run did all there was to do. */
        OK("à jour"),
        /** It did, and keeps something back until somebody approves. */
        HELD("à jour, sauf ce qui est retenu"),
        /** Something could not be done. */
        FAILED("en échec");

        private final String words;

        State(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public record Failure(String since, String message) {}

    /** A number of the last run; 0 when there was none. */
    public int count(ToIntFunction<RunResult> number) {
        return last == null ? 0 : number.applyAsInt(last);
    }

    /** Null when the last run reached its end. */
    public String error() {
        return last == null || last.error() == null ? null : last.error().message();
    }

    static String text(Instant instant) {
        return instant == null ? null : EventTimes.instant(instant);
    }
}
