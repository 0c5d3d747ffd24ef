package fr.moncampus.ecal.ecal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.CalendarUnavailableException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.calendar.Write.Outcome;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer of ECAL means. */
class EcalClientTest {
    private static final CalendarEvent WANTED = Fixtures.event("mc-0a1b2c3d-7");
    private static final CalendarEvent THERE = WANTED.withId(Fixtures.id(7));
    private static final String HTML = "<!DOCTYPE html><title>Maintenance</title>";
    private final EcalClient client = new EcalClient(Fixtures.configuration("alice"));
    private final Listing listing = new Listing();

    @Test
    void aListingAsksForOneCalendarWithItsPast() {
        EcalClient.Request request = client.page(listing);

        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/event/");
        assertThat(request.query())
                .isEqualTo("calendarIds=" + Fixtures.CALENDAR + "&limit=100&page=1&showPastEvents=true");
        assertThat(request.event()).isNull();
    }

    @Test
    void aWriteHoldsTheWholeEvent() throws CalendarException {
        EcalClient.Request request =
                client.send(new Write(THERE, THERE.withName("Été"), false, reference -> reference));

        assertThat(request.method() + request.path()).isEqualTo("PUT/event/" + THERE.id());
        assertThat(request.query()).isNull();
        assertThat(request.event()).containsEntry("name", "Été").containsEntry("calendarId", Fixtures.CALENDAR);
    }

    @Test
    void aRequestHoldsNeitherKeyNorSignature() throws CalendarException {
        assertThat(client.send(create()).toString() + client.page(listing)).doesNotContain("KEY", "apiSign");
    }

    @Test
    void pagesAreReadUntilThereIsNoMore() throws CalendarException {
        read(200, page(1));
        assertThat(client.page(listing).query()).contains("page=2");
        read(200, page(2));
        read(204, "");

        assertThat(listing.events()).extracting(CalendarEvent::id).containsExactly(Fixtures.id(1), Fixtures.id(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[],\"status\":\"200\"}", "{\"data\":[],\"status\":\"204\"}"})
    void anEmptyPageEndsTheListing(String body) throws CalendarException {
        read(200, body);

        assertThat(listing.events()).isEmpty();
    }

    @Test
    void eventsOfOtherCalendarsAreLeftOut() throws CalendarException {
        read(200, """
                {"data":[{"id":"a","calendarId":"64229D018723A1000E07DC9F"},{"id":"b","calendarId":"000000000000000000000001"},{"id":"c"},{"noId":1},7],"status":"200"}""");
        read(204, "");

        assertThat(listing.events()).extracting(CalendarEvent::id).containsExactly("a", "c");
    }

    /** A page that fails is never taken for the last one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <!DOCTYPE html><title>x</title>",
                "200 | ''",
                "200 | {\"data\":[{\"id\":\"a\"",
                "200 | {\"data\":null,\"status\":\"200\"}",
                "200 | {\"status\":\"200\"}",
                "200 | []",
                "200 | {\"data\":[],\"status\":\"503\"}",
                "429 | {\"status\":\"429\"}",
                "429 | ''",
                "500 | {\"status\":\"500\"}",
                "502 | <html>",
                "503 | ''",
                "302 | <html>"
            })
    void whatMayPassIsAskedAgain(int status, String body) {
        CalendarUnavailableException failure = catchThrowableOfType(
                CalendarUnavailableException.class, () -> client.read(listing, Answer.of(status, bytes(body), "17")));

        assertThat(failure).hasMessageContaining("ECAL");
        assertThat(failure.retryAfter()).isEqualTo("17");
        assertThat(listing.isOpen()).isTrue();
        assertThat(listing.page()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | {\"status\":\"403\",\"statusLong\":\"Forbidden\"}",
                "403 | ''",
                "403 | <html>",
                "200 | {\"data\":[],\"status\":\"403\"}"
            })
    void aForbiddenListingNamesTheThreeCauses(int status, String body) {
        assertThat(refusedListing(status, body))
                .hasMessageContainingAll("403", "ecal_api_secret", "ecal_api_key", "ecal_calendar_id");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 409, 418})
    void anotherRefusalOfTheListingEndsTheRun(int status) {
        assertThat(refusedListing(status, "{\"status\":\"" + status + "\"}"))
                .hasMessageContaining(String.valueOf(status));
        assertThat(refusedListing(status, HTML).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"data\":{\"id\":\"00000000000000000000002a\"},\"status\":\"200\"}",
                "201 | {\"data\":[{\"id\":\"00000000000000000000002a\"}]}"
            })
    void anAcceptedCreateKnowsItsId(int status, String body) throws CalendarException {
        Write write = sent(create());
        client.answered(write, Answer.of(status, bytes(body), null));

        assertThat(write.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(write.after().id()).isEqualTo(Fixtures.id(42));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | ''",
                "204 | ''",
                "200 | {\"status\":\"200\"}",
                "200 | {\"data\":{\"id\":\"../x\"}}",
                "202 | {}"
            })
    void anyOtherSuccessCountsWithoutOne(int status, String body) throws CalendarException {
        for (Write write : new Write[] {create(), update(), delete()}) {
            client.answered(sent(write), Answer.of(status, bytes(body), null));
            assertThat(write.isOpen()).isFalse();
            assertThat(write.event().id()).isEqualTo(write.before() == null ? null : THERE.id());
        }
    }

    /** A page or half an answer says nothing of what was done: a create is looked up before it is repeated. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <!DOCTYPE html><title>x</title>",
                "200 | {\"data\":{\"id\":\"0000",
                "500 | {\"status\":\"500\"}",
                "502 | <html>",
                "503 | ''",
                "200 | {\"status\":\"500\"}"
            })
    void anUnclearAnswerLeavesTheWriteInDoubt(int status, String body) throws CalendarException {
        for (Write write : new Write[] {create(), update(), delete()}) {
            sent(write);
            CalendarUnavailableException failure = catchThrowableOfType(
                    CalendarUnavailableException.class,
                    () -> client.answered(write, Answer.of(status, bytes(body), "17")));
            assertThat(failure.retryAfter()).isEqualTo("17");
            assertThat(write.isOpen()).isTrue();
            assertThat(write.isLookupNeeded()).isEqualTo(write.before() == null);
            assertThat(write.mayHaveHappened()).isEqualTo(write.before() == null);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"429 | {\"status\":\"429\"}", "429 | ''", "200 | {\"status\":\"429\"}"})
    void tooManyRequestsMeansNothingWasDone(int status, String body) throws CalendarException {
        Write write = sent(create());
        CalendarUnavailableException failure = catchThrowableOfType(
                CalendarUnavailableException.class, () -> client.answered(write, Answer.of(status, bytes(body), "17")));

        assertThat(failure.retryAfter()).isEqualTo("17");
        assertThat(write.isRequestNeeded()).isTrue();
        assertThat(write.mayHaveHappened()).isFalse();
    }

    @Test
    void aRefusalTellsWhatEcalSaidAndWhatWasSent() throws CalendarException {
        assertThat(refused(sent(create()), 400, "{\"status\":\"400\",\"statusLong\":\"Invalid input: name\"}"))
                .hasMessageContainingAll(
                        "Invalid input: name",
                        "Bases de données",
                        "B110",
                        "2026-09-14",
                        "Europe/Paris",
                        WANTED.reference());
        assertThat(refused(sent(delete()), 400, "{}")).hasMessageContaining("400");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 405, 418})
    void aRefusalIsFinal(int status) throws CalendarException {
        for (Write write : new Write[] {create(), update(), delete()}) {
            assertThat(refused(sent(write), status, "{\"status\":\"" + status + "\"}")
                            .status())
                    .isEqualTo(status);
            assertThat(write.mayHaveHappened()).isFalse();
        }
    }

    @Test
    void anUpdateOfWhatIsGoneBecomesACreateAndADeleteIsDone() throws CalendarException {
        Write update = sent(update());
        client.answered(update, Answer.of(404, bytes("{\"status\":\"404\"}"), null));
        assertThat(client.send(update).method()).isEqualTo("POST");

        Write delete = sent(delete());
        client.answered(delete, Answer.of(404, bytes(HTML), null));
        assertThat(delete.outcome()).isEqualTo(Outcome.DELETED);

        assertThat(refused(sent(create()), 404, "{\"statusLong\":\"Calendar not found\"}"))
                .hasMessageContaining("Calendar not found");
    }

    @Test
    void aConflictIsLookedUp() throws CalendarException {
        Write write = sent(create());
        client.answered(write, Answer.of(409, bytes("{\"status\":\"409\"}"), null));

        assertThat(write.isLookupNeeded()).isTrue();
        assertThat(write.mayHaveHappened()).isFalse();
        assertThat(refused(sent(update()), 409, "{}").status()).isEqualTo(409);
    }

    @Test
    void whatEcalQuotesIsCleanedOfSecretsAndControlCharacters() {
        CalendarException failure = refusedListing(
                400, "{\"statusLong\":\"GET /event/?apiKey=KEY&apiSign=0123 SECRET PASSWORD \\u001b[31m\\n\"}");

        assertThat(failure).hasMessageContaining("***").hasMessageNotContainingAny("KEY", "0123", "SECRET", "PASSWORD");
        assertThat(failure.getMessage()).doesNotContainPattern("\\p{Cntrl}");
    }

    @Property
    void anyAnswerEndsInItsMeaningOrInAnExceptionOfEcal(
            @ForAll @IntRange(min = 100, max = 599) int status, @ForAll byte[] body) throws CalendarException {
        for (Write write : new Write[] {create(), update(), delete()}) {
            sent(write);
            try {
                client.answered(write, Answer.of(status, body, null));
                assertThat(status / 100 == 2 || status == 404 || status == 409).isTrue();
            } catch (CalendarException e) {
                assertThat(write.isOpen()).isTrue();
            }
        }
        try {
            client.read(listing, Answer.of(status, body, null));
            assertThat(status).isEqualTo(204);
        } catch (CalendarException e) {
            assertThat(e).hasMessageStartingWith("ECAL");
        }
    }

    private void read(int status, String body) throws CalendarException {
        client.read(listing, Answer.of(status, bytes(body), null));
    }

    private CalendarException refusedListing(int status, String body) {
        CalendarException refusal = catchThrowableOfType(CalendarException.class, () -> read(status, body));
        assertThat(refusal).isExactlyInstanceOf(CalendarException.class);
        return refusal;
    }

    private CalendarException refused(Write write, int status, String body) {
        CalendarException refusal = catchThrowableOfType(
                CalendarException.class, () -> client.answered(write, Answer.of(status, bytes(body), null)));
        assertThat(refusal).isExactlyInstanceOf(CalendarException.class);
        return refusal;
    }

    private Write sent(Write write) throws CalendarException {
        client.send(write);
        return write;
    }

    private static Write create() {
        return new Write(null, WANTED, false, reference -> reference + "-2");
    }

    private static Write update() {
        return new Write(THERE, THERE.withName("Algorithmique"), false, reference -> reference + "-2");
    }

    private static Write delete() {
        return new Write(THERE, null, false, reference -> reference + "-2");
    }

    private static String page(int id) {
        return "{\"data\":[{\"id\":\"" + Fixtures.id(id) + "\"}],\"status\":\"200\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
