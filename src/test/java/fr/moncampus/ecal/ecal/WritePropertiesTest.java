package fr.moncampus.ecal.ecal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.CalendarUnavailableException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.calendar.Write.Outcome;
import fr.moncampus.ecal.ecal.TinyEcal.Mood;
import fr.moncampus.ecal.ecal.TinyEcal.Scope;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A write against an ECAL that answers anything: it ends, tells the truth, and doubles nothing. */
class WritePropertiesTest {
    private static final int ATTEMPTS = 5;
    private static final CalendarEvent WANTED = Fixtures.event("mc-0a1b2c3d-7");
    private static final UnaryOperator<String> NEXT = reference -> reference + "n";
    private final EcalClient client = new EcalClient(Fixtures.configuration("alice"));

    /** What stands at ECAL under the wanted reference, before anything is sent. */
    enum Before {
        NOTHING,
        HERE,
        HERE_UNLISTED,
        ELSEWHERE
    }

    @Property(tries = 3000)
    void aCreateEndsAndTellsTheTruth(
            @ForAll @Size(max = 14) List<Mood> moods,
            @ForAll Scope scope,
            @ForAll @IntRange(max = 2) int lag,
            @ForAll Before before,
            @ForAll boolean known) {
        TinyEcal ecal = new TinyEcal(moods, scope, lag);
        CalendarEvent old = WANTED.withName("Ancien").withId(Fixtures.id(7));
        (before == Before.ELSEWHERE ? ecal.others : ecal.ours).put(old.id(), old);
        if (before == Before.NOTHING) {
            ecal.ours.clear();
        } else if (before == Before.HERE_UNLISTED) {
            ecal.hide(old.id(), Integer.MAX_VALUE);
        }
        int standing = ecal.ours.size();
        Write write = new Write(null, WANTED, known, NEXT);

        boolean done = carryOut(write, ecal);

        checkRequests(ecal);
        assertThat(ecal.others.values()).allMatch(event -> event.equals(old));
        if (done && write.outcome() == Outcome.UNCONFIRMED) {
            assertThat(ecal.asked).as("only a conflict with what is not listed").contains("POST", "LIST");
        } else if (done) {
            String id = write.after().id() != null ? write.after().id() : last(ecal);
            assertThat(ecal.ours.get(id)).isEqualTo(write.after().withId(id));
        } else if (!write.mayHaveHappened()) {
            assertThat(ecal.ours).hasSize(standing);
        }
        if (scope != Scope.NONE && before != Before.HERE_UNLISTED) {
            assertThat(ecal.ours.values().stream()
                            .filter(event -> !event.equals(old))
                            .count())
                    .as("written once at most")
                    .isLessThanOrEqualTo(1);
        }
    }

    @Property(tries = 2000)
    void anUpdateEndsAndTellsTheTruth(
            @ForAll @Size(max = 14) List<Mood> moods, @ForAll Scope scope, @ForAll boolean gone) {
        TinyEcal ecal = new TinyEcal(moods, scope, 0);
        CalendarEvent old = WANTED.withName("Ancien").withId(Fixtures.id(7));
        if (!gone) {
            ecal.ours.put(old.id(), old);
        }
        Write write = new Write(old, WANTED.withId(old.id()), false, NEXT);

        boolean done = carryOut(write, ecal);

        checkRequests(ecal);
        assertThat(ecal.ours).hasSizeLessThanOrEqualTo(1);
        if (done) {
            assertThat(ecal.ours.values()).containsExactly(WANTED.withId(last(ecal)));
            assertThat(write.outcome()).isEqualTo(gone ? Outcome.CREATED : Outcome.UPDATED);
        }
    }

    @Property
    void aDeleteEndsWithTheEventGone(@ForAll @Size(max = 14) List<Mood> moods, @ForAll boolean gone) {
        TinyEcal ecal = new TinyEcal(moods, Scope.CALENDAR, 0);
        CalendarEvent old = WANTED.withId(Fixtures.id(7));
        if (!gone) {
            ecal.ours.put(old.id(), old);
        }
        Write write = new Write(old, null, false, NEXT);

        if (carryOut(write, ecal)) {
            assertThat(write.outcome()).isEqualTo(Outcome.DELETED);
            assertThat(ecal.ours).isEmpty();
        }
        assertThat(ecal.asked).hasSizeLessThanOrEqualTo(ATTEMPTS).allMatch(request -> request.startsWith("DELETE"));
    }

    @Example
    void aConflictElsewhereTakesTheNextReference() {
        TinyEcal ecal = new TinyEcal(List.of(), Scope.ACCOUNT, 0);
        ecal.others.put(Fixtures.id(7), WANTED.withId(Fixtures.id(7)));
        Write write = new Write(null, WANTED, false, NEXT);

        assertThat(carryOut(write, ecal)).isTrue();
        assertThat(ecal.asked).containsExactly("POST", "LIST", "POST");
        assertThat(write.after().reference()).isEqualTo(NEXT.apply(WANTED.reference()));
    }

    @Example
    void aConflictWithAnEventOfOursThatIsNotListedYetIsUnconfirmed() {
        TinyEcal ecal = new TinyEcal(List.of(), Scope.CALENDAR, 0);
        ecal.ours.put(Fixtures.id(7), WANTED.withId(Fixtures.id(7)));
        ecal.hide(Fixtures.id(7), 9);
        Write write = new Write(null, WANTED, true, NEXT);

        assertThat(carryOut(write, ecal)).isTrue();
        assertThat(write.outcome()).isEqualTo(Outcome.UNCONFIRMED);
    }

    /** Where references need not be unique, taking the one that is gone for the one to go on with would create a second event. */
    @Example
    void aLookThatShowsWhatIsGoneFindsWhatReplacedItAllTheSame() throws CalendarException {
        CalendarEvent gone = WANTED.withName("Ancien").withId(Fixtures.id(1));
        CalendarEvent created = WANTED.withId(Fixtures.id(2));
        Write write = createdWithoutAnAnswerInsteadOf(gone);

        write.found(List.of(gone, created));

        assertThat(write.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(write.event()).isEqualTo(created);
    }

    @Example
    void aLookThatShowsOnlyWhatIsGoneFindsNothing() throws CalendarException {
        CalendarEvent gone = WANTED.withId(Fixtures.id(1));
        Write write = createdWithoutAnAnswerInsteadOf(gone);

        write.found(List.of(gone));

        assertThat(write.isOpen()).isTrue();
        assertThat(write.method()).isEqualTo("POST");
    }

    /** A listing skipped an event that an earlier run had made, so that it was to be created: what the look shows may be as it was before. */
    @Example
    void whatALookFindsUnderAReferenceThatWasKnownIsWrittenOver() throws CalendarException {
        for (boolean known : new boolean[] {true, false}) {
            Write write = afterALookThatFinds(WANTED, known);

            assertThat(write.isOpen()).isEqualTo(known);
            assertThat(write.method()).as("known %s", known).isEqualTo("PUT");
        }
    }

    /** After a lost memory it may be an event of before: its words, taken for the calendar's spelling of ours, would stay. */
    @Example
    void whatALookFindsWithAnythingElseIsWrittenOver() throws CalendarException {
        for (CalendarEvent other : List.of(
                WANTED.withName("Ancien"),
                differing("Europe/London", false, WANTED.details(), WANTED.alert(), 0),
                differing(WANTED.timezone(), true, WANTED.details(), WANTED.alert(), 0),
                differing(WANTED.timezone(), false, "Intervenant : DUPOND", WANTED.alert(), 0),
                differing(WANTED.timezone(), false, WANTED.details(), null, 0),
                differing(WANTED.timezone(), false, WANTED.details(), WANTED.alert(), 1))) {
            Write write = afterALookThatFinds(other, false);

            assertThat(write.isOpen()).as("%s", other).isTrue();
            assertThat(write.method()).isEqualTo("PUT");
        }
    }

    @Example
    void whatALookFindsWithOtherWhiteSpaceIsWhatWasCreated() throws CalendarException {
        CalendarEvent trimmed = WANTED.withName(" " + WANTED.name().replace(" ", "  "));

        assertThat(afterALookThatFinds(trimmed, false).outcome()).isEqualTo(Outcome.CREATED);
    }

    private static CalendarEvent differing(String zone, boolean allDay, String details, String alert, int draft) {
        return Fixtures.copy(
                WANTED, WANTED.name(), WANTED.location(), WANTED.startTime(), zone, allDay, details, alert, draft);
    }

    private Write afterALookThatFinds(CalendarEvent there, boolean known) throws CalendarException {
        Write write = new Write(null, WANTED, known, NEXT);
        client.send(write);
        write.lost(false);
        write.found(List.of(there.withId(Fixtures.id(7))));
        return write;
    }

    private Write createdWithoutAnAnswerInsteadOf(CalendarEvent gone) throws CalendarException {
        Write write = new Write(gone, WANTED.withId(gone.id()), false, NEXT);
        client.send(write);
        client.answered(write, Answer.of(404, null, null));
        client.send(write);
        write.lost(false);
        return write;
    }

    @Example
    void anEcalThatContradictsItselfIsNotAskedForEver() {
        Write write = new Write(null, WANTED, false, NEXT);
        int requests = 0;
        try {
            while (requests < 100) {
                client.send(write);
                requests++;
                client.answered(write, Answer.of(409, null, null));
                write.found(List.of());
            }
        } catch (CalendarException e) {
            assertThat(e).hasMessageContaining("se contredit");
        }
        assertThat(requests).isLessThan(20);
    }

    /** As the route does: the same steps again after what may pass, so many times. */
    private boolean carryOut(Write write, TinyEcal ecal) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                while (write.isOpen()) {
                    if (write.isLookupNeeded()) {
                        write.found(ecal.list());
                    } else {
                        TinyEcal.Said answer = ecal.answer(client.send(write));
                        client.answered(write, answer.seen());
                    }
                }
                return true;
            } catch (CalendarUnavailableException | IOException e) {
                write.lost(e instanceof ConnectException);
            } catch (CalendarException e) {
                return false;
            }
        }
        return false;
    }

    private static void checkRequests(TinyEcal ecal) {
        assertThat(ecal.asked).hasSizeLessThanOrEqualTo(30);
        for (int i = 1; i < ecal.asked.size(); i++) {
            if (ecal.asked.get(i).startsWith("POST")) {
                assertThat(ecal.asked.get(i - 1))
                        .as("what comes before a second POST: %s", ecal.asked)
                        .isNotEqualTo("POST!");
            }
        }
    }

    private static String last(TinyEcal ecal) {
        return ecal.ours.keySet().stream().reduce((one, other) -> other).orElseThrow();
    }
}
