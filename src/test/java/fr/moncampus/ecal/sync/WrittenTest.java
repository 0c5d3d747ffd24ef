package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.Write.Outcome;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import fr.moncampus.ecal.sync.Written.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a write's outcome does to the memory (settling, silence), without a database. */
class WrittenTest {
    private static final Duration SETTLE = Duration.ofMinutes(15);
    private static final Instant NOW = Instant.parse("2026-09-14T06:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(10);
    private static final CalendarEvent WANTED = Fixtures.event("mc-0a1b2c3d-7");
    private static final CalendarEvent THERE = WANTED.withId(Fixtures.id(7));
    private static final CalendarEvent OTHER = THERE.withName("Algorithmique");
    private static final CalendarEvent SPELT = THERE.withName("ALGORITHMIQUE");
    private static final Written BEGUN = Written.begun(null, Change.create(WANTED), NOW);
    private static final Written CREATED = BEGUN.ended(null, Change.create(THERE), Outcome.CREATED, LATER);

    @Test
    void whatHasBegunIsNotAnsweredAndSettles() {
        assertThat(BEGUN)
                .isEqualTo(new Written(
                        Change.Kind.CREATE, new Spelling(WANTED, null, null), State.NOT_ANSWERED, NOW, true));
    }

    @Test
    void itCoversTheSameEventUntilItHasSettled() {
        assertThat(BEGUN.covers(WANTED, NOW.plus(SETTLE).minusMillis(1), SETTLE))
                .isTrue();
        assertThat(BEGUN.covers(WANTED, NOW.plus(SETTLE), SETTLE)).isFalse();
        assertThat(BEGUN.covers(OTHER, NOW, SETTLE)).isFalse();
    }

    @Test
    void anAcceptedCreateHasItsIdAndStaysAsOldAsItIs() {
        assertThat(CREATED)
                .isEqualTo(new Written(Change.Kind.CREATE, new Spelling(THERE, null, null), State.ACCEPTED, NOW, true));
    }

    @Test
    void anAcceptedUpdateRemembersWhatStoodThere() {
        Written begun = Written.begun(null, Change.update(THERE, OTHER), NOW);

        Written ended = begun.ended(null, Change.update(THERE, OTHER), Outcome.UPDATED, LATER);

        assertThat(ended.state()).isEqualTo(State.ACCEPTED);
        assertThat(ended.spelling()).isEqualTo(new Spelling(OTHER, THERE, null));
    }

    @Test
    void anUnconfirmedWriteOverAKnownEventBelievesTheOldOnceMore() {
        Written begun = Written.begun(CREATED, Change.create(OTHER.withId(null)), LATER);

        Written ended = begun.ended(CREATED, Change.create(OTHER), Outcome.UNCONFIRMED, LATER);

        assertThat(ended).isEqualTo(new Written(CREATED.kind(), CREATED.spelling(), CREATED.state(), LATER, true));
    }

    @Test
    void anUnconfirmedWriteOfWhatNobodyKnewStaysUnanswered() {
        assertThat(BEGUN.ended(null, Change.create(THERE), Outcome.UNCONFIRMED, LATER)
                        .state())
                .isEqualTo(State.NOT_ANSWERED);
    }

    @Test
    void aSureFailureLeavesWhatStoodThereAndADoubtfulOneItself() {
        assertThat(BEGUN.failed(CREATED, false)).isEqualTo(CREATED);
        assertThat(BEGUN.failed(null, false)).as("forgotten").isNull();
        assertThat(BEGUN.failed(CREATED, true)).isEqualTo(BEGUN);
    }

    @Test
    void aNewEventOfAKnownReferenceHasNoSpellingYet() {
        Written known = new Written(CREATED.kind(), new Spelling(THERE, null, SPELT), State.ACCEPTED, NOW, true);
        CalendarEvent again = THERE.withId(Fixtures.id(8));
        Written begun = Written.begun(known, Change.create(WANTED), LATER);

        assertThat(begun.spelling().seen()).as("until an answer says so").isEqualTo(SPELT);
        assertThat(begun.ended(known, Change.create(again), Outcome.CREATED, LATER)
                        .spelling())
                .isEqualTo(new Spelling(again, null, null));
    }

    @Test
    void whatWasListedAsSentIsItsOwnSpellingWhenItIsCreatedOver() {
        Written listed = new Written(CREATED.kind(), CREATED.spelling(), State.LISTED_AS_SENT, NOW, true);

        assertThat(Written.begun(listed, Change.create(WANTED), LATER).spelling())
                .isEqualTo(new Spelling(WANTED, null, THERE));
        assertThat(Written.begun(listed, Change.update(SPELT, OTHER), LATER).spelling())
                .as("nothing of it counts for an update")
                .isEqualTo(new Spelling(OTHER, SPELT, null));
    }

    /** The plan's listing did not show it, so that it was to be created. What it replaced is not listed any more, and may be a spelling again. */
    @Test
    void whatALookShowsAsItWasSentIsWhatTheNextWriteReplaces() {
        Written known = new Written(Change.Kind.UPDATE, new Spelling(THERE, SPELT, null), State.ACCEPTED, NOW, true);
        Written begun = Written.begun(known, Change.create(OTHER.withId(null)), LATER);

        Written ended = begun.ended(known, Change.update(THERE, OTHER), Outcome.UPDATED, LATER);

        assertThat(ended.spelling()).isEqualTo(new Spelling(OTHER, THERE, null));
    }

    /** A list that did not show it may show it yet. */
    @Test
    void whatWasSentAndNotListedIsRememberedWhenSomethingElseIsCreatedOverIt() {
        assertThat(Written.begun(CREATED, Change.create(OTHER.withId(null)), LATER)
                        .spelling())
                .isEqualTo(new Spelling(OTHER.withId(null), null, null, THERE));
    }

    @Test
    void anUpdateAfterADoubtTakesWhatIsListedForASpelling() {
        Written doubtful = Written.begun(null, Change.create(OTHER.withId(null)), NOW);

        assertThat(Written.begun(doubtful, Change.update(SPELT, OTHER), LATER).spelling())
                .isEqualTo(new Spelling(OTHER, SPELT, SPELT));
        assertThat(Written.begun(CREATED, Change.update(SPELT, THERE), LATER).spelling())
                .as("after an accepted write that no list has shown")
                .isEqualTo(new Spelling(THERE, null, null));
    }

    @Test
    void aDeletionKeepsTheEventAndTeachesNothing() {
        assertThat(Written.begun(null, Change.delete(THERE), NOW))
                .isEqualTo(new Written(
                        Change.Kind.DELETE, new Spelling(THERE, null, null), State.NOT_ANSWERED, NOW, true));
    }

    @Test
    void theDeletionOfACopyLeavesTheEntryOfTheEventThatStays() {
        assertThat(CREATED.deleted(THERE.withId(Fixtures.id(8)))).isEqualTo(CREATED);
    }

    @Test
    void theDeletionOfTheEventItselfEndsTheSettling() {
        Written known = new Written(Change.Kind.CREATE, new Spelling(THERE, null, SPELT), State.ACCEPTED, NOW, true);

        assertThat(known.deleted(THERE))
                .isEqualTo(new Written(known.kind(), known.spelling(), known.state(), NOW, false));
        assertThat(BEGUN.deleted(THERE).settling()).as("its id is unknown").isFalse();
    }

    @Test
    void aSpellingThatMayHaveBeenALagIsForgottenWithItsEvent() {
        Written unsure = new Written(Change.Kind.UPDATE, new Spelling(THERE, null, SPELT), State.ACCEPTED, NOW, true);
        Written sure = new Written(Change.Kind.UPDATE, new Spelling(THERE, OTHER, SPELT), State.ACCEPTED, NOW, true);

        assertThat(unsure.deleted(THERE).spelling().seen()).isNull();
        assertThat(sure.deleted(THERE).spelling().seen()).isEqualTo(SPELT);
    }
}
