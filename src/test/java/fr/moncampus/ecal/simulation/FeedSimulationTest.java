package fr.moncampus.ecal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.config.Selection;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.ics.Dialect;
import fr.moncampus.ecal.ics.FeedSession;
import fr.moncampus.ecal.ics.FeedSource;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Planner;
import fr.moncampus.ecal.sync.Remembered;
import fr.moncampus.ecal.sync.Situation;
import fr.moncampus.ecal.sync.Transform;
import fr.moncampus.ecal.timetable.SourceException;
import fr.moncampus.ecal.timetable.Timetable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Weeks of a school that gives out a feed, changes its timetable and has trouble: from the bytes of each answer to the plan, which is carried out in a
 * calendar that does what it is told. What a course still is to the school never leaves the calendar, others' events are never touched, a read that
 * failed changes nothing, and when all is quiet the calendar is the timetable, as far as the feed speaks.
 */
class FeedSimulationTest {
    /** More with {@code -Dfeed.seeds=…}. */
    private static final int SEEDS = Integer.getInteger("feed.seeds", 60);

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final LocalDate FIRST = LocalDate.of(2026, 10, 5);
    private static final Window WINDOW = new Window(FIRST.minusDays(30), FIRST.plusDays(200));
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** @param moves how often it was moved: some programs give it another UID then */
    private record Course(int id, String name, String room, LocalDateTime start, int moves) {}

    private enum Trouble {
        NONE,
        TRUNCATED,
        PAGE,
        EMPTY,
        SERVER_ERROR,
        PARTIAL,
        BAD_EVENT
    }

    @ParameterizedTest
    @EnumSource
    void theCalendarFollowsTheFeedThroughAllTrouble(Dialect dialect) {
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                new Life(dialect, new Random(seed)).live();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(dialect + ", seed " + seed, e);
            }
        }
    }

    private static final class Life {
        private final Dialect dialect;
        private final Random random;
        private final List<Course> school = new ArrayList<>();
        private final Map<String, CalendarEvent> calendar = new LinkedHashMap<>();
        private final FeedSource source = new FeedSource(URI.create("https://school.example/edt.ics?token=x"));
        private Remembered memory = Remembered.NOTHING;
        private Instant now = FIRST.atTime(6, 46).atZone(PARIS).toInstant();
        private int ids;
        private int events;

        Life(Dialect dialect, Random random) {
            this.dialect = dialect;
            this.random = random;
        }

        void live() {
            calendar.put(
                    "mine", event("mine", null, "Dentiste", FIRST.plusDays(9).atTime(10, 0)));
            for (int i = 0; i < 16; i++) {
                school.add(course(FIRST.plusDays(8 + random.nextInt(40))));
            }
            read(Trouble.NONE);
            for (int step = 0; step < 25; step++) {
                change();
                read(random.nextInt(3) > 0 ? Trouble.NONE : Trouble.values()[random.nextInt(Trouble.values().length)]);
            }
            for (int quiet = 0; quiet < 6; quiet++) {
                now = now.plus(Duration.ofHours(13));
                read(Trouble.NONE);
            }
            assertThat(calendar.remove("mine")).isNotNull();
            List<String> events = calendar.values().stream().map(Life::said).toList();
            List<String> courses = school.stream().map(Life::said).toList();
            assertThat(events).containsAll(courses).doesNotHaveDuplicates();
            assertThat(courses)
                    .containsAll(calendar.values().stream()
                            .filter(this::isSpokenOf)
                            .map(Life::said)
                            .toList());
        }

        /** Not what lies outside the days of the feed: of that it says nothing. */
        private boolean isSpokenOf(CalendarEvent event) {
            LocalDate day = LocalDate.parse(event.startDate());
            return school.stream().anyMatch(course -> course.start.toLocalDate().isAfter(day))
                    && school.stream()
                            .anyMatch(course -> !course.start.toLocalDate().isAfter(day));
        }

        private void change() {
            now = now.plus(Duration.ofMinutes(20 + random.nextInt(600)));
            int at = random.nextInt(school.size());
            Course old = school.get(at);
            switch (random.nextInt(6)) {
                case 0 -> school.set(at, new Course(old.id, old.name, old.room, free(), old.moves + 1));
                case 1 -> school.set(at, new Course(old.id, old.name, "R" + random.nextInt(9), old.start, old.moves));
                case 2 -> school.add(course(LocalDate.ofInstant(now, PARIS).plusDays(8 + random.nextInt(40))));
                case 3 -> {
                    if (school.size() > 10) {
                        school.remove(at);
                    }
                }
                default -> {
                    // a quiet hour
                }
            }
        }

        private Course course(LocalDate day) {
            return new Course(++ids, "Matière " + random.nextInt(5), "B110", slot(day), 0);
        }

        private LocalDateTime free() {
            return slot(LocalDate.ofInstant(now, PARIS).plusDays(8 + random.nextInt(40)));
        }

        /** No two at once, so that what the calendar says can be told apart. */
        private LocalDateTime slot(LocalDate day) {
            LocalDateTime start = day.atTime(8, 0).plusMinutes(random.nextInt(120) * 5L);
            return school.stream().anyMatch(course -> course.start.equals(start)) ? slot(day) : start;
        }

        private void read(Trouble trouble) {
            Map<String, CalendarEvent> before = Map.copyOf(calendar);
            Timetable timetable;
            try {
                timetable = asked(trouble);
            } catch (SourceException e) {
                assertThat(trouble).isNotIn(Trouble.NONE, Trouble.PARTIAL, Trouble.BAD_EVENT);
                return;
            }
            assertThat(trouble).isIn(Trouble.NONE, Trouble.PARTIAL, Trouble.BAD_EVENT);
            Plan plan = Planner.plan(new Situation(
                    "0a1b2c3d",
                    Set.of("0a1b2c3d"),
                    new Transform("15M", true).wanted(timetable.courses()),
                    timetable.unreadable(),
                    List.copyOf(calendar.values()),
                    memory,
                    Rules.DEFAULT,
                    WINDOW,
                    within(timetable.covered()),
                    now,
                    null,
                    Set.of(),
                    Selection.NONE));
            memory = plan.memory();
            Stream.of(plan.updates(), plan.creates(), plan.deletes())
                    .flatMap(List::stream)
                    .forEach(this::carryOut);
            assertThat(calendar.get("mine")).isEqualTo(before.get("mine"));
            if (trouble == Trouble.NONE) {
                assertThat(calendar.values().stream().map(Life::said).toList())
                        .containsAll(school.stream().map(Life::said).toList());
            } else {
                plan.deletes()
                        .forEach(delete ->
                                assertThat(school.stream().map(Life::said)).doesNotContain(said(delete.before())));
            }
            // ADE's keys tell for sure which event an unreadable one is, so that the others go on
            if (trouble == Trouble.BAD_EVENT && dialect != Dialect.ADE) {
                assertThat(plan.deletes()).isEmpty();
            }
        }

        private static Window within(Timetable.Days days) {
            return new Window(
                    days.first().isAfter(WINDOW.first()) ? days.first() : WINDOW.first(),
                    days.last().isBefore(WINDOW.last()) ? days.last() : WINDOW.last());
        }

        private void carryOut(Change change) {
            if (change.before() != null) {
                calendar.remove(change.before().id());
            }
            if (change.after() != null) {
                String id = change.after().id() == null
                        ? "%024x".formatted(++events)
                        : change.after().id();
                calendar.put(id, change.after().withId(id));
            }
        }

        private Timetable asked(Trouble trouble) {
            FeedSession session = source.open();
            session.complete(
                    ClassicRequestBuilder.get("https://school.example/").build());
            BasicClassicHttpResponse response =
                    new BasicClassicHttpResponse(trouble == Trouble.SERVER_ERROR ? 503 : 200);
            String feed = trouble == Trouble.PAGE ? "<html><title>Connexion</title></html>" : feed(trouble);
            response.setEntity(
                    new ByteArrayEntity(feed.getBytes(StandardCharsets.UTF_8), ContentType.create("text/calendar")));
            try {
                session.received(response);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            session.answered(response.getCode());
            return session.timetable();
        }

        private String feed(Trouble trouble) {
            StringBuilder text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
            List<Course> shown = new ArrayList<>(school);
            shown.sort(Comparator.comparing(Course::start));
            int all = trouble == Trouble.EMPTY ? 0 : trouble == Trouble.PARTIAL ? shown.size() / 2 : shown.size();
            for (Course course : shown.subList(0, all)) {
                boolean bad = trouble == Trouble.BAD_EVENT && course == shown.get(all / 2);
                text.append("BEGIN:VEVENT\r\nDTSTAMP:" + UTC.format(now) + "\r\n")
                        .append("UID:" + uid(course) + "\r\n")
                        .append("DTSTART:" + (bad ? "bientôt" : utc(course.start)) + "\r\n")
                        .append("DTEND:" + utc(course.start.plusMinutes(90)) + "\r\n")
                        .append("SUMMARY:" + course.name + "\r\nLOCATION:" + course.room + "\r\n")
                        .append("END:VEVENT\r\n");
            }
            text.append("END:VCALENDAR\r\n");
            return trouble == Trouble.TRUNCATED ? text.substring(0, text.length() * 2 / 3) : text.toString();
        }

        private String uid(Course course) {
            return switch (dialect) {
                case HYPERPLANNING -> "Cours-" + (course.id + 1000 * course.moves) + "-41-3-Index-Education";
                case PRONOTE -> "Cours-" + course.id + "-1-" + UTC.format(now) + "-Index-Education";
                case ADE -> "ADE6032303236%06d".formatted(course.id);
                case PLAIN -> course.id + "@school.example";
            };
        }

        private static String utc(LocalDateTime wall) {
            return UTC.format(wall.atZone(PARIS).toInstant());
        }

        private static String said(Course course) {
            return course.name + " " + course.room + " " + course.start;
        }

        private static String said(CalendarEvent event) {
            return event.name() + " " + event.location() + " " + event.startDate() + "T" + event.startTime();
        }

        private static CalendarEvent event(String id, String reference, String name, LocalDateTime start) {
            return new CalendarEvent(
                    id,
                    reference,
                    name,
                    "",
                    start.toLocalDate().toString(),
                    start.toLocalTime().toString(),
                    start.toLocalDate().toString(),
                    start.toLocalTime().plusHours(1).toString(),
                    "Europe/Paris",
                    false,
                    "",
                    null,
                    0,
                    null);
        }
    }
}
