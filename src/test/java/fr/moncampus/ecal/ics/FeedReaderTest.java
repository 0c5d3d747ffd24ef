package fr.moncampus.ecal.ics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.moncampus.ecal.timetable.Course;
import fr.moncampus.ecal.timetable.SourceException;
import fr.moncampus.ecal.timetable.Timetable;
import fr.moncampus.ecal.timetable.Timetable.Days;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a feed may look like, and what is never taken for one. */
class FeedReaderTest {
    private static final int COURSES = 12;
    private static final String JUNK = "\u0000\n\r :;=\"\\BEGINDXVT0123456789é";

    /** Whatever happens to a feed on its way: it fails, or holds every course, or says that one is missing so that nothing is deleted. */
    @Property(tries = 2000)
    void noDamageLosesACourseSilently(
            @ForAll Dialect dialect, @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int damages) {
        Random random = new Random(seed);
        String feed = feed(dialect, COURSES);
        for (int i = 0; i < damages; i++) {
            feed = damaged(feed, random);
        }
        Timetable timetable;
        try {
            timetable = timetable(feed);
        } catch (SourceException e) {
            assertThat(e.getMessage()).contains("Rien n'a été changé");
            return;
        }

        boolean holdsAll = timetable.unreadable().stream().anyMatch(row -> row.key() == null);
        int told = timetable.courses().size() + timetable.unreadable().size();
        assertThat(holdsAll || told >= COURSES).as(feed).isTrue();
    }

    private static String damaged(String feed, Random random) {
        if (feed.isEmpty()) {
            return feed;
        }
        List<String> lines = new ArrayList<>(Arrays.asList(feed.split("(?<=\n)")));
        int at = random.nextInt(feed.length());
        int line = random.nextInt(lines.size());
        switch (random.nextInt(6)) {
            case 0 -> {
                return feed.substring(0, at);
            }
            case 1 -> {
                return feed.substring(0, at) + JUNK.charAt(random.nextInt(JUNK.length())) + feed.substring(at + 1);
            }
            case 2 -> {
                return feed.substring(0, at) + feed.substring(Math.min(feed.length(), at + random.nextInt(30)));
            }
            case 3 -> lines.remove(line);
            case 4 -> lines.add(random.nextInt(lines.size()), lines.get(line));
            default -> lines.add(line, lines.remove(random.nextInt(lines.size())));
        }
        return String.join("", lines);
    }

    /** The parser closes silently what is open when the calendar ends. */
    @Test
    void anEventWhoseFrameIsDamagedTwiceIsNotLost() {
        String feed = feed(Dialect.PRONOTE, 3);
        int last = feed.lastIndexOf("BEGIN:VEVENT");
        String damaged = feed.substring(0, last)
                + feed.substring(last).replace("BEGIN:VEVENT", "BEGIN:VBVENT").replace("END:VEVENT\r\n", "");

        assertThatThrownBy(() -> read(damaged)).hasMessageContaining("n'est pas un calendrier entier");
    }

    @Property(tries = 300)
    void anyBytesAreAFailureOrAFeed(@ForAll byte[] bytes) {
        assertThatThrownBy(() -> FeedReader.read(bytes, null)).isInstanceOf(SourceException.class);
    }

    /** Between two fetches nothing but the times of the fetch has changed. */
    @Property(tries = 50)
    void whatChangesAtEveryFetchIsNoChange(@ForAll Dialect dialect, @ForAll @IntRange(max = 99) int minute) {
        String first = feed(dialect, COURSES);
        String later = first.replaceAll(
                        "(?m)^(DTSTAMP|LAST-MODIFIED):.*", "$1:20261001T1200" + "%02d".formatted(minute % 60) + "Z")
                .replaceAll("(?m)^SEQUENCE:.*", "SEQUENCE:" + minute)
                .replaceAll("Exporté le:\\d+", "Exporté le:" + (1000 + minute))
                .replaceAll("20260224T112543Z-Index", "20261001T1200%02dZ-Index".formatted(minute % 60));

        assertThat(timetable(later).courses()).isEqualTo(timetable(first).courses());
    }

    @ParameterizedTest
    @CsvSource({
        "DTSTART:20260914T070000Z, 2026-09-14T09:00",
        "DTSTART:20261214T080000Z, 2026-12-14T09:00",
        "DTSTART;TZID=Europe/Paris:20260914T090000, 2026-09-14T09:00",
        "DTSTART;TZID=\"Europe/Paris\":20260914T090000, 2026-09-14T09:00",
        "DTSTART;TZID=Romance Standard Time:20260914T090000, 2026-09-14T09:00",
        "DTSTART;TZID=/citadel.org/20190914_1/Europe/London:20260914T080000, 2026-09-14T09:00",
        "DTSTART:20260914T090000, 2026-09-14T09:00",
        "DTSTART:20260914T0900, 2026-09-14T09:00",
        "DTSTART;VALUE=DATE:20260914, 2026-09-14T00:00"
    })
    void timesAreWhatClocksInParisShow(String start, LocalDateTime wall) {
        assertThat(timetable(calendar(event("1", start, "DTEND:20270101T000000Z", "SUMMARY:Algèbre")))
                        .courses())
                .extracting(Course::start)
                .containsExactly(wall);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DTSTART;TZID=Mars/Olympus:20260914T090000",
                "DTSTART:20260932T090000Z",
                "DTSTART:demain",
                "DTSTART:",
                "X-NOTHING:1",
                "DTSTART:20270914T090000Z"
            })
    void aTimeThatCannotBeReadIsToldAndSpoilsNothingElse(String start) {
        Timetable timetable = timetable(calendar(event("1", start, "DTEND:20261001T000000Z", "SUMMARY:Algèbre")
                + event("2", "DTSTART:20260914T070000Z", "DTEND:20260914T080000Z", "SUMMARY:Analyse")));

        assertThat(timetable.courses()).extracting(Course::name).containsExactly("Analyse");
        assertThat(timetable.unreadable())
                .singleElement()
                .satisfies(row -> assertThat(row.row()).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "Annulation : Algèbre, ANNULÉ – Algèbre",
        "ANNULÉ : Algèbre, ANNULÉ – Algèbre",
        "Reporté (date ultérieure) : Algèbre, REPORTÉ – Algèbre",
        "Algèbre : annulation de matrices, Algèbre : annulation de matrices"
    })
    void aCancelledSessionSaysSoInOneWay(String summary, String name) {
        assertThat(timetable(calendar(event("1", "DTSTART:20260914T070000Z", "DURATION:PT90M", "SUMMARY:" + summary)))
                        .courses())
                .extracting(Course::name, course -> course.end().toLocalTime().toString())
                .containsExactly(tuple(name, "10:30"));
    }

    @Test
    void aWholeDayIsOneAcrossAChangeOfTheClockToo() {
        assertThat(timetable(calendar(event("1", "DTSTART;VALUE=DATE:20261025", "SUMMARY:Journée portes ouvertes")))
                        .courses())
                .singleElement()
                .satisfies(course -> {
                    assertThat(course.start()).isEqualTo("2026-10-25T00:00");
                    assertThat(course.end()).isEqualTo("2026-10-26T00:00");
                });
    }

    @Test
    void daysOffAreNoCoursesAndLinksOfMeetingsAre() {
        Timetable timetable = timetable(
                calendar(
                        event("Ferie-14-Index-Education", "DTSTART;VALUE=DATE:20261111", "SUMMARY:Armistice")
                                + event(
                                        "Cours-1-2-3-Index-Education",
                                        "DTSTART:20260914T070000Z",
                                        "DURATION:PT1H",
                                        "SUMMARY:x - y - z",
                                        "DESCRIPTION:Matière : Droit &amp\\; société\\nType : CM\\nMémo : https://teams.microsoft.com/l/x?a=1\\nTD : G2")));

        assertThat(timetable.courses()).singleElement().satisfies(course -> {
            assertThat(course.name()).isEqualTo("Droit & société (CM)");
            assertThat(course.group()).isEqualTo("G2");
            assertThat(course.link()).isEqualTo("https://teams.microsoft.com/l/x?a=1");
        });
    }

    @Test
    void theLastDayMayBeBrokenOffUnlessTheFeedSaysWhatItCovers() {
        String course = event("1", "DTSTART:20260914T070000Z", "DURATION:PT1H", "SUMMARY:Algèbre");
        LocalDate day = LocalDate.of(2026, 9, 14);
        LocalDate last = LocalDate.of(2027, 6, 30);

        assertThat(timetable(calendar(course)).covered()).isEqualTo(new Days(day, day.minusDays(1)));
        assertThat(timetable(calendar("X-CALEND:20270630T000000Z\r\n" + course)).covered())
                .isEqualTo(new Days(day, last));
        assertThat(FeedTimetable.of(
                                read(calendar(course)),
                                URI.create("https://ade/x.jsp?firstDate=2026-09-01&lastDate=2027-06-30"))
                        .covered())
                .isEqualTo(new Days(LocalDate.of(2026, 9, 1), last));
    }

    @Example
    void charsetsMarksAndLineEndsDoNotMatter() {
        String feed = feed(Dialect.ADE, 3).replace("Algèbre", "Théorie des élèves, œuvre");
        List<Course> courses = timetable(feed).courses();

        assertThat(courses.get(0).name()).contains("Théorie des élèves, œuvre");
        assertThat(timetable("\uFEFF" + feed).courses()).isEqualTo(courses);
        assertThat(timetable(feed.replace("\r\n", "\n")).courses()).isEqualTo(courses);
        assertThat(timetable("\r\n\r\n" + feed + "\r\n\r\n").courses()).isEqualTo(courses);
        assertThat(FeedTimetable.of(
                                FeedReader.read(feed.getBytes(Charset.forName("windows-1252")), "text/calendar"), null)
                        .courses())
                .isEqualTo(courses);
    }

    private static Timetable timetable(String feed) {
        return FeedTimetable.of(read(feed), null);
    }

    private static Feed read(String feed) {
        return FeedReader.read(feed.getBytes(StandardCharsets.UTF_8), "text/calendar; charset=utf-8");
    }

    private static String calendar(String events) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events + "END:VCALENDAR\r\n";
    }

    private static String event(String uid, String... lines) {
        return "BEGIN:VEVENT\r\nUID:" + uid + "\r\n" + String.join("\r\n", lines) + "\r\nEND:VEVENT\r\n";
    }

    private static String feed(Dialect dialect, int courses) {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < courses; i++) {
            String uid =
                    switch (dialect) {
                        case HYPERPLANNING -> "Cours-%d-38-3-Index-Education".formatted(i);
                        case PRONOTE -> "Cours-%d-1-20260224T112543Z-Index-Education".formatted(i);
                        case ADE -> "ADE60323032362d%04d".formatted(i);
                        case PLAIN -> i + "@example.org";
                    };
            events.append(event(
                    uid,
                    "DTSTAMP:20260901T100000Z",
                    "LAST-MODIFIED:20260901T100000Z",
                    "SEQUENCE:7",
                    "DTSTART:202609%02dT070000Z".formatted(10 + i),
                    "DTEND:202609%02dT083000Z".formatted(10 + i),
                    "SUMMARY;LANGUAGE=fr:Algèbre " + i,
                    "LOCATION:B110",
                    "DESCRIPTION:\\nL3 G1\\nDUPONT Jeanne\\n(Exporté le:01/09/2026)\\n"));
        }
        return calendar(events.toString());
    }
}
