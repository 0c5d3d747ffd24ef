package fr.moncampus.ecal.ecal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListingTest {
    private final Listing listing = new Listing();

    @Test
    void anEventThatSeveralPagesRepeatIsOne() throws CalendarException {
        listing.add(page(1, 2));
        listing.add(page(2, 3));
        listing.end();

        assertThat(listing.events())
                .extracting(CalendarEvent::id)
                .containsExactly(Fixtures.id(1), Fixtures.id(2), Fixtures.id(3));
    }

    @Test
    void aPageWithoutAnythingNewEndsTheRun() throws CalendarException {
        listing.add(page(1, 2));

        assertThatThrownBy(() -> listing.add(page(2, 1)))
                .isExactlyInstanceOf(CalendarException.class)
                .hasMessageContaining("page 2");
    }

    @Test
    void theThousandthPageIsTheLastThatIsRead() throws CalendarException {
        for (int page = 1; page <= 1000; page++) {
            assertThat(listing.page()).isEqualTo(page);
            listing.add(page(page));
        }

        assertThatThrownBy(() -> listing.add(page(1001)))
                .isExactlyInstanceOf(CalendarException.class)
                .hasMessageContaining("1000");
    }

    @Test
    void partOfACalendarIsNeverTakenForTheWhole() throws CalendarException {
        listing.add(page(1));

        assertThat(listing.isOpen()).isTrue();
        assertThatThrownBy(listing::events)
                .isInstanceOf(CalendarException.class)
                .hasMessageContaining("routes/ecal.camel.yaml");
    }

    @Test
    void whatIsOfAnotherCalendarCountsAsReadAndIsLeftOut() throws CalendarException {
        Map<String, CalendarEvent> foreign = new LinkedHashMap<>();
        foreign.put(Fixtures.id(1), null);
        listing.add(foreign);
        listing.add(page(2));
        listing.end();

        assertThat(listing.events()).extracting(CalendarEvent::id).containsExactly(Fixtures.id(2));
        assertThatThrownBy(() -> new Listing().add(Map.of())).isInstanceOf(CalendarException.class);
    }

    private static Map<String, CalendarEvent> page(int... ids) {
        Map<String, CalendarEvent> page = new LinkedHashMap<>();
        List<CalendarEvent> events = IntStream.of(ids)
                .mapToObj(id -> Fixtures.event("r" + id).withId(Fixtures.id(id)))
                .toList();
        events.forEach(event -> page.put(event.id(), event));
        return page;
    }
}
