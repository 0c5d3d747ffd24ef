package fr.moncampus.ecal.caldav;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event of ours as a server keeps it: a text with its address and its version. It is patched, not replaced: a line that we did not write is a
 * person's, and stays.
 */
final class CalendarObject {
    /** The part of an address of ours after the last slash, without {@code .ics}, and of a UID before this. */
    static final String UID_END = "@moncampus-ecal";

    private static final Pattern UID = Pattern.compile("(mc-[0-9a-f]{8}-\\S{1,60})" + UID_END);
    private static final Pattern FOLD = Pattern.compile("\r?\n[ \t]");
    private static final Pattern REFERENCE = Pattern.compile("mc-[0-9a-f]{8}-\\S{1,60}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String EVENT = "VEVENT";
    /** Our own properties of an event: which one it is, and our part of its description. */
    private static final String OUR_REFERENCE = "X-MONCAMPUS-REFERENCE";

    private static final String OUR_DETAILS = "X-MONCAMPUS-DETAILS";
    private static final String DESCRIPTION = "DESCRIPTION";

    private final String href;
    private final String etag;
    private final Component calendar;
    private final Component event;

    private CalendarObject(String href, String etag, Component calendar, Component event) {
        this.href = href;
        this.etag = etag;
        this.calendar = calendar;
        this.event = event;
    }

    /**
     * Null when it is somebody else's. Ours have a UID of ours: a person who copies one of our events has a new UID, and all the rest.
     *
     * @throws Component.UnreadableException when it may be ours and cannot be read
     */
    static CalendarObject of(String href, String etag, String text) throws Component.UnreadableException {
        // most events of a calendar are others', whatever is wrong with them
        if (!FOLD.matcher(text).replaceAll("").contains(UID_END)) {
            return null;
        }
        Component calendar = Component.read(text);
        List<Component> masters = calendar.components(EVENT).stream()
                // what a person has changed of one day of a series
                .filter(each -> each.property("RECURRENCE-ID") == null)
                .toList();
        String uid = masters.isEmpty() ? null : masters.get(0).text("UID");
        boolean ours = uid != null && UID.matcher(uid.strip()).matches();
        return ours ? new CalendarObject(href, etag, calendar, masters.get(0)) : null;
    }

    /** An event that does not exist yet. */
    static String text(CalendarEvent wanted, Instant now) {
        Component calendar = new Component("VCALENDAR");
        calendar.set("VERSION", "2.0");
        calendar.set("PRODID", "-//moncampus-ecal//FR");
        calendar.set("CALSCALE", "GREGORIAN");
        Component event = new Component(EVENT);
        event.setText("UID", wanted.reference() + UID_END);
        calendar.components().add(event);
        new CalendarObject(null, null, calendar, event).say(wanted, now);
        return calendar.write();
    }

    String href() {
        return href;
    }

    String etag() {
        return etag;
    }

    /** The one that it was given last; a client that drops properties it does not know leaves that of its creation. */
    String reference() {
        String given = event.text(OUR_REFERENCE);
        Matcher uid = UID.matcher(event.text("UID").strip());
        return given != null && REFERENCE.matcher(given).matches() || !uid.matches() ? given : uid.group(1);
    }

    CalendarEvent event() {
        boolean wholeDays = Moments.isWholeDays(event);
        LocalDateTime start = Moments.start(event);
        LocalDateTime end = Moments.end(event);
        LocalDate last = end == null ? null : end.toLocalDate().minusDays(wholeDays ? 1 : 0);
        String description = event.text(DESCRIPTION);
        String ours = event.text(OUR_DETAILS);
        return new CalendarEvent(
                href,
                reference(),
                event.text("SUMMARY"),
                event.text("LOCATION"),
                start == null ? null : start.toLocalDate().toString(),
                start == null || wholeDays ? null : TIME.format(start),
                last == null ? null : last.toString(),
                end == null || wholeDays ? null : TIME.format(end),
                ParisZone.PARIS.getId(),
                wholeDays,
                ours != null && Details.has(description, ours) ? ours : description,
                Alarms.asked(event),
                0,
                event.value("URL"));
    }

    /** The text with what is ours as it should be. Of use once. */
    String patched(CalendarEvent wanted, Instant now) {
        say(wanted, now);
        String sequence = event.value("SEQUENCE");
        event.set(
                "SEQUENCE",
                String.valueOf(sequence != null && sequence.matches("\\d{1,8}") ? Integer.parseInt(sequence) + 1 : 1));
        event.set("LAST-MODIFIED", UTC.format(now));
        return calendar.write();
    }

    private void say(CalendarEvent wanted, Instant now) {
        event.set("DTSTAMP", UTC.format(now));
        event.setText(OUR_REFERENCE, wanted.reference());
        event.setText("SUMMARY", wanted.name());
        event.setText("LOCATION", wanted.location());
        Moments.set(
                event,
                wall(wanted.startDate(), wanted.startTime(), wanted),
                wanted.allDay()
                        ? LocalDate.parse(wanted.endDate()).plusDays(1).atStartOfDay()
                        : wall(wanted.endDate(), wanted.endTime(), wanted),
                wanted.allDay());
        describe(wanted);
        Alarms.ask(event, wanted.alert());
        boolean described = calendar.components("VTIMEZONE").stream()
                .anyMatch(zone -> ParisZone.PARIS.getId().equals(zone.text("TZID")));
        if (!wanted.allDay() && !described) {
            calendar.components().add(0, ParisZone.component());
        }
    }

    private void describe(CalendarEvent wanted) {
        String old = event.text(OUR_DETAILS);
        String address = event.value("URL");
        // another address is one that a person has put there
        if (address == null || old != null && old.contains(address)) {
            event.set("URL", wanted.link());
        }
        String details = Details.replace(event.text(DESCRIPTION), old, wanted.details());
        event.setText(DESCRIPTION, details == null || details.isEmpty() ? null : details);
        event.setText(OUR_DETAILS, wanted.details());
    }

    private static LocalDateTime wall(String date, String time, CalendarEvent wanted) {
        return LocalDate.parse(date)
                .atTime(time == null || wanted.allDay() ? LocalTime.MIDNIGHT : LocalTime.parse(time))
                .atZone(ZoneId.of(wanted.timezone()))
                .withZoneSameInstant(ParisZone.PARIS)
                .toLocalDateTime();
    }
}
