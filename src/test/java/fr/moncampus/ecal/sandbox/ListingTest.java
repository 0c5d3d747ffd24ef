package fr.moncampus.ecal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.moncampus.ecal.MovableClock;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTest {
    private final Sandbox sandbox = Sandbox.start(Options.standard().at(new MovableClock("2026-04-07T08:30:00Z")));
    private final EcalClient ecal = new EcalClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void pagesHoldEachEventOnceUntilThe204() {
        fill(25);

        List<String> seen = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            seen.addAll(ecal.listed("reference", "limit", "10", "page", Integer.toString(page)));
        }
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        HttpResponse<String> end = ecal.list("limit", "10", "page", "4");
        assertThat(end.statusCode()).isEqualTo(204);
        assertThat(end.body()).isEmpty();
    }

    @Test
    void theEnvelopeHasItsStatusAsText() {
        fill(1);

        JsonNode envelope = Json.parse(ecal.list().body());
        assertThat(envelope.get("status").isTextual()).isTrue();
        assertThat(envelope.get("status").asText()).isEqualTo("200");
        assertThat(envelope.get("statusLong").asText()).isEqualTo("OK");
        assertThat(envelope.get("data").get(0).get("id").asText()).matches("[0-9a-f]{24}");
    }

    @Test
    void pastEventsAreHiddenUnlessAskedFor() {
        ecal.create(ecal.event("past").put("startTime", "08:00").put("endTime", "10:29"));
        ecal.create(ecal.event("running").put("endTime", "10:31"));

        assertThat(ecal.listed("reference", "showPastEvents", "false")).containsExactly("running");
        assertThat(ecal.listed("reference")).containsExactly("past", "running");
    }

    @Test
    void draftsAreHiddenUnlessAskedFor() {
        ecal.create(ecal.event("draft").put("draft", 1));

        assertThat(ecal.listed("reference")).isEmpty();
        assertThat(ecal.listed("reference", "showDraft", "true")).containsExactly("draft");
    }

    @Test
    void datesBoundTheStartInclusively() {
        for (String day : List.of("2026-04-06", "2026-04-07", "2026-04-08", "2026-04-09")) {
            ecal.create(ecal.event(day).put("startDate", day).put("endDate", "2026-04-10"));
        }

        assertThat(ecal.listed("reference", "startDate", "2026-04-07", "endDate", "2026-04-08"))
                .containsExactly("2026-04-07", "2026-04-08");
        assertThat(ecal.list("startDate", "tomorrow").statusCode()).isEqualTo(400);
    }

    @Test
    void withoutCalendarIdsTheWholeAccountIsListed() {
        sandbox.enrol("second.student", "x", List.of());
        sandbox.calendar("second.student").add(Map.of("name", "theirs"));
        ecal.create(ecal.event("mine"));

        assertThat(ecal.listed("name")).containsExactly("Anglais");
        assertThat(EcalClient.data(ecal.get("/event/", "showPastEvents", "true")))
                .hasSize(2);
    }

    @Test
    void aCalendarOfAnotherAccountDoesNotExist() {
        String theirs = sandbox.calendars().addCalendar("other", "theirs").id();

        assertThat(ecal.list("calendarIds", theirs).statusCode()).isEqualTo(404);
        assertThat(ecal.get("/calendar/" + theirs).statusCode()).isEqualTo(404);
        assertThat(ecal.get("/calendar/" + sandbox.calendar().id()).statusCode())
                .isEqualTo(200);
        sandbox.set(Switch.UNKNOWN_CALENDAR, "204");
        assertThat(ecal.list("calendarIds", theirs).statusCode()).isEqualTo(204);
    }

    @Test
    void theEndCanBeAnEmptyPage() {
        sandbox.set(Switch.END_OF_LIST, "empty-page");

        assertThat(EcalClient.data(ecal.list())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"id, abc", "newest, cba", "start, cab", "reference, abc"})
    void theOrderIsTheSwitchs(String order, String expected) {
        ecal.create(ecal.event("a").put("startTime", "09:00"));
        ecal.create(ecal.event("b").put("startTime", "09:30"));
        ecal.create(ecal.event("c").put("startTime", "08:00"));
        sandbox.set(Switch.SORT, order);

        assertThat(String.join("", ecal.listed("reference"))).isEqualTo(expected);
    }

    @Test
    void aRandomOrderIsTheSameOnEveryPage() {
        fill(30);
        sandbox.set(Switch.SORT, "random");

        TreeSet<String> seen = new TreeSet<>();
        for (int page = 1; page <= 3; page++) {
            seen.addAll(ecal.listed("id", "limit", "10", "page", Integer.toString(page)));
        }
        assertThat(seen).hasSize(30);
        assertThat(ecal.listed("id")).isNotEqualTo(new ArrayList<>(seen));
    }

    @Test
    void pagesCanOverlapYetEachBringsSomethingNew() {
        fill(28);
        sandbox.set(Switch.PAGES, "overlapping");

        List<String> first = ecal.listed("id", "limit", "10");
        List<String> second = ecal.listed("id", "limit", "10", "page", "2");
        assertThat(second.get(0)).isEqualTo(first.get(9));
        assertThat(ecal.listed("id", "limit", "10", "page", "3")).hasSize(10);
        assertThat(ecal.list("limit", "10", "page", "4").statusCode()).isEqualTo(204);
    }

    @Test
    void pagesCanNeverEndOrChangeOrder() {
        fill(50);
        sandbox.set(Switch.PAGES, "endless");
        assertThat(ecal.listed("id", "limit", "10", "page", "999")).hasSize(10);
        sandbox.set(Switch.PAGES, "shuffled");
        assertThat(ecal.listed("id")).isNotEqualTo(ecal.listed("id"));
    }

    @Test
    void writesShowAfterAsManyListingsAsTheSwitchSays() {
        String id = ecal.create(ecal.event("old"));
        String gone = ecal.create(ecal.event("gone"));
        sandbox.set(Switch.LISTING_LAG, "2");
        ecal.create(ecal.event("new"));
        ecal.put(id, ecal.event("changed"));
        ecal.delete(gone);

        assertThat(ecal.listed("reference")).containsExactly("old", "gone");
        assertThat(ecal.listed("reference", "page", "2")).isEmpty();
        assertThat(ecal.listed("reference")).containsExactly("old", "gone");
        assertThat(ecal.listed("reference")).containsExactly("changed", "new");
    }

    private void fill(int events) {
        for (int i = 0; i < events; i++) {
            sandbox.calendar().add(Map.of("name", "Event " + i, "reference", "r" + i));
        }
    }
}
