package fr.moncampus.ecal.page;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.memory.Journals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {
    @TempDir
    private Path folder;

    private Journals journals;

    @BeforeEach
    void open() {
        journals = new Journals(folder, "alice");
    }

    @AfterEach
    void close() {
        journals.close();
    }

    @Test
    void anEntryTellsOldAndNewWhyAndTheWholeEventBeforeAndAfter() {
        CalendarEvent before = Sample.event(1, Sample.at(0, 8, 30));
        CalendarEvent after = Sample.event(1, "Cours 1", "C204", Sample.at(0, 8, 30), 90);
        journals.add(Sample.NOW.minusSeconds(86_400), "DELETE", "événement en double", before, null, "DELETED");
        journals.add(Sample.NOW, "PUT", "salle B110 → C204", before, after, "UPDATED");

        Feed feed = feed("");

        assertThat(feed.days()).extracting(Feed.Day::name).containsExactly("jeudi 26 novembre", "mercredi 25 novembre");
        Feed.Entry update = feed.days().get(0).entries().get(0);
        assertThat(update.sign()).isEqualTo(Sign.CHANGED);
        assertThat(update.difference()).isEqualTo("salle B110 → C204");
        assertThat(update.why()).isEmpty();
        assertThat(update.fields())
                .contains(new Feed.Field("Salle", "B110", "C204"), new Feed.Field("Nom", "Cours 1", "Cours 1"));
        Feed.Entry delete = feed.days().get(1).entries().get(0);
        assertThat(delete.sign()).isEqualTo(Sign.DELETE);
        assertThat(delete.why()).isEqualTo("événement en double");
        assertThat(delete.fields()).contains(new Feed.Field("Salle", "B110", null));
    }

    @Test
    void whatFailedOrIsUnclearSaysSo() {
        CalendarEvent event = Fixtures.event("mc-0a1b2c3d-1");
        journals.add(Sample.NOW, "POST", "nouveau cours", null, event, "FAILED");
        journals.add(Sample.NOW, "POST", "nouveau cours", null, event, null);

        assertThat(feed("").days().get(0).entries())
                .extracting(Feed.Entry::outcome)
                .containsExactly("sans réponse claire", "refusé ou en échec");
    }

    @Test
    void aSearchKnowsNoAccentsAndLooksIntoEverything() {
        journals.add(Sample.NOW, "POST", "nouveau cours", null, Fixtures.event("mc-0a1b2c3d-1"), "CREATED");
        journals.add(Sample.NOW, "POST", "nouveau cours", null, Sample.event(2, Sample.at(0, 9, 0)), "CREATED");

        assertThat(names("DONNEES bases")).containsExactly("Bases de données");
        assertThat(names("martin claire")).hasSize(2);
        assertThat(names("introuvable")).isEmpty();
        assertThat(names("startDate")).isEmpty();
    }

    /** Page by page, everything is there once. */
    @Test
    void olderPagesGoOnWhereTheLastOneEnded() {
        for (int i = 0; i < 700; i++) {
            journals.add(Sample.NOW, "POST", "", null, Sample.event(i, Sample.at(0, 9, 0)), "CREATED");
        }
        for (String query : List.of("", "cours")) {
            List<String> names = new ArrayList<>();
            Long before = Long.MAX_VALUE;
            while (before != null) {
                Feed feed = Feed.of(journals.journal(), query, before, Sample.NOW);
                feed.days().forEach(day -> day.entries().forEach(entry -> names.add(entry.name())));
                before = feed.older();
            }
            assertThat(names).hasSize(700).doesNotHaveDuplicates().startsWith("Cours 699");
        }
    }

    private List<String> names(String query) {
        return feed(query).days().stream()
                .flatMap(day -> day.entries().stream())
                .map(Feed.Entry::name)
                .toList();
    }

    private Feed feed(String query) {
        return Feed.of(journals.journal(), query, Long.MAX_VALUE, Sample.NOW);
    }
}
