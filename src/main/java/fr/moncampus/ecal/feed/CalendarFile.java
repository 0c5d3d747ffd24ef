package fr.moncampus.ecal.feed;

import com.github.mangstadt.vinnie.SyntaxStyle;
import com.github.mangstadt.vinnie.VObjectParameters;
import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import com.github.mangstadt.vinnie.io.VObjectWriter;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.FoldedLines;
import fr.moncampus.ecal.memory.FeedTable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/**
 * What phones read: a calendar as an iCalendar file. The same events give the same bytes. Times are UTC, since a phone that knows a time zone otherwise,
 * or not at all, shows nothing; a cancelled course has no STATUS, since Google would leave it out.
 */
public final class CalendarFile {
    public static final String TYPE = "text/calendar; charset=utf-8";
    /** Of a calendar that holds more, those that start last are shown: some three years of courses. */
    static final int MAX_EVENTS = 2_000;

    private static final String REFRESH = "PT1H";
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");

    private final StringWriter text = new StringWriter();
    private final VObjectWriter writer = new VObjectWriter(text, SyntaxStyle.NEW);

    private record Timed(FeedTable.Row row, Instant start) {}

    private CalendarFile() {}

    /** @param label what the calendar is called on the phone, unless somebody calls it otherwise there */
    static byte[] of(String label, List<FeedTable.Row> rows) {
        CalendarFile file = new CalendarFile();
        try {
            file.write(label, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FoldedLines.of(file.text.toString()).getBytes(StandardCharsets.UTF_8);
    }

    /** @throws RuntimeException when it cannot be: one such event would take the whole calendar from all phones */
    static void tryOut(CalendarEvent event) {
        of("", List.of(new FeedTable.Row(event, Instant.EPOCH)));
    }

    private void write(String label, List<FeedTable.Row> rows) throws IOException {
        writer.getFoldedLineWriter().setLineLength(null);
        writer.writeBeginComponent("VCALENDAR");
        line("VERSION", "2.0");
        line("PRODID", "-//moncampus-ecal//FR");
        line("METHOD", "PUBLISH");
        text("NAME", label);
        text("X-WR-CALNAME", label);
        typed("REFRESH-INTERVAL", "DURATION", REFRESH);
        line("X-PUBLISHED-TTL", REFRESH);
        List<Timed> sorted = rows.stream()
                .map(row -> new Timed(row, start(row.event())))
                .sorted(Comparator.comparing(Timed::start)
                        .thenComparing(each -> each.row().event().id()))
                .toList();
        for (Timed each : sorted.subList(Math.max(0, sorted.size() - MAX_EVENTS), sorted.size())) {
            event(each.row().event(), each.start(), UTC.format(each.row().at()));
        }
        writer.writeEndComponent("VCALENDAR");
    }

    private void event(CalendarEvent event, Instant start, String written) throws IOException {
        writer.writeBeginComponent("VEVENT");
        text("UID", event.id() + "@moncampus-ecal");
        line("DTSTAMP", written);
        line("LAST-MODIFIED", written);
        times(event, start);
        text("SUMMARY", event.name());
        text("LOCATION", event.location());
        text("DESCRIPTION", event.details());
        if (isGiven(event.link())) {
            line("URL", clean(event.link()).replace("\n", ""));
        }
        alarm(event);
        writer.writeEndComponent("VEVENT");
    }

    private void times(CalendarEvent event, Instant start) throws IOException {
        if (event.allDay()) {
            typed("DTSTART", "DATE", DAY.format(day(event.startDate())));
            typed("DTEND", "DATE", DAY.format(day(event.endDate()).plusDays(1)));
            return;
        }
        line("DTSTART", UTC.format(start));
        Instant end = moment(event.endDate(), event.endTime(), event.timezone());
        // an end that is no later than the start is worse than none
        if (end.isAfter(start)) {
            line("DTEND", UTC.format(end));
        }
    }

    /** Apple's calendar leaves alarms of subscriptions out, unless it is told to keep them; Google and Outlook have their own. */
    private void alarm(CalendarEvent event) throws IOException {
        String alert = event.alert();
        if (alert == null || !alert.matches("\\d{1,6}[MHDW]")) {
            return;
        }
        boolean time = alert.endsWith("M") || alert.endsWith("H");
        writer.writeBeginComponent("VALARM");
        line("ACTION", "DISPLAY");
        text("DESCRIPTION", isGiven(event.name()) ? event.name() : "Cours");
        line("TRIGGER", "-P" + (time ? "T" : "") + alert);
        writer.writeEndComponent("VALARM");
    }

    private static Instant start(CalendarEvent event) {
        return event.allDay()
                ? moment(event.startDate(), "00:00", event.timezone())
                : moment(event.startDate(), event.startTime(), event.timezone());
    }

    private static LocalDateTime day(String date) {
        return LocalDateTime.parse(date + "T00:00");
    }

    private static Instant moment(String date, String time, String zone) {
        return LocalDateTime.parse(date + "T" + time)
                .atZone(ZoneId.of(zone))
                .toInstant()
                .truncatedTo(ChronoUnit.SECONDS);
    }

    private void text(String name, String value) throws IOException {
        if (isGiven(value)) {
            line(name, VObjectPropertyValues.escape(clean(value)));
        }
    }

    private void line(String name, String value) throws IOException {
        writer.writeProperty(name, value);
    }

    private void typed(String name, String type, String value) throws IOException {
        VObjectParameters parameters = new VObjectParameters();
        parameters.put("VALUE", type);
        writer.writeProperty(null, name, parameters, value);
    }

    private static boolean isGiven(String value) {
        return value != null && !value.isBlank();
    }

    /** Without the characters that no iCalendar file may hold. */
    private static String clean(String value) {
        return value.replaceAll("\r\n?", "\n").replaceAll("[\\x00-\\x08\\x0B-\\x1F\\x7F]", "");
    }
}
