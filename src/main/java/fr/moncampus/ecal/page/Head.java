package fr.moncampus.ecal.page;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.report.FrenchText;
import fr.moncampus.ecal.report.Kept;
import fr.moncampus.ecal.watch.Punctuality;
import fr.moncampus.ecal.watch.Status;
import fr.moncampus.ecal.watch.StatusReader;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * A configuration at a glance: what the head of each of its pages says, and its line in the overview.
 *
 * @param base        address of its pages
 * @param lastSuccess in words
 * @param next        in words
 * @param trouble     why the last run ended early; null when it did not
 * @param open        how many failures are open
 * @param running     whether a run is in progress
 */
record Head(
        String config,
        String label,
        String base,
        State state,
        String lastSuccess,
        String next,
        String trouble,
        int held,
        int waiting,
        int open,
        boolean running) {

    /** The most urgent first. */
    public enum State {
        FAILED("✗", Status.State.FAILED.words()),
        LATE("✗", "en retard"),
        HELD("!", Status.State.HELD.words()),
        NEVER("?", Status.State.NEVER.words()),
        OK("✓", Status.State.OK.words());

        private final String mark;
        private final String word;

        State(String mark, String word) {
            this.mark = mark;
            this.word = word;
        }

        public String mark() {
            return mark;
        }

        public String word() {
            return word;
        }

        /** The class in the style sheet, and the word in JSON. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MAX_LABEL = 80;

    static final Comparator<Head> URGENT_FIRST = Comparator.comparing((Head head) -> head.state())
            .thenComparing(Head::label)
            .thenComparing(Head::config);

    static Head of(Configuration configuration, String base, History history, boolean running, Instant now) {
        History.Entry last = history.last(1).stream().findFirst().orElse(null);
        History.Entry success = last != null && last.success() ? last : history.lastSuccess();
        Instant next = configuration.nextRun(now);
        int waiting = last == null
                ? 0
                : (int) last.kept().stream()
                        .filter(kept -> Kept.WAITING.equals(kept.reason()))
                        .count();
        return new Head(
                configuration.name(),
                Text.line(configuration.label(), MAX_LABEL),
                base,
                stateOf(configuration, history, last, now),
                success == null
                        ? "Aucun succès pour l'instant"
                        : "Dernier succès " + FrenchText.moment(success.finished(), now) + " ("
                                + FrenchText.age(success.finished(), now) + ")",
                next == null
                        ? "aucun passage prévu"
                        : "prochain passage " + FrenchText.moment(next, now) + " (" + FrenchText.until(next, now) + ")",
                last == null || last.result().error() == null
                        ? null
                        : last.result().error().message(),
                last == null ? 0 : last.kept().size() - waiting,
                waiting,
                history.open().size(),
                running);
    }

    private static State stateOf(Configuration configuration, History history, History.Entry last, Instant now) {
        State state =
                switch (StatusReader.state(last)) {
                    case NEVER -> State.NEVER;
                    case OK -> State.OK;
                    case HELD -> State.HELD;
                    case FAILED -> State.FAILED;
                };
        History.Entry complete = state == State.OK || state == State.HELD ? history.lastComplete() : null;
        boolean late = complete != null
                && !complete.started().isAfter(now)
                && Punctuality.missedTwo(configuration, complete.started(), last.started(), now);
        return late ? State.LATE : state;
    }
}
