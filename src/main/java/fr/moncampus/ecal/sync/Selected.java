package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Plan.Held;
import fr.moncampus.ecal.sync.Plan.Reason;
import fr.moncampus.ecal.sync.Plan.RuleEffect;
import fr.moncampus.ecal.timetable.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Selection: what the rules about courses do to the calendar. Many new names at once, when the rules are others than those by which the
 * calendar was last brought in step, are held until a person approves them; what else has changed about these courses is not.
 */
final class Selected {
    private final Situation situation;
    private final boolean changed;
    private final List<Change> renames = new ArrayList<>();
    /** What is to be written in place of a rename that is held; null for nothing. */
    private final List<Change> without = new ArrayList<>();

    private boolean holds;

    Selected(Situation situation) {
        this.situation = situation;
        this.changed = !fingerprint().equals(situation.memory().selection());
    }

    private String fingerprint() {
        List<String> rules = situation.selection().labels();
        return rules.isEmpty() ? "" : Reference.digest(String.join("\n", rules)).substring(0, 12);
    }

    /** What the next run compares its rules with. */
    String next() {
        return holds ? situation.memory().selection() : fingerprint();
    }

    /** Whether these rules, other ones than before, give the event another name. */
    boolean renames(Owned owned, Row row) {
        return changed
                && !Mark.bare(owned.content().name())
                        .equals(Mark.bare(row.content().name()));
    }

    void rename(Owned owned, Row row) {
        String id = owned.event().id();
        String reference = owned.reference().toString();
        renames.add(Change.update(owned.event(), row.as(id, reference)));
        CalendarEvent old = row.event().withName(owned.content().name());
        boolean same = Content.of(old).equals(owned.content()) && !owned.adopted();
        without.add(same ? null : Change.update(owned.event(), old.withId(id).withReference(reference)));
    }

    /** Decides about the names, once all of them are known. */
    void decide(int standing, List<Change> updates, List<Held> held) {
        holds = Deletions.areMany(renames.size(), standing, situation.rules());
        if (holds) {
            without.stream().filter(Objects::nonNull).forEach(updates::add);
            renames.forEach(change -> held.add(new Held(change, Reason.RULES_CHANGED)));
        } else {
            updates.addAll(renames);
        }
    }

    List<RuleEffect> effects() {
        List<Wanted> all = situation.wanted();
        return situation.selection().labels().stream()
                .map(rule -> new RuleEffect(
                        rule,
                        (int) all.stream()
                                .filter(each -> rule.equals(each.hiddenBy()))
                                .count(),
                        (int) all.stream()
                                .filter(each -> each.hiddenBy() == null
                                        && each.applied().contains(rule))
                                .count(),
                        all.size()))
                .toList();
    }
}
