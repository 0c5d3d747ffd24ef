package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Remembered.Settling;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the memory of our own writes changes: those that do not show yet, and those that ECAL spells its own way. */
class OwnWritesTest {
    private final World world = new World();

    @Test
    void aPostWithoutAnIdIsNeitherRepeatedNorChangedBeforeTheListingShowsIt() {
        world.wanted.add(new Wanted("1", World.event("Cours 1", "C3", World.at(1, 10), 2)));
        world.memory = PlannerTest.settling(new Settling(
                Change.Kind.CREATE,
                World.course(1, 1).event().withReference(World.mine("1")),
                World.NOW.minusSeconds(60)));

        Plan plan = world.plan();

        assertThat(World.writes(plan)).isZero();
        assertThat(plan.unconfirmed()).isEqualTo(1);
        assertThat(plan.unchanged()).isZero();
    }

    @Test
    void aWriteThatHasNotShownWithinSettleIsRepeated() {
        world.wanted.add(World.course(1, 1));
        world.memory = PlannerTest.settling(new Settling(
                Change.Kind.CREATE,
                World.course(1, 1).event().withReference(World.mine("1")),
                World.NOW.minus(Duration.ofMinutes(15))));

        assertThat(world.plan().creates()).hasSize(1);
    }

    @Test
    void aDeletionThatTheListingStillShowsIsUnconfirmedAndNotRepeated() {
        CalendarEvent gone = world.put(1, World.mine("1"), World.course(1, 1).event());
        world.memory = PlannerTest.settling(new Settling(Change.Kind.DELETE, gone, World.NOW.minusSeconds(60)));

        Plan plan = world.plan();

        assertThat(plan.unconfirmed()).isEqualTo(1);
        assertThat(plan.waiting()).isEmpty();
    }

    @Test
    void ofSeveralWritesTheNewestCounts() {
        CalendarEvent first = World.course(1, 1).event().withId(World.id(1)).withReference(World.mine("1"));
        CalendarEvent second = World.course(1, 2).event().withId(World.id(1)).withReference(World.mine("1"));
        world.calendar.put(first.id(), first);
        world.wanted.add(World.course(1, 2));
        world.memory = PlannerTest.settling(
                new Settling(Change.Kind.CREATE, first, World.NOW.minusSeconds(60)),
                new Settling(Change.Kind.UPDATE, second, World.NOW.minusSeconds(30)));

        Plan plan = world.plan();

        assertThat(World.writes(plan)).isZero();
        assertThat(plan.unconfirmed()).isEqualTo(1);
    }

    /** An update that found nothing became a create; the listing still shows what is gone, and the new event or not yet. */
    @Test
    void whatReplacedAnEventThatWasGoneIsNeitherDoubledNorTakenForItsCopy() {
        CalendarEvent gone = world.put(1, World.mine("1"), World.course(1, 2).event());
        CalendarEvent again = World.course(1, 1).event().withId(World.id(2)).withReference(World.mine("1"));
        world.wanted.add(World.course(1, 1));
        world.memory = PlannerTest.settling(
                new Settling(Change.Kind.DELETE, gone, World.NOW.minusSeconds(60)),
                new Settling(Change.Kind.UPDATE, again, World.NOW.minusSeconds(60)));

        assertThat(World.writes(world.plan())).isZero();
        world.calendar.put(again.id(), again);
        assertThat(World.writes(world.plan())).isZero();
    }

    /** As before, but the create had no clear answer, so that its id is unknown. */
    @Test
    void whatMayHaveReplacedAnEventThatWasGoneIsNotTakenForItsCopyEither() {
        CalendarEvent gone = world.put(1, World.mine("1"), World.course(1, 2).event());
        CalendarEvent again = World.course(1, 1).event().withReference(World.mine("1"));
        world.wanted.add(World.course(1, 1));
        world.memory = PlannerTest.settling(
                new Settling(Change.Kind.DELETE, gone, World.NOW.minusSeconds(60)),
                new Settling(Change.Kind.CREATE, again, World.NOW.minusSeconds(60)));

        assertThat(World.writes(world.plan())).isZero();
        world.calendar.put(World.id(2), again.withId(World.id(2)));
        assertThat(World.writes(world.plan())).isZero();
    }

    @Test
    void anEventWhoseIdIsUnknownIsNeverRecordedAsAbsent() {
        world.memory = PlannerTest.settling(new Settling(
                Change.Kind.CREATE,
                World.course(1, 1).event().withReference(World.mine("1")),
                World.NOW.minusSeconds(60)));

        Plan plan = world.plan();

        assertThat(plan.waiting()).isEmpty();
        assertThat(plan.memory().absences()).isEmpty();
    }

    @Test
    void anEventWhoseIdIsKnownFromALaterWriteCanBeChanged() {
        CalendarEvent posted = World.course(1, 1).event().withReference(World.mine("1"));
        world.wanted.add(World.course(1, 2));
        world.memory = PlannerTest.settling(
                new Settling(Change.Kind.CREATE, posted, World.NOW.minusSeconds(60)),
                new Settling(Change.Kind.UPDATE, posted.withId(World.id(1)), World.NOW.minusSeconds(30)));

        assertThat(world.plan().updates())
                .extracting(change -> change.after().id())
                .containsExactly(World.id(1));
    }

    @Test
    void aDeletionEndsAPostOfTheSameReference() {
        CalendarEvent posted = World.course(1, 1).event().withReference(World.mine("1"));
        world.memory = PlannerTest.settling(
                new Settling(Change.Kind.CREATE, posted, World.NOW.minusSeconds(60)),
                new Settling(Change.Kind.DELETE, posted.withId(World.id(1)), World.NOW.minusSeconds(30)));
        world.wanted.add(World.course(1, 1));

        Plan plan = world.plan();

        assertThat(references(plan.creates())).containsExactly(World.mine("1-2"));
        assertThat(plan.unconfirmed()).isZero();
    }

    @Test
    void aSpellingIsForgottenOnceTheListingShowsWhatWasSent() {
        CalendarEvent sent = World.course(1, 1).event().withId(World.id(1)).withReference(World.mine("1"));
        CalendarEvent late = World.course(1, 2).event().withId(World.id(1)).withReference(World.mine("1"));
        Remembered memory = new Remembered(
                Map.of(), Map.of(World.mine("1"), new Spelling(sent, null, late)), List.of(), Set.of(), null);

        assertThat(Spellings.learn(memory, List.of(late))).isEqualTo(memory);
        assertThat(Spellings.learn(memory, List.of(sent)).spellings()).isEmpty();
    }

    @Test
    void aListingThatSkipsAnEventDoesNotMakeItsSpellingForgotten() {
        CalendarEvent sent = World.course(1, 1).event().withId(World.id(1)).withReference(World.mine("1"));
        Remembered memory = new Remembered(
                Map.of(),
                Map.of(
                        World.mine("1"),
                        new Spelling(sent, null, World.at(sent, World.at(1, 10), World.at(1, 12), null))),
                List.of(),
                Set.of(),
                null);

        assertThat(Spellings.learn(memory, List.of())).isEqualTo(memory);
    }

    @Test
    void theSpellingOfADoubleIsNotLearnedFromTheOther() {
        CalendarEvent sent = World.course(1, 1).event().withId(World.id(2)).withReference(World.mine("1"));
        CalendarEvent changedByHand =
                World.at(sent, World.at(1, 7), World.at(1, 12), "Europe/Paris").withId(World.id(1));
        Remembered memory = new Remembered(
                Map.of(), Map.of(World.mine("1"), new Spelling(sent, null, null)), List.of(), Set.of(), null);

        assertThat(Spellings.learn(memory, List.of(changedByHand)).spellings()).isEqualTo(memory.spellings());
    }

    @Test
    void aLaggingListingIsNotLearnedAsASpelling() {
        CalendarEvent before = World.course(1, 1).event().withId(World.id(1)).withReference(World.mine("1"));
        CalendarEvent sent = World.course(1, 2).event().withId(World.id(1)).withReference(World.mine("1"));
        world.calendar.put(before.id(), before);
        world.wanted.add(World.course(1, 2));
        world.memory = new Remembered(
                Map.of(), Map.of(World.mine("1"), new Spelling(sent, before, null)), List.of(), Set.of(), null);

        assertThat(world.plan().updates()).hasSize(1);
    }

    @Test
    void aLateListingOfOurLastWriteIsNotLearnedAsTheSpellingOfTheNext() {
        CalendarEvent first = World.course(1, 1).event().withId(World.id(1)).withReference(World.mine("1"));
        CalendarEvent respelled = World.at(first, World.at(1, 10), World.at(1, 12), null);
        CalendarEvent second = World.course(1, 2).event().withId(World.id(1)).withReference(World.mine("1"));

        Spelling written = Spellings.written(new Spelling(first, null, respelled), Change.update(first, second));
        Remembered memory = new Remembered(Map.of(), Map.of(World.mine("1"), written), List.of(), Set.of(), null);

        assertThat(Spellings.learn(memory, List.of(respelled))).isEqualTo(memory);
    }

    @Test
    void aListingThatLagsBehindTwoWritesIsNotLearnedAsTheSpellingOfTheSecond() {
        CalendarEvent before = World.course(1, 3).event().withId(World.id(1)).withReference(World.mine("1"));
        CalendarEvent first = World.course(1, 1).event().withId(World.id(1)).withReference(World.mine("1"));
        CalendarEvent second = World.course(1, 2).event().withId(World.id(1)).withReference(World.mine("1"));

        Spelling written = Spellings.written(new Spelling(first, before, null), Change.update(first, second));
        Remembered memory = new Remembered(Map.of(), Map.of(World.mine("1"), written), List.of(), Set.of(), null);

        assertThat(Spellings.learn(memory, List.of(before))).isEqualTo(memory);
    }

    /** While our last write is believed, somebody has changed the event, and the school then changes the course. */
    @Test
    void aChangeByHandThatIsListedLateIsNotLearnedAsTheSpellingOfOurNextWrite() {
        CalendarEvent first = World.course(1, 1).event().withId(World.id(1)).withReference(World.mine("1"));
        CalendarEvent respelled = World.at(first, World.at(1, 10), World.at(1, 12), null);
        CalendarEvent byHand = World.at(respelled, World.at(1, 7), World.at(1, 12), null);
        Spelling known = new Spelling(first, null, respelled);
        world.calendar.put(byHand.id(), byHand);
        world.wanted.add(World.course(1, 2));
        world.memory = new Remembered(
                Map.of(),
                Map.of(World.mine("1"), known),
                List.of(new Settling(Change.Kind.UPDATE, first, World.NOW.minusSeconds(60))),
                Set.of(),
                null);

        Change next = world.plan().updates().get(0);
        Remembered memory =
                settled(world.memory).withSpellings(Map.of(World.mine("1"), Spellings.written(known, next)));

        assertThat(next.before()).as("as the listing shows it").isEqualTo(byHand);
        assertThat(Spellings.learn(memory, List.of(byHand))).isEqualTo(memory);
    }

    @Test
    void norIsALateListingOfOurLastWriteOfWhichThePlansListingDidNotShowAnythingYet() {
        CalendarEvent first = World.course(1, 1).event().withId(World.id(1)).withReference(World.mine("1"));
        CalendarEvent before = World.at(first, World.at(3, 10), World.at(3, 12), null);
        CalendarEvent respelled = World.at(first, World.at(1, 10), World.at(1, 12), null);
        Spelling unseen = new Spelling(first, before, null);
        world.calendar.put(before.id(), before);
        world.wanted.add(World.course(1, 2));
        world.memory = PlannerTest.settling(new Settling(Change.Kind.UPDATE, first, World.NOW.minusSeconds(60)));

        Change next = world.plan().updates().get(0);
        Remembered memory =
                settled(world.memory).withSpellings(Map.of(World.mine("1"), Spellings.written(unseen, next)));

        assertThat(Spellings.learn(memory, List.of(respelled))
                        .spellings()
                        .get(World.mine("1"))
                        .seen())
                .isNull();
    }

    @Test
    void aListingThatLagsBehindALostAnswerIsNotLearnedAsTheSpellingOfOurNextWrite() {
        CalendarEvent first = World.course(1, 1).event().withId(World.id(1)).withReference(World.mine("1"));
        CalendarEvent before = World.at(first, World.at(1, 7), World.at(1, 12), null);
        world.calendar.put(before.id(), before);
        world.wanted.add(World.course(1, 2));
        world.memory = PlannerTest.settling(new Settling(Change.Kind.UPDATE, first, World.NOW.minusSeconds(60)));

        Change next = world.plan().updates().get(0);
        Remembered memory = settled(world.memory)
                .withSpellings(
                        Map.of(World.mine("1"), Spellings.writtenAfterDoubt(new Spelling(first, before, null), next)));

        assertThat(Spellings.learn(memory, List.of(before))).isEqualTo(memory);
    }

    @Test
    void aWriteWhoseAnswerWasLostTeachesItsSpellingWhenItIsRepeated() {
        CalendarEvent sent = World.course(1, 1).event().withId(World.id(1)).withReference(World.mine("1"));
        CalendarEvent before = World.course(1, 2).event().withId(World.id(1)).withReference(World.mine("1"));
        CalendarEvent respelled = World.at(sent, World.at(1, 10), World.at(1, 12), null);
        Spelling doubtful = new Spelling(sent, before, null);

        assertThat(Spellings.writtenAfterDoubt(doubtful, Change.update(respelled, sent))
                        .seen())
                .isEqualTo(respelled);
        assertThat(Spellings.writtenAfterDoubt(doubtful, Change.update(before, sent)))
                .isEqualTo(doubtful);
    }

    @Test
    void theSameWrittenOnceMoreKeepsItsSpelling() {
        CalendarEvent sent = World.course(1, 1).event().withId(World.id(1)).withReference(World.mine("1"));
        CalendarEvent respelled = World.at(sent, World.at(1, 10), World.at(1, 12), null);
        Spelling known = new Spelling(sent, null, respelled);

        assertThat(Spellings.written(known, Change.update(respelled, sent))).isEqualTo(known);
    }

    @Test
    void aChangeByHandIsUndoneThoughASpellingIsKnown() {
        CalendarEvent sent = World.course(1, 1).event().withReference(World.mine("1"));
        CalendarEvent seen = World.at(sent, World.at(1, 10), World.at(1, 12), null);
        world.wanted.add(World.course(1, 1));
        world.memory = new Remembered(
                Map.of(), Map.of(World.mine("1"), new Spelling(sent, null, seen)), List.of(), Set.of(), null);
        world.put(1, World.mine("1"), seen);
        assertThat(world.plan().updates()).isEmpty();

        world.put(1, World.mine("1"), World.at(seen, World.at(1, 11), World.at(1, 12), null));

        assertThat(world.plan().updates()).hasSize(1);
    }

    @Test
    void nothingIsLearnedWhileAnotherWriteIsUnderWay() {
        CalendarEvent sent = World.course(1, 1).event().withId(World.id(1)).withReference(World.mine("1"));
        CalendarEvent later = World.course(1, 2).event().withId(World.id(1)).withReference(World.mine("1"));
        Remembered memory = new Remembered(
                Map.of(),
                Map.of(World.mine("1"), new Spelling(sent, null, null)),
                List.of(new Settling(Change.Kind.UPDATE, later, World.NOW)),
                Set.of(),
                null);
        Remembered deleted = new Remembered(
                Map.of(),
                memory.spellings(),
                List.of(new Settling(Change.Kind.DELETE, sent, World.NOW)),
                Set.of(),
                null);

        assertThat(Spellings.learn(memory, List.of(later)).spellings()).isEqualTo(memory.spellings());
        assertThat(Spellings.learn(deleted, List.of(later)).spellings()).isEqualTo(memory.spellings());
        assertThat(Spellings.learn(settled(memory), List.of(later))
                        .spellings()
                        .get(World.mine("1"))
                        .seen())
                .isEqualTo(later);
    }

    /** Else what somebody changes by hand in the meantime would be learned as ECAL's spelling. */
    @Test
    void whatIsCreatedAgainIsKnownAtOnceThoughItsDeletionIsFresh() {
        CalendarEvent again = World.course(1, 1).event().withId(World.id(2)).withReference(World.mine("1"));
        Remembered memory = new Remembered(
                Map.of(),
                Map.of(World.mine("1"), new Spelling(again, null, null)),
                List.of(new Settling(Change.Kind.DELETE, again.withId(World.id(1)), World.NOW)),
                Set.of(),
                null);

        assertThat(Spellings.learn(memory, List.of(again)).spellings())
                .as("listed as it was sent")
                .isEmpty();
    }

    private static Remembered settled(Remembered memory) {
        return memory.withSettling(List.of());
    }

    private static List<String> references(List<Change> changes) {
        return changes.stream().map(change -> change.after().reference()).toList();
    }
}
