package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.ecal.Answer;
import fr.moncampus.ecal.ecal.EcalClient;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Remembered;
import fr.moncampus.ecal.sync.Remembered.Settling;
import fr.moncampus.ecal.sync.Remembered.Spelling;
import fr.moncampus.ecal.sync.Spellings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settling: what was written moments ago is neither repeated nor forgotten. */
class WrittenRepositoryTest {
    private static final Duration SETTLE = Duration.ofMinutes(15);
    private static final CalendarEvent WANTED = Fixtures.event("mc-0a1b2c3d-7");
    private static final CalendarEvent THERE = WANTED.withId(Fixtures.id(7));
    private static final CalendarEvent OTHER = THERE.withName("Algorithmique");
    private static final String ID = "{\"data\":{\"id\":\"" + Fixtures.id(7) + "\"}}";

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock("2026-09-14T06:00:00Z");
    private final EcalClient ecal = new EcalClient(Fixtures.configuration("alice"));
    private Database database;
    private Journal journal;
    private PlanMemory memory;
    private WrittenRepository written;

    @BeforeEach
    void open() {
        database = database(folder);
        journal = new Journal(database, "alice", clock);
        memory = new PlanMemory(database, "0a1b2c3d", SETTLE);
        written = new WrittenRepository(database, "0a1b2c3d", SETTLE, journal, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theSameChangeIsADuplicateUntilItHasSettled() throws Exception {
        accept(create(), 200, ID);
        assertThat(begin(update(THERE, THERE))).isFalse();

        clock.forward("PT15M");
        assertThat(settling()).isEmpty();
        assertThat(begin(update(THERE, THERE))).isTrue();
    }

    @Test
    void anAcceptedCreateIsRememberedWithItsId() throws Exception {
        accept(create(), 200, ID);

        assertThat(settling()).containsExactly(new Settling(Change.Kind.CREATE, THERE, clock.instant()));
        assertThat(read().spellings()).containsOnlyKeys(WANTED.reference());
        assertThat(written.knows(WANTED.reference())).isTrue();
    }

    /** A → B → A are three writes, however fast. */
    @Test
    void theNextWriteTakesTheEntrysPlace() throws Exception {
        accept(create(), 200, ID);
        accept(update(THERE, OTHER), 200, "");
        assertThat(settling()).extracting(Settling::event).containsExactly(OTHER);
        assertThat(begin(update(OTHER, THERE))).isTrue();
    }

    @Test
    void whatSurelyFailedIsTakenBack() {
        fail(create(), 400);

        assertThat(settling()).isEmpty();
        assertThat(written.knows(WANTED.reference())).isFalse();
    }

    /** Else a create that is not listed yet would be forgotten, and made again. */
    @Test
    void aSureFailureLeavesWhatStoodThereBefore() throws Exception {
        accept(create(), 200, ID);
        Remembered before = read();
        fail(update(THERE, OTHER), 400);

        assertThat(read()).isEqualTo(before);
    }

    @Test
    void aCreateWithoutAClearAnswerIsKept() {
        fail(create(), 503);

        assertThat(settling()).extracting(Settling::event).containsExactly(WANTED);
        assertThat(read().spellings()).as("nothing to learn from").isEmpty();
    }

    /** The next listing may show both, the one that is gone and the one that may have replaced it. */
    @Test
    void anUpdateThatFoundItsEventGoneAndThenHadNoClearAnswerKnowsBoth() throws Exception {
        failAfter404(update(THERE, OTHER), 503);

        assertThat(settling())
                .extracting(Settling::kind, Settling::event)
                .containsExactly(tuple(Change.Kind.DELETE, THERE), tuple(Change.Kind.CREATE, OTHER.withId(null)));
    }

    @Test
    void anUpdateThatFoundItsEventGoneAndWasThenRefusedIsTakenBack() throws Exception {
        failAfter404(update(THERE, OTHER), 400);

        assertThat(settling()).isEmpty();
    }

    /** The next process then knows as much as one that lives on, whatever a late listing shows. */
    @Test
    void thatAnEventIsGoneIsKnownBeforeAnotherIsCreatedInItsPlace() throws Exception {
        Write update = update(THERE, OTHER);
        assertThat(begin(update)).isTrue();
        answer(update, 404, "");

        assertThat(settling())
                .extracting(Settling::kind, Settling::event)
                .containsExactly(tuple(Change.Kind.DELETE, THERE), tuple(Change.Kind.CREATE, OTHER.withId(null)));
    }

    @Test
    void anEventThatIsThereAfterAllIsNotRememberedAsGone() throws Exception {
        Write update = update(THERE, OTHER);
        Exchange exchange = exchange(update);
        String key = WrittenRepository.key(update);
        written.add(exchange, key);
        answer(update, 404, "");
        answer(update, 409, "");
        update.found(List.of(THERE));
        answer(update, 200, "");
        written.confirm(exchange, key);

        assertThat(settling())
                .extracting(Settling::kind, Settling::event)
                .containsExactly(tuple(Change.Kind.UPDATE, OTHER));
    }

    @Test
    void anUpdateWithoutAClearAnswerIsSentAgain() {
        fail(update(THERE, OTHER), 503);
        assertThat(settling()).isEmpty();
    }

    /** Else the next listing, which may show it, would be taken for how ECAL spells what was written before, and never be put right. */
    @Test
    void whatAnUpdateWithoutAClearAnswerReplacedIsNotLearnedFromIt() throws Exception {
        accept(create(), 200, ID);
        fail(update(THERE, OTHER), 503);
        learn(OTHER);

        assertThat(read().spellings()).isEmpty();
        assertThat(settling())
                .extracting(Settling::event)
                .as("it is still there")
                .containsExactly(THERE);
    }

    /** How ECAL spells the first is not known, but it is nearer to that than to the second. Else the second would be sent again. */
    @Test
    void aLateListingOfAWriteThatNoListingHasShownIsNoSpellingOfTheNext() throws Exception {
        accept(create(), 200, ID);
        accept(update(THERE, OTHER), 200, "");

        learn(spelt(THERE));
        assertThat(spelling()).isEqualTo(new Spelling(OTHER, spelt(THERE), null));
        learn(spelt(OTHER));
        assertThat(spelling().seen()).isEqualTo(spelt(OTHER));
    }

    @Test
    void norIsOneOfWhatStoodThereBeforeThatWrite() throws Exception {
        CalendarEvent former = THERE.withName("Anglais");
        accept(update(spelt(former), THERE), 200, "");
        accept(update(THERE, OTHER), 200, "");

        learn(spelt(former));
        learn(spelt(THERE));
        assertThat(spelling()).isEqualTo(new Spelling(OTHER, spelt(THERE), null));
        learn(spelt(OTHER));
        assertThat(spelling().seen()).isEqualTo(spelt(OTHER));
    }

    /** The listing before the second write is late as well: it is that which the plan goes by to say what stands there. */
    @Test
    void norIsItWhenTheListingThatThePlanWasMadeWithWasLateToo() throws Exception {
        CalendarEvent former = THERE.withName("Anglais");
        accept(update(spelt(former), THERE), 200, "");
        accept(update(spelt(former), OTHER), 200, "");

        learn(spelt(former));
        learn(spelt(THERE));
        learn(spelt(OTHER));

        assertThat(spelling().seen()).isEqualTo(spelt(OTHER));
    }

    @Test
    void norOfOneThatGoesBackToWhatStoodThere() throws Exception {
        accept(update(spelt(OTHER), THERE), 200, "");
        accept(update(THERE, OTHER), 200, "");

        learn(spelt(THERE));
        learn(spelt(OTHER));

        assertThat(spelling().seen()).isEqualTo(spelt(OTHER));
    }

    @Test
    void norOfOneAfterAnotherWithoutAClearAnswer() throws Exception {
        accept(create(), 200, ID);
        fail(update(THERE, THERE.withName("Anglais")), 503);
        accept(update(THERE, OTHER), 200, "");

        learn(spelt(THERE));
        learn(spelt(OTHER));

        assertThat(spelling().seen()).isEqualTo(spelt(OTHER));
    }

    private static CalendarEvent spelt(CalendarEvent event) {
        return event.withName(event.name().replace("é", "e") + " (S3)");
    }

    private Spelling spelling() {
        return read().spellings().get(WANTED.reference());
    }

    /** What the one that is gone said tells nothing of it: else the same words would be taken for a late listing, and written again. */
    @Test
    void howEcalSpellsWhatReplacedAGoneEventIsLearnedAtOnce() throws Exception {
        Write update = update(THERE, OTHER);
        Exchange exchange = exchange(update);
        written.add(exchange, WrittenRepository.key(update));
        answer(update, 404, "");
        answer(update, 200, "{\"data\":{\"id\":\"" + Fixtures.id(8) + "\"}}");
        written.confirm(exchange, WrittenRepository.key(update));
        CalendarEvent spelt = THERE.withId(Fixtures.id(8));

        learn(spelt);

        assertThat(read().spellings().get(WANTED.reference()).seen()).isEqualTo(spelt);
    }

    /** It may be what replaced it. */
    @Test
    void aCopyOfWhatTurnsOutToBeGoneIsNotDeletedInTheSameRun() throws Exception {
        CalendarEvent copy = THERE.withId(Fixtures.id(8));
        Write update = update(THERE, OTHER);
        Exchange exchange = exchange(update);
        written.add(exchange, WrittenRepository.key(update));
        answer(update, 404, "");
        answer(update, 409, "");
        update.found(List.of(copy));
        answer(update, 200, "");
        written.confirm(exchange, WrittenRepository.key(update));
        Write delete = new Write(copy, null, false, reference -> reference);

        assertThat(begin(delete)).isFalse();
        Exchange next = exchange(delete);
        next.setProperty(Journal.RUN_ID, "run2");
        assertThat(written.add(next, WrittenRepository.key(delete))).isTrue();
    }

    @Test
    void aDeleteForgetsTheReferenceAndIsRememberedByItsId() throws Exception {
        accept(create(), 200, ID);
        accept(new Write(THERE, null, false, reference -> reference), 204, "");

        assertThat(settling()).extracting(Settling::kind).containsExactly(Change.Kind.DELETE);
        assertThat(begin(create())).as("the course may come back").isTrue();
    }

    /** Else a course that comes back would be created beside the event that still stands, and a double would stay. */
    @Test
    void aDeletionThatAProcessHasNotedAndPerhapsNotSentIsNotBelieved() {
        begin(new Write(THERE, null, false, reference -> reference));

        assertThat(settling()).isEmpty();
        assertThat(begin(new Write(THERE, null, false, reference -> reference))).isTrue();
    }

    @Test
    void aDeletionThatWasDoneIsNotRepeated() throws Exception {
        accept(new Write(THERE, null, false, reference -> reference), 204, "");

        assertThat(begin(new Write(THERE, null, false, reference -> reference))).isFalse();
    }

    @Test
    void theDeleteOfACopyLeavesTheEntryOfTheEventThatStays() throws Exception {
        accept(create(), 200, ID);
        Remembered before = read();
        accept(new Write(THERE.withId(Fixtures.id(8)), null, false, reference -> reference), 204, "");

        assertThat(read().spellings()).isEqualTo(before.spellings());
        assertThat(settling()).containsAll(before.settling());
    }

    /** Else a late listing, which still shows what is gone, would have it changed again by the next run, and so created a second time. */
    @Test
    void anEventThatAnUpdateFoundGoneIsRememberedAsDeletedBeforeTheOneThatReplacedIt() throws Exception {
        CalendarEvent gone = OTHER.withId(Fixtures.id(6));
        Write write = update(gone, THERE.withId(gone.id()));
        Exchange exchange = exchange(write);
        String key = WrittenRepository.key(write);
        written.add(exchange, key);
        answer(write, 404, "");
        clock.forward("PT2S");
        answer(write, 200, ID);
        written.confirm(exchange, key);

        assertThat(settling())
                .extracting(Settling::kind, settling -> settling.event().id())
                .containsExactly(tuple(Change.Kind.DELETE, gone.id()), tuple(Change.Kind.UPDATE, THERE.id()));
    }

    @Test
    void aReferenceThatAConflictChangedIsTheOneThatIsRemembered() throws Exception {
        Write write = new Write(null, WANTED, false, reference -> reference + "-2");
        Exchange exchange = exchange(write);
        String key = WrittenRepository.key(write);
        written.add(exchange, key);
        answer(write, 409, "");
        write.found(List.of());
        answer(write, 200, ID);
        written.confirm(exchange, key);

        assertThat(settling())
                .extracting(settling -> settling.event().reference())
                .containsExactly(WANTED.reference() + "-2");
        assertThat(written.knows(WANTED.reference())).isFalse();
    }

    /** A page left the event out, the create that this led to had no answer, and then the listing shows what somebody changed by hand. */
    @Test
    void aChangeByHandIsNotLearnedAsTheSpellingOfADoubtfulCreate() throws Exception {
        CalendarEvent byHand = THERE.withName("Vacances");
        accept(create(), 200, ID);
        learn(OTHER);
        clock.forward("PT1H");
        fail(create(), 503);
        clock.forward("PT1H");
        accept(update(byHand, THERE), 200, "");

        assertThat(read().spellings().get(WANTED.reference()))
                .extracting(Spelling::before, Spelling::seen)
                .containsExactly(byHand, null);
    }

    @Test
    void whatStoodThereIsNotLearnedAsTheSpellingOfADoubtfulCreateOfSomethingElse() throws Exception {
        accept(create(), 200, ID);
        learn(THERE);
        clock.forward("PT1H");
        fail(new Write(null, WANTED.withName("Algorithmique"), false, next -> next + "-2"), 503);
        clock.forward("PT1H");
        accept(update(THERE, OTHER), 200, "");

        assertThat(read().spellings().get(WANTED.reference()))
                .extracting(Spelling::before, Spelling::seen)
                .containsExactly(THERE, null);
    }

    /** As above, but the create was of other words than before, so that what is listed may be their spelling: the next listing tells. */
    @Test
    void whatIsListedAfterADoubtfulCreateOfSomethingElseIsASpellingOnlyIfItStays() throws Exception {
        CalendarEvent listed = THERE.withName("Vacances");
        CalendarEvent spelt = THERE.withName("ALGORITHMIQUE");
        accept(create(), 200, ID);
        learn(THERE);
        clock.forward("PT1H");
        fail(new Write(null, WANTED.withName("Algorithmique"), false, next -> next + "-2"), 503);
        clock.forward("PT1H");
        accept(update(listed, OTHER), 200, "");

        learn(spelt);
        assertThat(seen()).as("it was a change by hand").isEqualTo(spelt);
        learn(listed);
        assertThat(seen()).as("by hand once more").isEqualTo(spelt);
    }

    @Test
    void whatIsStillListedAfterADoubtfulCreateWasRepeatedIsItsSpelling() throws Exception {
        CalendarEvent spelt = THERE.withName("ALGORITHMIQUE");
        fail(new Write(null, WANTED.withName("Algorithmique"), false, next -> next + "-2"), 503);
        clock.forward("PT1H");
        accept(update(spelt, OTHER), 200, "");

        learn(spelt);
        learn(THERE.withName("Vacances"));
        assertThat(seen()).as("no change by hand is learned any more").isEqualTo(spelt);
    }

    private CalendarEvent seen() {
        return read().spellings().get(WANTED.reference()).seen();
    }

    /** Else the event that stays, a double that really says what stood there before, would be taken for changed already, for ever. */
    @Test
    void whatWasLearnedFromAListThatMayHaveLaggedIsForgottenWithItsEvent() throws Exception {
        accept(create(), 200, ID);
        for (int again = 0; again < 2; again++) {
            clock.forward("PT1H");
            accept(update(THERE, OTHER), 200, "");
        }
        learn(THERE);
        assertThat(read().spellings().get(WANTED.reference()).seen())
                .as("written twice in vain")
                .isEqualTo(THERE);

        accept(new Write(OTHER, null, false, reference -> reference), 204, "");

        assertThat(read().spellings().get(WANTED.reference()).seen()).isNull();
    }

    @Test
    void theSpellingOfADeletedCopyIsThatOfTheEventThatStays() throws Exception {
        accept(create(), 200, ID);
        learn(OTHER);

        accept(new Write(THERE, null, false, reference -> reference), 204, "");

        assertThat(read().spellings().get(WANTED.reference()).seen()).isEqualTo(OTHER);
    }

    @Test
    void theSpellingOfANewEventIsLearnedAnew() throws Exception {
        accept(create(), 200, ID);
        learn(OTHER);
        clock.forward("PT1H");

        accept(create(), 200, ID.replace(Fixtures.id(7), Fixtures.id(8)));

        assertThat(read().spellings().get(WANTED.reference()).seen()).isNull();
    }

    /** A look after an unclear answer found the former event instead of what was to be created. */
    @Test
    void theFormerWordsOfAnEventThatALookFoundAreNoSpelling() throws Exception {
        for (boolean lost : new boolean[] {false, true}) {
            accept(create(), 200, ID);
            learn(THERE);
            clock.forward("PT1H");
            if (lost) {
                database.update("DELETE FROM written");
            }
            CalendarEvent retold = Fixtures.copy(
                    WANTED,
                    WANTED.name(),
                    WANTED.location(),
                    WANTED.startTime(),
                    WANTED.timezone(),
                    false,
                    "Groupe 2",
                    WANTED.alert(),
                    0);
            Write write = new Write(null, retold, written.knows(WANTED.reference()), next -> next + "-2");
            Exchange exchange = exchange(write);
            String key = WrittenRepository.key(write);
            written.add(exchange, key);
            ecal.send(write);
            write.lost(false);
            write.found(List.of(THERE));
            answer(write, 200, "");
            written.confirm(exchange, key);

            learn(THERE);

            assertThat(read().spellings().get(WANTED.reference()).seen())
                    .as("lost memory: %s", lost)
                    .isNull();
            database.update("DELETE FROM written");
        }
    }

    /** As a run does when it lists the calendar. */
    private void learn(CalendarEvent listed) {
        memory.write(read(), Spellings.learn(read(), List.of(listed)), clock.instant());
    }

    @Test
    void theJournalHasEveryWriteWithWhatBecameOfIt() throws Exception {
        accept(create(), 200, ID);
        clock.forward("PT1S");
        fail(update(THERE, OTHER), 400);
        clock.forward("PT1S");
        fail(create("mc-0a1b2c3d-9"), 503);

        assertThat(journal.entries(9))
                .extracting(Journal.Entry::method, Journal.Entry::before, Journal.Entry::outcome)
                .containsExactly(
                        tuple("POST", null, null), tuple("PUT", THERE, "FAILED"), tuple("POST", null, "CREATED"));
        assertThat(journal.entries(9).get(2).after()).isEqualTo(THERE);
        clock.forward("PT2184H");
        journal.purge();
        assertThat(journal.entries(9)).isEmpty();
    }

    private Remembered read() {
        return memory.read(clock.instant());
    }

    private List<Settling> settling() {
        return read().settling();
    }

    private static Write create() {
        return create(WANTED.reference());
    }

    private static Write create(String reference) {
        return new Write(null, WANTED.withReference(reference), false, next -> next + "-2");
    }

    private static Write update(CalendarEvent before, CalendarEvent after) {
        return new Write(before, after, false, reference -> reference);
    }

    private boolean begin(Write write) {
        return written.add(exchange(write), WrittenRepository.key(write));
    }

    private void accept(Write write, int status, String body) throws CalendarException {
        Exchange exchange = exchange(write);
        String key = WrittenRepository.key(write);
        assertThat(written.add(exchange, key)).isTrue();
        answer(write, status, body);
        assertThat(written.confirm(exchange, key)).isTrue();
    }

    /** An idempotent consumer that is emptied by hand sends everything again that the listing does not show. */
    @Test
    void whatIsClearedHasSettled() throws Exception {
        accept(create(), 200, ID);
        assertThat(begin(update(THERE, THERE))).isFalse();

        written.clear();

        assertThat(settling()).isEmpty();
        assertThat(begin(update(THERE, THERE))).isTrue();
    }

    /** Somebody deletes the file, or empties the tables, while a run goes on. */
    @Test
    void aMemoryThatIsLostInTheMiddleOfAWriteIsNoTrouble() throws Exception {
        for (Write write : List.of(create(), new Write(THERE, null, false, next -> next), update(THERE, OTHER))) {
            for (boolean succeeds : new boolean[] {true, false}) {
                Write each = new Write(write.before(), write.after(), false, next -> next);
                Exchange exchange = exchange(each);
                String key = WrittenRepository.key(each);
                assertThat(written.add(exchange, key)).isTrue();
                if (each.method().equals("PUT")) {
                    database.update("DELETE FROM written");
                    answer(each, 404, "");
                }
                database.update("DELETE FROM written");
                if (succeeds) {
                    answer(each, 200, ID);
                    assertThat(written.confirm(exchange, key)).isTrue();
                } else {
                    assertThat(written.remove(exchange, key)).isTrue();
                }
                assertThat(settling()).isEmpty();
            }
        }
    }

    @Test
    void aKeyAloneDoesNotSayWhatWasSent() {
        for (ThrowingCallable each : List.<ThrowingCallable>of(
                () -> written.add("key"),
                () -> written.contains("key"),
                () -> written.remove("key"),
                () -> written.confirm("key"))) {
            assertThatThrownBy(each).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    private void fail(Write write, int status) {
        Exchange exchange = exchange(write);
        String key = WrittenRepository.key(write);
        assertThat(written.add(exchange, key)).isTrue();
        try {
            answer(write, status, "");
        } catch (CalendarException e) {
            assertThat(written.remove(exchange, key)).isTrue();
        }
    }

    private void failAfter404(Write write, int status) throws CalendarException {
        Exchange exchange = exchange(write);
        String key = WrittenRepository.key(write);
        assertThat(written.add(exchange, key)).isTrue();
        answer(write, 404, "");
        assertThatThrownBy(() -> answer(write, status, "")).isInstanceOf(CalendarException.class);
        written.remove(exchange, key);
    }

    private void answer(Write write, int status, String body) throws CalendarException {
        ecal.send(write);
        ecal.answered(write, Answer.of(status, body.getBytes(StandardCharsets.UTF_8), null));
    }

    private static Exchange exchange(Write write) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(WrittenRepository.WRITE, write);
        exchange.setProperty(Journal.RUN_ID, "run1");
        return exchange;
    }

    /** Of the engine that is tried. */
    Database database(Path folder) {
        return Database.open(folder);
    }
}
