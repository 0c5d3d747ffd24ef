package fr.moncampus.ecal.page;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.groups.Tuple;

class WeekTest {
    private final Sample sample = new Sample();

    @Provide
    Arbitrary<List<CalendarEvent>> crowds() {
        Arbitrary<LocalDateTime> starts = Combinators.combine(
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.integers().between(0, 23),
                        Arbitraries.integers().between(0, 59))
                .as(Sample::at);
        return Combinators.combine(starts, Arbitraries.integers().between(0, 900))
                .as((start, minutes) -> Sample.event(0, "Cours", "B110", start, minutes))
                .list()
                .ofMaxSize(25)
                .map(list -> IntStream.range(0, list.size())
                        .mapToObj(i -> list.get(i).withId(Fixtures.id(i + 1)))
                        .toList());
    }

    /** Nothing is hidden, whatever the school does: each event has one card, within its day, and no card lies on another. */
    @Property
    void noCardLiesOnAnother(@ForAll("crowds") List<CalendarEvent> crowd) {
        sample.events.clear();
        sample.events.addAll(crowd);
        Week week = sample.week();

        assertThat(sample.cards()).hasSize(crowd.size());
        int rows = week.hours().size() * 4;
        for (Week.Day day : week.days()) {
            for (Week.Placed a : day.cards()) {
                assertThat(a.row()).isBetween(1, rows);
                assertThat(a.row() + a.rows()).isLessThanOrEqualTo(rows + 1);
                if (day.crowded()) {
                    continue;
                }
                assertThat(a.column() + a.columns()).isBetween(2, 13);
                assertThat(day.cards()).filteredOn(b -> b != a && touch(a, b)).isEmpty();
            }
        }
    }

    private static boolean touch(Week.Placed a, Week.Placed b) {
        return a.row() < b.row() + b.rows()
                && b.row() < a.row() + a.rows()
                && a.column() < b.column() + b.columns()
                && b.column() < a.column() + a.columns();
    }

    /** Positions are classes: a style in the page would be refused by its own policy. */
    @Property(tries = 50)
    void everyPositionIsInTheStyleSheet(@ForAll("crowds") List<CalendarEvent> crowd) throws Exception {
        String css;
        try (InputStream in = WeekTest.class.getResourceAsStream("/page/page.css")) {
            css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        sample.events.clear();
        sample.events.addAll(crowd);
        Week week = sample.week();

        assertThat(css)
                .contains(".n" + week.hours().size() + " ")
                .contains(".d" + week.days().size() + " ");
        week.days().stream()
                .filter(day -> !day.crowded())
                .flatMap(day -> day.cards().stream())
                .flatMap(card -> List.of(card.place().split(" ")).stream())
                .forEach(name -> assertThat(css).contains("." + name + "{"));
    }

    @Example
    void eachStateHasASignAndAWord() {
        CalendarEvent moved = Sample.event(2, Sample.at(0, 10, 15));
        CalendarEvent renamed = Sample.event(3, Sample.at(0, 13, 30));
        CalendarEvent waiting = Sample.event(4, Sample.at(1, 8, 30));
        CalendarEvent held = Sample.event(5, Sample.at(1, 10, 15));
        CalendarEvent deleted = Sample.event(6, Sample.at(2, 8, 30));
        sample.with(Sample.event(1, Sample.at(0, 8, 30)), moved, renamed, waiting, held, deleted);
        sample.changes.add(Change.update(moved, Sample.event(2, Sample.at(2, 17, 15))));
        sample.changes.add(Change.update(renamed, Sample.event(3, "Anglais", "C204", Sample.at(0, 13, 30), 90)));
        sample.changes.add(Change.create(Sample.event(7, Sample.at(3, 9, 0))));
        sample.changes.add(Change.delete(deleted));
        sample.waiting.add(new Plan.Waiting(waiting, Sample.NOW.minusSeconds(600)));
        sample.held.add(new Plan.Held(Change.delete(held), Plan.Reason.TOO_MANY));

        assertThat(sample.cards())
                .extracting(Card::sign, Card::name, Card::oldName, Card::room, Card::oldRoom, Card::note)
                .containsExactly(
                        row(Sign.STANDS, "Cours 1", null, "B110", null, ""),
                        row(Sign.GHOST, "Cours 2", null, "B110", null, "vers mer. 25 nov. 17:15"),
                        row(Sign.CHANGED, "Anglais", "Cours 3", "C204", "B110", ""),
                        row(
                                Sign.WAITING,
                                "Cours 4",
                                null,
                                "B110",
                                null,
                                "absent de l'emploi du temps depuis aujourd'hui à 13 h 20 : supprimé s'il l'est encore à la prochaine lecture"),
                        row(
                                Sign.HELD,
                                "Cours 5",
                                null,
                                "B110",
                                null,
                                "suppression retenue : trop de suppressions d'un coup"),
                        row(Sign.DELETE, "Cours 6", null, "B110", null, ""),
                        row(Sign.MOVED, "Cours 2", null, "B110", null, "depuis lun. 23 nov. 10:15"),
                        row(Sign.CREATE, "Cours 7", null, "B110", null, ""));
        assertThat(sample.cards())
                .filteredOn(card -> card.sign() != Sign.STANDS)
                .allSatisfy(card ->
                        assertThat(card.sign().mark() + card.sign().word()).isNotBlank());
    }

    private static Tuple row(Object... values) {
        return Tuple.tuple(values);
    }

    @Example
    void aGhostLeadsToTheNewPlaceInItsWeekAndBack() {
        CalendarEvent before = Sample.event(1, Sample.at(0, 8, 30));
        CalendarEvent after = Sample.event(1, Sample.at(9, 8, 30));
        sample.with(before).changes.add(Change.update(before, after));

        Card ghost = sample.cards().get(0);
        Card moved = Week.of(sample.snapshot(), Sample.BASE, Sample.MONDAY.plusDays(7), Sample.NOW)
                .days()
                .get(2)
                .cards()
                .get(0)
                .card();

        assertThat(ghost.target()).isEqualTo("/c/alice/semaine/2026-11-30#" + moved.id());
        assertThat(moved.target()).isEqualTo("/c/alice/semaine/2026-11-23#" + ghost.id());
    }

    @Example
    void anUpdateOfOtherThingsSaysWhatChanges() {
        CalendarEvent before = Sample.event(1, Sample.at(0, 8, 30));
        sample.with(before).changes.add(Change.update(before, Sample.linked(before, "https://teams.microsoft.com/x")));

        assertThat(sample.cards().get(0).note()).isEqualTo("autres réglages (fuseau, rappel…)");
    }

    @Example
    void aMeetingIsALinkOnlyIfItLeadsToTeams() {
        String teams = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_0";
        for (String link : List.of(
                teams,
                "javascript:alert(1)",
                "http://teams.microsoft.com/x",
                "https://teams.microsoft.com.evil.example/",
                "https://teams.microsoft.com@evil.example/",
                "data:text/html,<script>",
                "https://teams.microsoft.com/" + "a".repeat(3000))) {
            sample.with(Sample.linked(Sample.event(sample.events.size(), Sample.at(0, 8, 30)), link));
        }

        assertThat(sample.cards())
                .extracting(Card::teams)
                .containsOnlyOnce(teams)
                .hasSize(7);
        assertThat(sample.cards())
                .filteredOn(card -> card.teams() != null)
                .hasSize(1)
                .allMatch(Card::remote);
    }

    @Example
    void aRemoteCourseIsKnownByItsRoom() {
        sample.with(
                Sample.event(1, "Anglais", "SALLE_13(DISTANCIEL)", Sample.at(0, 8, 30), 90),
                Sample.event(2, "Anglais à distance", "Aucune", Sample.at(0, 10, 30), 90),
                Sample.event(3, "Distancielle", "B110", Sample.at(0, 13, 30), 90));

        assertThat(sample.cards()).extracting(Card::remote).containsExactly(true, true, false);
        assertThat(sample.cards().get(1).room()).isEqualTo("sans salle");
    }

    @Example
    void theGridGrowsWithItsCoursesAndHasSaturdayOnlyWhenSomethingIsThere() {
        sample.with(Sample.event(1, Sample.at(1, 9, 0)));
        assertThat(sample.week().days()).hasSize(5);
        assertThat(sample.week().hours())
                .extracting(Week.Hour::label)
                .startsWith("8 h")
                .endsWith("17 h");

        sample.with(
                Sample.event(2, "Cours du soir", "B1", Sample.at(5, 20, 0), 300), Sample.event(3, Sample.at(0, 6, 30)));

        Week week = sample.week();
        assertThat(week.days()).hasSize(6);
        assertThat(week.days().get(5).name()).isEqualTo("samedi 28 novembre");
        assertThat(week.days().get(3).today()).isTrue();
        assertThat(week.hours()).extracting(Week.Hour::label).startsWith("6 h").endsWith("23 h");
    }

    @Example
    void anEmptyWeekLeadsToTheNextOneWithACourse() {
        sample.with(Sample.event(1, Sample.at(-3, 9, 0)), Sample.event(2, Sample.at(16, 9, 0)));

        assertThat(sample.week().isEmpty()).isTrue();
        assertThat(sample.week().nextDay()).isEqualTo(LocalDate.of(2026, 12, 9));
    }

    @Example
    void whatHasNoReadableTimeIsShownBeneath() {
        CalendarEvent event = Sample.event(1, Sample.at(0, 9, 0));
        sample.with(new CalendarEvent(
                event.id(),
                event.reference(),
                "Mystère",
                "B1",
                "bientôt",
                "tôt",
                "bientôt",
                "tard",
                null,
                false,
                null,
                null,
                0,
                null));

        assertThat(sample.week().undated()).singleElement().satisfies(card -> {
            assertThat(card.name()).isEqualTo("Mystère");
            assertThat(card.times()).isEqualTo("bientôt tôt-tard");
        });
    }
}
