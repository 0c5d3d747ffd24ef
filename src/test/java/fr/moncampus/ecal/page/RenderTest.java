package fr.moncampus.ecal.page;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** What the templates make of the models. */
class RenderTest {
    private static final int MAX_BYTES = 60 * 1024;

    private final Sample sample = new Sample();

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.of(
                        "<script>alert(1)</script>",
                        "\"><img src=x onerror=alert(1)>",
                        "' onmouseover='alert(1)",
                        "</title></main><h1>",
                        "${7*7}{{7*7}}",
                        "\u202Eetrevni",
                        "&lt;b&gt;",
                        "<!--",
                        "javascript:alert(1)",
                        "]]>",
                        "é à ù 数学 🎓")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    /** All text from the school is data: it is shown as it is, and the page has the same elements as with harmless text. */
    @Property(tries = 200)
    void whateverTheSchoolWritesIsShownAndNothingMore(@ForAll("hostile") String text) {
        Document harmless = page("Anglais");
        Document page = page(text);

        assertThat(page.getAllElements().stream().map(each -> each.tagName()))
                .containsExactlyElementsOf(harmless.getAllElements().stream()
                        .map(each -> each.tagName())
                        .toList());
        assertThat(page.getAllElements())
                .allSatisfy(element -> assertThat(element.attributes().asList())
                        .noneMatch(attribute -> attribute.getKey().startsWith("on")
                                || attribute.getValue().startsWith("javascript:")));
        assertThat(page.select(".card strong").first().text())
                .isEqualTo(Text.line(text, 160).replaceAll("\\s+", " "));
        assertThat(page.select("main").text()).doesNotContain("\u202E");
    }

    private Document page(String text) {
        Sample of = new Sample();
        CalendarEvent event = Sample.event(1, text, text, Sample.at(0, 8, 30), 90);
        CalendarEvent other = Sample.event(2, text, text, Sample.at(0, 13, 30), 90);
        of.with(Sample.linked(event, "https://teams.microsoft.com/x"), other);
        of.held.add(new Plan.Held(Change.delete(other), Plan.Reason.TOO_MANY));
        return Jsoup.parse(week(of.snapshot(), text));
    }

    @Example
    void aNameOfTwoThousandCharactersIsCut() {
        sample.with(Sample.event(1, "Très long ".repeat(200), "B110", Sample.at(0, 8, 30), 90));

        String name = Jsoup.parse(week(sample.snapshot(), "Alice"))
                .select(".card strong")
                .text();

        assertThat(name).hasSizeBetween(100, 160).endsWith("…");
    }

    @Example
    void everySignHasAWordThatIsReadAloudAndAMarkThatIsNot() {
        CalendarEvent before = Sample.event(1, Sample.at(0, 8, 30));
        sample.with(before).changes.add(Change.update(before, Sample.event(1, Sample.at(1, 8, 30))));

        Document page = Jsoup.parse(week(sample.snapshot(), "Alice"));

        assertThat(page.select(".sign").eachText()).containsExactly("↗ déplacé", "→ déplacé ici");
        assertThat(page.select(".sign [aria-hidden=true]").eachText()).containsExactly("↗", "→");
        assertThat(page.select(".ghost s")).isNotEmpty();
        assertThat(page.select(".ghost .note a").attr("href"))
                .isEqualTo(
                        "/c/alice/semaine/2026-11-23#" + page.select(".moved").attr("id"));
    }

    @Example
    void thePageOfATermIsSmallWhateverIsToBeDone() {
        term(350);
        for (CalendarEvent event : sample.events) {
            sample.changes.add(Change.update(event, event.withName("Anglais renommé")));
        }

        assertThat(bytes(week(sample.snapshot(), "Alice"))).isLessThan(MAX_BYTES);
    }

    /** The list is a page of its own then, where its button is: nobody approves what he has not been shown. */
    @Example
    void aLongListOfWhatIsHeldIsNotOnTheWeek() {
        term(350);
        sample.events.forEach(event -> sample.held.add(new Plan.Held(Change.delete(event), Plan.Reason.EMPTY_ANSWER)));

        String week = week(sample.snapshot(), "Alice");
        String held = render("held", Map.of("held", HeldList.of(sample.snapshot(), Rules.DEFAULT)));

        assertThat(bytes(week)).isLessThan(MAX_BYTES);
        assertThat(Jsoup.parse(week).select(".held form, .held li")).isEmpty();
        assertThat(Jsoup.parse(week).select("section.held a").attr("href")).isEqualTo("/c/alice/retenus");
        assertThat(bytes(held)).isLessThan(MAX_BYTES);
        assertThat(Jsoup.parse(held).select("section.held li")).hasSize(350);
        assertThat(Jsoup.parse(held).select("form [name=checksum]").val()).isEqualTo("0123456789ab");
    }

    @Example
    void whatCannotBeReleasedHasNoButton() {
        sample.held.add(new Plan.Held(Change.delete(Sample.event(1, Sample.at(0, 8, 30))), Plan.Reason.UNREADABLE_ROW));

        Document page = Jsoup.parse(render("held", Map.of("held", HeldList.of(sample.snapshot(), Rules.DEFAULT))));

        assertThat(page.select("main form")).isEmpty();
        assertThat(page.select(".held").text())
                .contains("1 suppression retenue")
                .contains("une ligne de l'emploi du temps est illisible");
    }

    @Example
    void fiveThousandCoursesMakeNoLargerPage() {
        term(5000);

        Document page = Jsoup.parse(week(sample.snapshot(), "Alice"));

        assertThat(bytes(page.outerHtml())).isLessThan(MAX_BYTES);
        assertThat(page.select(".card")).hasSize(20);
    }

    /** At most 1 KB of JavaScript, as files of our own; no request to anywhere else. */
    @Example
    void thePageAsksForItsTwoFilesAndNothingElse() throws Exception {
        Document page = Jsoup.parse(week(sample.snapshot(), "Alice"));

        assertThat(page.select("[src]").eachAttr("src")).containsExactly("/page.js");
        assertThat(page.select("link").eachAttr("href")).containsExactly("data:,", "/page.css");
        assertThat(resource("/page/page.js").length).isLessThanOrEqualTo(1024);
        assertThat(new String(resource("/page/page.css"), StandardCharsets.UTF_8))
                .doesNotContain("url(")
                .doesNotContain("@import")
                .contains("prefers-color-scheme: dark");
    }

    @Example
    void aBrowserWithoutJavaScriptAsksAgainUntilTheActionIsOver() {
        Progress under = new Progress("Synchronisation en cours", "3 sur 10 écritures", true, 3, 10, true, List.of());
        Map<String, Object> values = new HashMap<>(Map.of("progress", under));
        values.put("frame", new Frame("Passage", head("Alice"), "", false, 2, false));

        Document page = Jsoup.parse(Templates.render("progress", values));

        assertThat(page.select("noscript").html()).contains("http-equiv=\"refresh\"");
        assertThat(page.select("progress").attr("max")).isEqualTo("10");
        assertThat(page.select("progress").attr("value")).isEqualTo("3");
        assertThat(page.select("[role=status]").text()).isEqualTo("3 sur 10 écritures");
    }

    /** Four courses a day, on weekdays. */
    private void term(int courses) {
        LocalDateTime monday = Sample.at(0, 0, 0).minusWeeks(courses / 40);
        for (int i = 0; i < courses; i++) {
            int day = i / 4;
            LocalDateTime start =
                    monday.plusWeeks(day / 5).plusDays(day % 5).withHour(new int[] {8, 10, 13, 15}[i % 4]);
            sample.with(Sample.event(i, "Bases de données avancées " + i, "T 003(THALIE)", start, 105));
        }
    }

    private static String week(Snapshot snapshot, String label) {
        Map<String, Object> values = new HashMap<>();
        Head head = head(label);
        values.put("week", Week.of(snapshot, head.base(), Sample.MONDAY, Sample.NOW));
        values.put("monday", Sample.MONDAY);
        values.put("about", WeekNote.of(snapshot, head, Sample.NOW));
        values.put("held", HeldList.of(snapshot, Rules.DEFAULT));
        values.put("frame", new Frame("Semaine", head, "week", false, 0, false));
        return Templates.render("week", values);
    }

    private static String render(String template, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("frame", new Frame("Alice", head("Alice"), "", false, 0, false));
        return Templates.render(template, all);
    }

    private static Head head(String label) {
        return new Head(
                "alice",
                label,
                "/c/alice",
                Head.State.OK,
                "Dernier succès hier",
                "prochain passage demain",
                null,
                0,
                0,
                0,
                false);
    }

    private static int bytes(String page) {
        return page.getBytes(StandardCharsets.UTF_8).length;
    }

    private static byte[] resource(String name) throws Exception {
        try (InputStream in = RenderTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
