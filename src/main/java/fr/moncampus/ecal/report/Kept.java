package fr.moncampus.ecal.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * An event that waits or is held, as the run history keeps it.
 *
 * @param reason {@code waiting}, or the code of a {@link fr.moncampus.ecal.sync.Plan.Reason}
 * @param event  in words
 * @param since  the first read that lacked it, ISO 8601; empty for what is held
 */
@JsonPropertyOrder({"reason", "event", "since"})
public record Kept(String reason, String event, String since) {
    /** The reason of what waits. */
    public static final String WAITING = "waiting";

    static Kept waiting(String event, String since) {
        return new Kept(WAITING, event, since);
    }
}
