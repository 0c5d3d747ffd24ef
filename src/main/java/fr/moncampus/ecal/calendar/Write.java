package fr.moncampus.ecal.calendar;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One change on its way to a calendar: what to do next, given the answers so far. Not for use by two threads at once.
 * <p>
 * A create whose answer was lost is looked up before it is sent again, an update that finds nothing becomes a create, and a create
 * that exists already becomes an update if the event is in this calendar.
 */
public final class Write {
    /** How the write ended; {@code UNCONFIRMED} means that the calendar has the event by its own word, but does not list it yet. */
    public enum Outcome {
        CREATED,
        UPDATED,
        DELETED,
        UNCONFIRMED
    }

    private static final int MAX_REQUESTS = 12;
    /** Lookups and retries included. */
    private static final int MAX_TURNS = 100;

    private CalendarEvent before;
    private final UnaryOperator<String> nextReference;
    private final boolean known;
    private CalendarEvent after;
    private CalendarEvent gone;
    private Consumer<CalendarEvent> missed = event -> {};
    private String why;
    private String id;
    private Outcome outcome;
    private boolean inFlight;
    private boolean lastSent;
    private boolean unclear;
    private boolean unanswered;
    private boolean conflict;
    private int requests;
    private int turns;

    /**
     * @param before        as the listing shows it; null for a create
     * @param after         as it should be; null for a delete
     * @param known         whether an earlier run created this reference: a conflict is then our own event, not listed yet, and what a look
     *                      finds may be that as it was
     * @param nextReference the reference to try when another calendar holds this one; it must not return one that
     *                      another write or an event of this calendar uses
     */
    public Write(CalendarEvent before, CalendarEvent after, boolean known, UnaryOperator<String> nextReference) {
        this.before = before;
        this.after = after;
        this.known = known;
        this.nextReference = nextReference;
        this.id = before == null ? null : Objects.requireNonNull(before.id());
    }

    /** @param reason in the user's words, for the journal */
    public Write because(String reason) {
        why = reason;
        return this;
    }

    /** @param told of an event that an update does not find, before anything is created in its place */
    public void onMissed(Consumer<CalendarEvent> told) {
        missed = told;
    }

    /** Null when no reason was given. */
    public String why() {
        return why;
    }

    public boolean isOpen() {
        return outcome == null;
    }

    /** For the route's loop: true while there is something to do. It ends as well when an edited route does nothing. */
    public boolean goesOn() {
        return isOpen() && turns++ < MAX_TURNS;
    }

    /** True when the calendar has to be read before anything is sent. */
    public boolean isLookupNeeded() {
        return isOpen() && isCreate() && (inFlight || conflict);
    }

    /** True when a request has to be sent now. */
    public boolean isRequestNeeded() {
        return isOpen() && !isLookupNeeded();
    }

    public Outcome outcome() {
        return outcome;
    }

    /** The event as it was before; null for a create, unless it turned out to exist already. */
    public CalendarEvent before() {
        return before;
    }

    /** The event as finally written: with its id and the reference that was free. Null for a delete. */
    public CalendarEvent after() {
        return after == null ? null : after.withId(id);
    }

    public CalendarEvent event() {
        return after != null ? after() : before;
    }

    public String method() {
        return isDelete() ? "DELETE" : isCreate() ? "POST" : "PUT";
    }

    /** What was to be updated and does not exist any more, whatever a late listing shows; null when there is no such event. */
    public CalendarEvent gone() {
        return isBack() ? null : gone;
    }

    /** True when an update did not find its event. */
    public boolean hasMissed() {
        return gone != null;
    }

    /** True when ECAL has contradicted itself: what was to be updated did not exist, and does. */
    public boolean isBack() {
        return gone != null && gone.id().equals(id);
    }

    /** True when a failed create may nevertheless have happened: its answer was lost or a server error. */
    public boolean mayHaveHappened() {
        return unclear || isCreate() && inFlight;
    }

    /** True when a request had no clear answer: what a listing shows then may be this change, even if it failed in the end. */
    public boolean isUnanswered() {
        return unanswered || inFlight;
    }

    public String id() {
        return id;
    }

    public void sending() throws CalendarException {
        if (++requests > MAX_REQUESTS) {
            throw new CalendarException(
                    0,
                    "Le calendrier se contredit : après " + MAX_REQUESTS
                            + " requêtes, l'événement n'est ni créé ni modifié.");
        }
        unanswered |= inFlight;
        inFlight = true;
        lastSent = true;
    }

    /**
     * A request brought no answer.
     *
     * @param neverSent there was no connection. The write is known not to have happened only if it was the write itself
     *                  that was not sent: the lookup after an unclear answer may fail as well
     */
    public void lost(boolean neverSent) {
        if (neverSent && lastSent) {
            inFlight = false;
        }
        lastSent = false;
    }

    public void accepted(String newId) {
        inFlight = false;
        outcome = isDelete() ? Outcome.DELETED : isCreate() || unclear ? Outcome.CREATED : Outcome.UPDATED;
        if (newId != null && !isDelete()) {
            id = newId;
        }
    }

    /** The answer says surely that nothing was done. */
    public void refused() {
        inFlight = false;
    }

    public void missing() {
        inFlight = false;
        if (isDelete()) {
            outcome = Outcome.DELETED;
        } else {
            // when that cannot be noted, the update is what is tried again
            missed.accept(before);
            gone = before;
            id = null;
        }
    }

    public void exists() {
        inFlight = false;
        conflict = true;
    }

    /** Goes on with what the calendar holds now. */
    public void found(List<CalendarEvent> calendar) {
        unclear |= inFlight;
        // what an update did not find may still be listed: it counts if the service says that there is one, and no
        // other is
        CalendarEvent there = calendar.stream()
                .filter(event -> after.reference().equals(event.reference()))
                .min(Comparator.comparing(this::isGone))
                .filter(event -> conflict || !isGone(event))
                .orElse(null);
        if (there != null) {
            id = there.id();
            // with a lost memory and a listing that skipped it, it may be an event of before: taken for what was
            // created, it would keep its words, whereas an extra PUT does no harm
            if (!conflict && !known && there.saysTheSameAs(after)) {
                outcome = Outcome.CREATED;
            } else {
                before = there;
            }
        } else if (conflict && (unclear || known)) {
            outcome = Outcome.UNCONFIRMED;
        } else if (conflict) {
            Set<String> used = calendar.stream().map(CalendarEvent::reference).collect(Collectors.toSet());
            do {
                after = after.withReference(nextReference.apply(after.reference()));
            } while (used.contains(after.reference()));
        }
        inFlight = false;
        conflict = false;
    }

    private boolean isGone(CalendarEvent event) {
        return gone != null && gone.id().equals(event.id());
    }

    private boolean isDelete() {
        return after == null;
    }

    private boolean isCreate() {
        return after != null && id == null;
    }
}
