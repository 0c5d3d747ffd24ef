package fr.moncampus.ecal.calendar;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An event of a calendar. What a listing holds is kept as the service spells it, since foreign events may hold anything.
 *
 * @param id        what the service knows the event by; null before it is known
 * @param reference our own string; null on events made by hand
 * @param startDate {@code YYYY-MM-DD}
 * @param startTime {@code HH:MM}, wall clock in {@code timezone}; null or empty when {@code allDay}
 * @param timezone  IANA name; null when the service did not say
 * @param alert     such as {@code 15M}; null when there is none
 * @param draft     0 is live
 * @param link      address of the first quick link; null when there is none
 */
public record CalendarEvent(
        String id,
        String reference,
        String name,
        String location,
        String startDate,
        String startTime,
        String endDate,
        String endTime,
        String timezone,
        boolean allDay,
        String details,
        String alert,
        int draft,
        String link) {
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\h]+");

    public CalendarEvent withId(String newId) {
        return new CalendarEvent(
                newId, reference, name, location, startDate, startTime, endDate, endTime, timezone, allDay, details,
                alert, draft, link);
    }

    public CalendarEvent withName(String newName) {
        return new CalendarEvent(
                id, reference, newName, location, startDate, startTime, endDate, endTime, timezone, allDay, details,
                alert, draft, link);
    }

    public CalendarEvent withReference(String newReference) {
        return new CalendarEvent(
                id,
                newReference,
                name,
                location,
                startDate,
                startTime,
                endDate,
                endTime,
                timezone,
                allDay,
                details,
                alert,
                draft,
                link);
    }

    /** But for white space and the link, which a service may spell otherwise than it was sent. */
    boolean saysTheSameAs(CalendarEvent other) {
        return content().equals(other.content());
    }

    private List<String> content() {
        return Stream.of(
                        name, location, startDate, startTime, endDate, endTime, timezone, allDay, details, alert, draft)
                .map(value -> value == null
                        ? ""
                        : WHITE_SPACE.matcher(value.toString()).replaceAll(" ").strip())
                .toList();
    }
}
