package fr.moncampus.ecal.moncampus;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the rule of the one login attempt needs to know of one account. It never holds the password, only a salted hash.
 *
 * @param refused    {@link Fingerprint} of the credentials that were refused last; null when the last verdict was good
 * @param refusedAt  when they were refused; null when {@code refused} is
 * @param unanswered when logins were tried that brought no verdict, oldest first; one under way is among them
 * @param underWay   when a login was begun whose outcome is not known yet; null when there is none
 */
public record LoginHistory(String refused, Instant refusedAt, List<Instant> unanswered, Instant underWay) {
    public static final LoginHistory NOTHING = new LoginHistory(null, null, List.of(), null);

    public LoginHistory {
        unanswered = List.copyOf(unanswered);
    }

    /** All of its instants changed alike. */
    public LoginHistory moved(UnaryOperator<Instant> change) {
        return new LoginHistory(
                refused,
                refusedAt == null ? null : change.apply(refusedAt),
                unanswered.stream().map(change).toList(),
                underWay == null ? null : change.apply(underWay));
    }
}
