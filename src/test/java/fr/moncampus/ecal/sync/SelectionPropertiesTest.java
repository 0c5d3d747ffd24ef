package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.CoursePattern;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.config.Selection;
import fr.moncampus.ecal.config.Selection.Renaming;
import fr.moncampus.ecal.sync.Plan.Reason;
import fr.moncampus.ecal.timetable.Course;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** {@code only}, {@code hide}, {@code rename} and {@code title}: what they show, and what a change of them may do. */
class SelectionPropertiesTest {
    private static final List<String> WORDS = List.of("anglais", "LV2", "éco-gestion", "TD 2", "Sport", "Durand");

    @Provide
    Arbitrary<List<Course>> timetables() {
        Arbitrary<String> text =
                Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(3).map(all -> String.join(" ", all));
        return Combinators.combine(
                        text,
                        text.injectNull(0.3),
                        text.injectNull(0.3),
                        Arbitraries.of("B110", "C3").injectNull(0.2),
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.integers().between(8, 15),
                        Arbitraries.of(true, true, false))
                .as((name, group, teacher, room, day, hour, keyed) -> new Course(
                        keyed ? "" : null,
                        name,
                        room,
                        teacher,
                        group,
                        null,
                        World.at(day, hour),
                        World.at(day, hour + 2)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(courses -> IntStream.range(0, courses.size())
                        .mapToObj(i -> courses.get(i).key() == null ? courses.get(i) : keyed(courses.get(i), "" + i))
                        .toList());
    }

    @Provide
    Arbitrary<Selection> selections() {
        Arbitrary<List<CoursePattern>> patterns = Arbitraries.of(
                        "anglais", "td*", "ECO GESTION", "durand", "sport", "x")
                .map(CoursePattern::new)
                .list()
                .ofMaxSize(2);
        Arbitrary<List<Renaming>> renaming = Arbitraries.of("anglais*", "Sport")
                .map(text -> new Renaming(new CoursePattern(text), "Autre nom"))
                .list()
                .ofMaxSize(2);
        return Combinators.combine(
                        patterns,
                        patterns,
                        renaming,
                        Arbitraries.of("{cours} · {salle}", "[{groupe}] {cours}")
                                .injectNull(0.5))
                .as(Selection::new);
    }

    @Property
    void hiddenCoursesAreAsIfTheSchoolDidNotHaveThem(
            @ForAll("timetables") List<Course> courses, @ForAll("selections") Selection selection) {
        World world = world(courses, selection);
        List<Course> shown = courses.stream()
                .filter(course -> selection.only().isEmpty() || anyIn(selection.only(), course))
                .filter(course -> !anyIn(selection.hide(), course))
                .toList();

        Plan plan = world.plan();

        assertThat(plan.creates())
                .isEqualTo(world(shown, new Selection(List.of(), List.of(), selection.rename(), selection.title()))
                        .plan()
                        .creates());
        assertThat(plan.rules().stream().mapToInt(Plan.RuleEffect::hides).sum())
                .as("each is told, once")
                .isEqualTo(courses.size() - shown.size());
    }

    @Property
    void theSameRulesSayNothingTwice(
            @ForAll("timetables") List<Course> courses, @ForAll("selections") Selection selection) {
        World world = world(courses, selection);
        world.run();

        Plan second = world.run();

        assertThat(World.writes(second)).isZero();
        assertThat(second.waiting()).isEmpty();
        assertThat(second.held()).isEmpty();
    }

    @Property
    void aChangeOfTheRulesIsHeldOrSmallAndAlwaysEndsWhereTheyLead(
            @ForAll("timetables") List<Course> courses,
            @ForAll("selections") Selection before,
            @ForAll("selections") Selection after,
            @ForAll boolean marking,
            @ForAll boolean memoryLost) {
        World world = world(courses, before);
        world.rules = new Rules(
                Rules.DEFAULT.deleteAfter(),
                3,
                0.3,
                Rules.DEFAULT.settle(),
                marking ? Rules.Cancelled.MARK : Rules.Cancelled.REMOVE);
        world.run();
        if (memoryLost) {
            world.memory = Remembered.NOTHING;
        }
        world.wanted = wanted(courses, after);
        world.selection = after;

        for (int i = 0; i < 4; i++) {
            Plan plan = world.run();
            assertThat(plan.held()).allSatisfy(held -> assertThat(held.reason()).isEqualTo(Reason.RULES_CHANGED));
            boolean nothingShown = world.wanted.stream().allMatch(each -> each.hiddenBy() != null);
            assertThat(plan.deletes().size())
                    .satisfiesAnyOf(
                            some -> assertThat(some).isLessThanOrEqualTo(3),
                            some -> assertThat(some).isLessThanOrEqualTo((int) (0.3 * plan.standing())));
            assertThat(nothingShown && !plan.deletes().isEmpty())
                    .as("all of them gone")
                    .isFalse();
            boolean others = !memoryLost || !after.labels().isEmpty();
            assertThat(renames(plan))
                    .satisfiesAnyOf(
                            some -> assertThat(others)
                                    .as("nothing tells that there were any")
                                    .isFalse(),
                            some -> assertThat(some).isLessThanOrEqualTo(3),
                            some -> assertThat(some).isLessThanOrEqualTo((long) (0.3 * plan.standing())));
            assertThat(plan.updates()).noneMatch(change -> change.after().name().startsWith("ANNULÉ"));
            world.now = world.now.plus(Rules.DEFAULT.deleteAfter());
        }
        Plan shown = world.plan();
        world.carryOut(shown.released());
        world.forgetWrites();
        world.settle();

        assertThat(world.plan().held()).isEmpty();
        World fresh = world(courses, after);
        fresh.run();
        assertThat(contents(world)).containsExactlyInAnyOrderElementsOf(contents(fresh));
    }

    @Example
    void whatElseChangesAboutACourseDoesNotWaitForItsName() {
        List<Course> courses = IntStream.range(0, 20)
                .mapToObj(i -> new Course(
                        "" + i,
                        "Maths " + i,
                        "B110",
                        null,
                        null,
                        null,
                        World.at(1 + i % 9, 10),
                        World.at(1 + i % 9, 12)))
                .toList();
        World world = world(courses, Selection.NONE);
        world.rules = Rules.DEFAULT;
        world.run();
        Selection title = new Selection(List.of(), List.of(), List.of(), "{cours} · {salle}");
        List<Course> moved = new ArrayList<>(courses);
        Course first = moved.get(0);
        moved.set(0, new Course("0", first.name(), "C3", null, null, null, first.start(), first.end()));
        world.wanted = wanted(moved, title);
        world.selection = title;

        Plan plan = world.run();

        assertThat(plan.held()).hasSize(20);
        assertThat(plan.updates()).singleElement().satisfies(change -> {
            assertThat(change.after().name()).isEqualTo("Maths 0");
            assertThat(change.after().location()).isEqualTo("C3");
        });
        world.carryOut(world.plan().released());
        assertThat(world.calendar.values())
                .extracting(CalendarEvent::name)
                .contains("Maths 0 · C3", "Maths 1 · B110")
                .hasSize(20);
        world.forgetWrites();
        assertThat(World.writes(world.run())).isZero();
        assertThat(world.plan().held()).isEmpty();
    }

    @Property
    void wordsAreFoundHoweverTheyAreWritten(
            @ForAll("words") String before,
            @ForAll("words") String words,
            @ForAll("words") String after,
            @ForAll boolean capitals,
            @ForAll boolean accents) {
        String field = before + " " + words + " - " + after;
        String written = capitals ? words.toUpperCase(Locale.FRENCH) : words.toLowerCase(Locale.FRENCH);
        String pattern = accents
                ? written
                : Normalizer.normalize(written, Normalizer.Form.NFD).replaceAll("\\p{M}", "");

        assertThat(new CoursePattern(pattern).isIn(field)).isTrue();
        assertThat(new CoursePattern(pattern).is(words)).isTrue();
        assertThat(new CoursePattern(pattern.substring(0, 2) + "*").isIn(field)).isTrue();
        assertThat(new CoursePattern(pattern + "x").isIn(words))
                .as("whole words")
                .isFalse();
        assertThat(new CoursePattern("*").isIn(field)).isTrue();
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of("Éco-gestion", "Anglais LV2", "Œuvres", "TD 2", "L'art", "Cours d'été");
    }

    @Property
    void aTitleHasNoGapsWhereACourseLacksAPart(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 3) Integer> parts,
            @ForAll("timetables") List<Course> courses) {
        List<String> names = List.of("{cours}", "{salle}", "{enseignant}", "{groupe}");
        Selection selection = new Selection(
                List.of(), List.of(), List.of(), parts.stream().map(names::get).collect(Collectors.joining(" · ")));

        wanted(courses, selection)
                .forEach(each -> assertThat(each.event().name())
                        .isNotBlank()
                        .doesNotStartWith("·")
                        .doesNotEndWith("·")
                        .doesNotContain("· ·", "\0"));
    }

    @Example
    void aMarkOfTheSourceStaysInFront() {
        Course course = new Course("1", "ANNULÉ – Sport", "B110", null, null, null, World.at(1, 10), World.at(1, 12));
        Selection selection = new Selection(
                List.of(), List.of(), List.of(new Renaming(new CoursePattern("sport"), "EPS")), "{salle} : {cours}");

        assertThat(wanted(List.of(course), selection).get(0).event().name()).isEqualTo("ANNULÉ – B110 : EPS");
    }

    private static boolean anyIn(List<CoursePattern> patterns, Course course) {
        return patterns.stream()
                .anyMatch(pattern -> Stream.of(course.name(), course.group(), course.teacher())
                        .filter(Objects::nonNull)
                        .anyMatch(pattern::isIn));
    }

    private static long renames(Plan plan) {
        return plan.updates().stream()
                .filter(change -> !change.before().name().equals(change.after().name()))
                .count();
    }

    private static World world(List<Course> courses, Selection selection) {
        World world = new World(wanted(courses, selection), List.of());
        world.rules = World.UNLIMITED;
        world.selection = selection;
        return world;
    }

    private static List<Wanted> wanted(List<Course> courses, Selection selection) {
        return new ArrayList<>(new Transform("15M", true, selection).wanted(courses));
    }

    private static Course keyed(Course course, String key) {
        return new Course(
                key,
                course.name(),
                course.room(),
                course.teacher(),
                course.group(),
                course.link(),
                course.start(),
                course.end());
    }

    private static Set<Content> contents(World world) {
        return world.calendar.values().stream().map(Content::of).collect(Collectors.toSet());
    }
}
