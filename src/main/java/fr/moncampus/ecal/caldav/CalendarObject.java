package fr.moncampus.ecal.caldav;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event of ours as a server keeps it: a text with its address and its version. It is patched, not replaced: a line that we did not write is a
 * person's, and stays.
 */
final class CalendarObject {
    /** What follows the reference in a UID of ours. */
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
    /** As it came; its parts would take ten times the memory as long as a run lasts. */
    private final String text;

    private final CalendarEvent event;

    private CalendarObject(String href, String etag, String text, CalendarEvent event) {
        this.href = href;
        this.etag = etag;
        this.text = text;
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
        Component master = master(Component.read(text));
        String uid = master == null ? null : master.text("UID");
        boolean ours = uid != null && UID.matcher(uid.strip()).matches();
        return ours ? new CalendarObject(href, etag, text, event(href, master)) : null;
    }

    /** Not what a person has changed of one day of a series. Null when there is none. */
    private static Component master(Component calendar) {
        return calendar.components(EVENT).stream()
                .filter(each -> each.property("RECURRENCE-ID") == null)
                .findFirst()
                .orElse(null);
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
        say(calendar, event, wanted, now);
        return calendar.write();
    }

    String href() {
        return href;
    }

    String etag() {
        return etag;
    }

    CalendarEvent event() {
        return event;
    }

    /** The one that it was given last; a client that drops properties it does not know leaves that of its creation. */
    private static String reference(Component event) {
        String given = event.text(OUR_REFERENCE);
        Matcher uid = UID.matcher(event.text("UID").strip());
        return given != null && REFERENCE.matcher(given).matches() || !uid.matches() ? given : uid.group(1);
    }

    private static CalendarEvent event(String href, Component event) {
        boolean wholeDays = Moments.isWholeDays(event);
        LocalDateTime start = Moments.start(event);
        LocalDateTime end = Moments.end(event);
        LocalDate last = end == null ? null : end.toLocalDate().minusDays(wholeDays ? 1 : 0);
        String description = event.text(DESCRIPTION);
        String ours = event.text(OUR_DETAILS);
        return new CalendarEvent(
                href,
                reference(event),
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

    /** The text with what is ours as it should be. */
    String patched(CalendarEvent wanted, Instant now) {
        Component calendar;
        try {
            calendar = Component.read(text);
        } catch (Component.UnreadableException e) {
            throw new IllegalStateException("what was read once", e);
        }
        Component master = master(calendar);
        say(calendar, master, wanted, now);
        String sequence = master.value("SEQUENCE");
        boolean counted = sequence != null && sequence.matches("\\d{1,8}");
        master.set("SEQUENCE", String.valueOf(counted ? Integer.parseInt(sequence) + 1 : 1));
        master.set("LAST-MODIFIED", UTC.format(now));
        return calendar.write();
    }

    private static void say(Component calendar, Component event, CalendarEvent wanted, Instant now) {
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
        describe(event, wanted);
        Alarms.ask(event, wanted.alert());
        boolean described = calendar.components("VTIMEZONE").stream()
                .anyMatch(zone -> ParisZone.PARIS.getId().equals(zone.text("TZID")));
        if (!wanted.allDay() && !described) {
            calendar.components().add(0, ParisZone.component());
        }
    }

    private static void describe(Component event, CalendarEvent wanted) {
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
