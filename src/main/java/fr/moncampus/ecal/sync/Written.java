package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What is remembered of the last write of one reference, or of the deletion of one id (settling, silence), and what becomes of it:
 * plain values, which package {@code memory} only stores.
 *
 * @param spelling what was sent (or deleted), what stood there before and how ECAL spells it
 * @param at       when the write began
 * @param settling true: to be believed for a while, even if the listing shows otherwise
 */
public record Written(Change.Kind kind, Spelling spelling, State state, Instant at, boolean settling) {

    /** How far ECAL has confirmed what was sent. */
    public enum State {
        /** No clear answer (yet): a listing teaches nothing. */
        NOT_ANSWERED,
        /** Answered with a 2xx: a listing may teach ECAL's spelling. */
        ACCEPTED,
        /** A listing has shown it exactly as it was sent. */
        LISTED_AS_SENT,
        /** A deletion that was done. */
        DELETED
    }

    /** @param replaced what was remembered in the same place; null for nothing */
    public static Written begun(Written replaced, Change change, Instant now) {
        return new Written(change.kind(), spelling(replaced, change), State.NOT_ANSWERED, now, true);
    }

    /** True while a change that says the same would only repeat this one. */
    public boolean covers(CalendarEvent event, Instant now, Duration settle) {
        return settling && !isDoubtfulDeletion() && event().equals(event) && at.isAfter(now.minus(settle));
    }

    /**
     * A process that died may have noted a deletion and not sent it. That is not believed: a course that comes back would be created beside the
     * event that still stands, whereas deleting twice does no harm.
     */
    private boolean isDoubtfulDeletion() {
        return kind == Change.Kind.DELETE && state != State.DELETED;
    }

    /** A deletion has ended well. */
    public Written done() {
        return new Written(kind, spelling, State.DELETED, at, settling);
    }

    /**
     * A create or update has ended well.
     *
     * @param replaced what was remembered when this one began; null for nothing
     * @param change   what was really written: the reference may be another one than was tried first, the id is known only now,
     *                 and the create may have become an update
     */
    public Written ended(Written replaced, Change change, Write.Outcome outcome, Instant now) {
        if (outcome == Write.Outcome.UNCONFIRMED) {
            // ECAL has the event; if an earlier run wrote it, as that wrote it, which is believed once more
            return replaced == null
                    ? new Written(kind, spelling(null, change), State.NOT_ANSWERED, at, settling)
                    : new Written(replaced.kind, replaced.spelling, replaced.state, now, true);
        }
        CalendarEvent event = change.event();
        CalendarEvent former = change.before() != null ? change.before() : replaced == null ? null : replaced.event();
        boolean isNew =
                outcome == Write.Outcome.CREATED && (former == null || !Objects.equals(former.id(), event.id()));
        // what was really created is a new event, whose spelling the next listing teaches
        boolean found = kind == Change.Kind.CREATE && change.before() != null;
        Written old = found && replaced != null ? replaced.found(change.before()) : replaced;
        Spelling next = isNew ? new Spelling(event, null, null) : spelling(old, change);
        return new Written(kind, next, State.ACCEPTED, at, settling);
    }

    /** As after a listing that shows that: what a plan's listing did not show has been looked for and was there. */
    private Written found(CalendarEvent listed) {
        boolean written = state == State.NOT_ANSWERED || state == State.ACCEPTED;
        return written && Content.of(listed).equals(Content.of(event()))
                ? new Written(kind, spelling, State.LISTED_AS_SENT, at, settling)
                : this;
    }

    /**
     * This update found nothing and became a create. What it did not find was deleted at that moment, whatever a late listing shows: believed to
     * stand there, it would be updated by the next run, and so created a second time.
     *
     * @return what is remembered of it, which applies before this write since its slot comes first
     */
    public Written foundGone(CalendarEvent gone) {
        return new Written(Change.Kind.DELETE, new Spelling(gone, null, null), State.DELETED, at, true);
    }

    /**
     * A write has failed.
     *
     * @param replaced what was remembered when this one began
     * @return null to forget it
     */
    public Written failed(Written replaced, boolean mayHaveHappened) {
        return mayHaveHappened ? this : replaced;
    }

    /** Another write in its place has failed without a clear answer: a listing that shows that one teaches nothing of this. */
    public Written doubted() {
        return new Written(kind, spelling, state == State.ACCEPTED ? State.NOT_ANSWERED : state, at, settling);
    }

    /** This update found nothing and became a create, which may have happened: then its event has another id. */
    public Written asCreate() {
        return new Written(
                Change.Kind.CREATE, new Spelling(event().withId(null), null, null), State.NOT_ANSWERED, at, true);
    }

    /** As old as it is, on a clock that has jumped by so much. */
    public Written moved(Duration by) {
        return new Written(kind, spelling, state, at.plus(by), settling);
    }

    /**
     * An event of this reference was deleted. If it was a copy, the event that stays keeps its entry; if not, nothing is left to be believed,
     * and the spelling is that of a copy that may stay: unless it was learned from a listing that may have lagged, since then that copy really says those words.
     */
    public Written deleted(CalendarEvent gone) {
        if (event().id() != null && !event().id().equals(gone.id())) {
            return this;
        }
        boolean unsure = kind == Change.Kind.UPDATE && spelling.before() == null;
        Spelling left = unsure ? new Spelling(event(), null, null) : spelling;
        return new Written(kind, left, state, at, false);
    }

    /** As sent, or as it was before it was deleted. */
    public CalendarEvent event() {
        return spelling.sent();
    }

    /** What a listing may show once this change is done, for ECAL's spelling to be told from a lag. */
    private static Spelling spelling(Written old, Change change) {
        CalendarEvent after = change.after();
        if (after == null) {
            return new Spelling(change.before(), null, null);
        }
        if (old == null) {
            return new Spelling(after, change.before(), null);
        }
        if (change.before() == null) {
            boolean unsure =
                    old.state == State.NOT_ANSWERED && !old.event().withId(null).equals(after.withId(null));
            return Spellings.created(unsure ? null : old.known(), after);
        }
        return switch (old.state) {
            case NOT_ANSWERED -> Spellings.writtenAfterDoubt(old.spelling, change);
            case ACCEPTED -> Spellings.written(old.spelling, change);
            case LISTED_AS_SENT, DELETED -> Spellings.written(null, change);
        };
    }

    private Spelling known() {
        return state == State.LISTED_AS_SENT ? new Spelling(event(), spelling.before(), event()) : spelling;
    }
}
