package fr.moncampus.ecal.ics;

import fr.moncampus.ecal.timetable.Course;
import fr.moncampus.ecal.timetable.Timetable;
import fr.moncampus.ecal.timetable.Timetable.Days;
import fr.moncampus.ecal.timetable.Timetable.Unreadable;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A feed as a timetable. Every event of it is a course, is told as unreadable, or is a day off. */
final class FeedTimetable {
    /** Nothing is missing on any day. */
    private static final Days NONE = new Days(LocalDate.of(2000, 1, 2), LocalDate.of(2000, 1, 1));

    private final Dialect dialect;
    private final Feed feed;
    private final Times times;
    private final List<Course> courses = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    private FeedTimetable(Feed feed) {
        this.feed = feed;
        this.dialect = Dialect.of(feed);
        this.times = new Times(feed.property("X-WR-TIMEZONE"));
    }

    /** @param address that was asked: ADE's says which days it covers */
    static Timetable of(Feed feed, URI address) {
        FeedTimetable timetable = new FeedTimetable(feed);
        feed.entries().forEach(timetable::add);
        return new Timetable(
                List.copyOf(timetable.courses),
                List.copyOf(timetable.unreadable),
                timetable.covered(address),
                "flux " + timetable.dialect.label());
    }

    private void add(Entry entry) {
        Reading reading = new Reading(dialect, entry);
        if (reading.isHoliday() && !entry.isDoubled()) {
            return;
        }
        try {
            courses.add(course(entry, reading));
        } catch (DateTimeException e) {
            String key = entry.isDoubled() || entry.isDamaged() ? null : reading.surelyKey();
            unreadable.add(new Unreadable(entry.number(), key, e.getMessage()));
        }
    }

    private Course course(Entry entry, Reading reading) {
        if (entry.isDoubled()) {
            throw new DateTimeException("deux événements y sont mêlés");
        }
        Times.Span span = times.span(entry);
        String name = reading.name();
        if (name == null) {
            throw new DateTimeException("la séance n'a pas de nom (SUMMARY)");
        }
        return new Course(
                reading.key(),
                name,
                reading.room(),
                reading.teacher(),
                reading.group(),
                reading.link(),
                span.start(),
                span.end());
    }

    /**
     * The days that the feed speaks of: from that of its first course to the one before its last, on which it may break off, or more where it or its
     * address says so. A feed that shows four weeks says nothing of the fifth.
     */
    private Days covered(URI address) {
        List<LocalDate> taught = courses.stream()
                .map(course -> course.start().toLocalDate())
                .sorted()
                .toList();
        List<LocalDate> said = Stream.concat(
                        Stream.of("X-CALSTART", "X-CALEND").map(name -> Times.day(feed.property(name))), asked(address))
                .filter(Objects::nonNull)
                .toList();
        Stream<LocalDate> begins = Stream.concat(taught.stream().limit(1), said.stream());
        Stream<LocalDate> ends = Stream.concat(
                taught.stream().skip(Math.max(0, taught.size() - 1)).map(day -> day.minusDays(1)), said.stream());
        return taught.isEmpty() && said.isEmpty()
                ? NONE
                : new Days(
                        begins.min(LocalDate::compareTo).orElseThrow(),
                        ends.max(LocalDate::compareTo).orElseThrow());
    }

    private static Stream<LocalDate> asked(URI address) {
        String query = address == null || address.getRawQuery() == null ? "" : address.getRawQuery();
        return Arrays.stream(query.split("&"))
                .filter(part -> part.matches("(?i)(first|last)Date=\\d{4}-\\d{2}-\\d{2}"))
                .map(part -> Times.day(part.replaceAll("\\D", "")));
    }
}
