package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Remembered.Settling;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How ECAL spells what we wrote (silence), so that its spelling is not taken for a change. */
public final class Spellings {
    private Spellings() {}

    /** The memory after a listing: spellings of ECAL that it shows are learned. */
    public static Remembered learn(Remembered memory, Collection<CalendarEvent> listing) {
        if (memory.spellings().isEmpty()) {
            return memory;
        }
        Map<String, CalendarEvent> byReference = byReference(listing);
        Map<String, CalendarEvent> byId =
                listing.stream().collect(Collectors.toMap(CalendarEvent::id, Function.identity(), (one, other) -> one));
        Set<String> overwritten = overwritten(memory);
        Map<String, Spelling> learned = new HashMap<>();
        memory.spellings().forEach((reference, spelling) -> {
            // of doubles, only the one that was written can tell how ECAL spells it: the other may have been changed by
            // hand
            String id = spelling.sent().id();
            CalendarEvent listed = id == null ? byReference.get(reference) : byId.get(id);
            Spelling next = overwritten.contains(reference) ? spelling : learn(spelling, listed);
            if (next != null) {
                learned.put(reference, next);
            }
        });
        return memory.withSpellings(learned);
    }

    /**
     * What to remember of a create or update once ECAL has accepted it.
     * A second identical write over the same listed event shows that the listing did not merely lag: from then on, what
     * was there before may be ECAL's spelling too. (Without this, a lost memory would cause a write in every run.)
     *
     * @param previous what was remembered of that reference; null when nothing was
     */
    static Spelling written(Spelling previous, Change change) {
        CalendarEvent after = change.after();
        CalendarEvent before = change.before();
        if (previous == null || before == null) {
            return new Spelling(after, before, null);
        }
        if (!same(previous.sent(), after)) {
            // what a listing skips the plan sees as it was sent; a late one shows its spelling, or what was there
            // before
            return over(previous, same(previous.sent(), before) ? null : before, after);
        }
        if (previous.seen() != null) {
            return same(previous.seen(), before)
                    ? new Spelling(after, previous.before(), previous.seen())
                    : new Spelling(after, before, null);
        }
        boolean inVain = previous.before() == null || same(previous.before(), before);
        return inVain ? new Spelling(after, null, null) : new Spelling(after, previous.before(), before);
    }

    /** Of something else, over what was sent before. @param listed null when the listing has skipped it */
    private static Spelling over(Spelling previous, CalendarEvent listed, CalendarEvent after) {
        CalendarEvent shown = previous.seen() != null ? previous.seen() : previous.before();
        CalendarEvent unlisted = previous.seen() != null ? null : previous.sent();
        return new Spelling(after, listed != null ? listed : shown, null, unlisted);
    }

    /**
     * As {@link #written}, over a write whose answer never came. When the listing shows neither that nor what stood there before,
     * that write was done, and this is how ECAL spells it; or it was not, and somebody has changed the event by hand. The next listing tells.
     */
    static Spelling writtenAfterDoubt(Spelling doubtful, Change change) {
        if (doubtful.seen() != null || !same(doubtful.sent(), change.after())) {
            return written(doubtful, change);
        }
        boolean done =
                change.before() != null && (doubtful.before() == null || !same(doubtful.before(), change.before()));
        return done ? guess(change) : new Spelling(change.after(), change.before(), null);
    }

    /** What stood there before is taken for the spelling of what was sent, until a listing shows one or the other. */
    private static Spelling guess(Change change) {
        return new Spelling(change.after(), change.before(), change.before());
    }

    private static boolean isGuess(Spelling spelling) {
        return spelling.seen() != null && spelling.before() != null && same(spelling.seen(), spelling.before());
    }

    /**
     * What to remember of a create. Over an event that we know and a listing did not show, as pages change, it may find that event as it was:
     * how ECAL spells the same is known already, and another content would be no spelling of this one.
     *
     * @param previous what was remembered of that reference; null when nothing was, or nothing sure of another content
     */
    static Spelling created(Spelling previous, CalendarEvent after) {
        if (previous == null) {
            return new Spelling(after, null, null);
        }
        return same(previous.sent(), after)
                ? new Spelling(after, null, previous.seen(), previous.unlisted())
                : over(previous, null, after);
    }

    /** The content of a listed event, with ECAL's spelling replaced by what we sent. */
    static Content content(CalendarEvent listed, Map<String, Spelling> spellings) {
        Content content = Content.of(listed);
        Spelling spelling = spellings.get(listed.reference());
        boolean spelt = spelling != null && spelling.seen() != null && content.equals(Content.of(spelling.seen()));
        return spelt ? Content.of(spelling.sent()) : content;
    }

    private static Spelling learn(Spelling spelling, CalendarEvent listed) {
        if (listed == null) {
            return spelling; // a listing that skipped the event says nothing about it
        }
        if (same(listed, spelling.sent())) {
            return null;
        }
        if (isGuess(spelling)) {
            return same(listed, spelling.seen())
                    ? new Spelling(spelling.sent(), null, spelling.seen())
                    : new Spelling(spelling.sent(), spelling.before(), listed);
        }
        boolean known = spelling.seen() != null;
        boolean lagging = spelling.before() != null && same(listed, spelling.before());
        if (known || lagging) {
            return spelling;
        }
        return isNearerToUnlisted(spelling, listed)
                ? new Spelling(spelling.sent(), listed, null)
                : new Spelling(spelling.sent(), spelling.before(), listed);
    }

    /** Then that is what the listing shows, late. Were it the spelling of what was sent, that would be sent again once the listing has caught up. */
    private static boolean isNearerToUnlisted(Spelling spelling, CalendarEvent listed) {
        if (spelling.unlisted() == null) {
            return false;
        }
        Content content = Content.of(listed);
        return content.distance(Content.of(spelling.unlisted())) < content.distance(Content.of(spelling.sent()));
    }

    private static boolean same(CalendarEvent one, CalendarEvent other) {
        return Content.of(one).equals(Content.of(other));
    }

    /** With several events of one reference, that with the smallest id, which is the one that stays. */
    private static Map<String, CalendarEvent> byReference(Collection<CalendarEvent> listing) {
        Map<String, CalendarEvent> listed = new HashMap<>();
        for (CalendarEvent event : listing) {
            if (event.reference() != null) {
                listed.merge(
                        event.reference(), event, (one, other) -> one.id().compareTo(other.id()) <= 0 ? one : other);
            }
        }
        return listed;
    }

    /** References with a later write, perhaps unanswered: a listing says nothing about their spelling. */
    private static Set<String> overwritten(Remembered memory) {
        Set<String> references = new HashSet<>();
        for (Settling write : memory.settling()) {
            String reference = write.event().reference();
            Spelling spelling = reference == null ? null : memory.spellings().get(reference);
            if (spelling != null && isOver(write, spelling)) {
                references.add(reference);
            }
        }
        return references;
    }

    /** The deletion of another event of that reference, a copy or what was created again, says nothing of this one. */
    private static boolean isOver(Settling write, Spelling spelling) {
        if (write.kind() == Change.Kind.DELETE) {
            return spelling.sent().id() == null
                    || spelling.sent().id().equals(write.event().id());
        }
        return !same(write.event(), spelling.sent());
    }
}
