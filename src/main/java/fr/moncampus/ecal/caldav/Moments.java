package fr.moncampus.ecal.caldav;

import com.github.mangstadt.vinnie.VObjectParameters;
import com.github.mangstadt.vinnie.VObjectProperty;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two ends of an event, as clocks in Paris show them. */
final class Moments {
    private static final Pattern FORM = Pattern.compile("(\\d{8})(?:T(\\d{2})(\\d{2})(\\d{2})(Z)?)?");
    private static final Pattern IANA = Pattern.compile("[A-Z][A-Za-z_]+/[A-Za-z_/-]+$");
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
    private static final String START = "DTSTART";
    private static final String END = "DTEND";

    private Moments() {}

    static boolean isWholeDays(Component event) {
        String start = event.value(START);
        return start != null && start.strip().length() == 8;
    }

    /** Null when it cannot be read. */
    static LocalDateTime start(Component event) {
        return wall(event.property(START));
    }

    /** Of whole days the midnight after. Null when it cannot be read. */
    static LocalDateTime end(Component event) {
        if (event.property(END) != null) {
            return wall(event.property(END));
        }
        LocalDateTime start = start(event);
        String length = event.value("DURATION");
        if (start == null || length == null) {
            return start != null && isWholeDays(event) ? start.plusDays(1) : start;
        }
        try {
            return start.atZone(ParisZone.PARIS)
                    .plus(Duration.parse(length.strip()))
                    .toLocalDateTime();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Always with an end, which some servers insist on, and in the zone that the text describes; unless it says so already. */
    static void set(Component event, LocalDateTime start, LocalDateTime end, boolean wholeDays) {
        boolean said = wholeDays == isWholeDays(event)
                && start.equals(start(event))
                && event.property(END) != null
                && end.equals(end(event));
        if (said) {
            return;
        }
        set(event, START, start, wholeDays);
        set(event, END, end, wholeDays);
        event.set("DURATION", null);
    }

    private static void set(Component event, String name, LocalDateTime wall, boolean wholeDays) {
        VObjectParameters parameters = new VObjectParameters();
        if (wholeDays) {
            parameters.put("VALUE", "DATE");
            event.set(name, parameters, DateTimeFormatter.BASIC_ISO_DATE.format(wall.toLocalDate()));
        } else {
            parameters.put("TZID", ParisZone.PARIS.getId());
            event.set(name, parameters, WALL.format(wall));
        }
    }

    private static LocalDateTime wall(VObjectProperty property) {
        Matcher form = FORM.matcher(
                property == null || property.getValue() == null
                        ? ""
                        : property.getValue().strip());
        if (!form.matches()) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(form.group(1), DateTimeFormatter.BASIC_ISO_DATE);
            if (form.group(2) == null) {
                return day.atStartOfDay();
            }
            ZoneId zone = form.group(5) != null
                    ? ZoneOffset.UTC
                    : zone(property.getParameters().first("TZID"));
            return zone == null
                    ? null
                    : day.atTime(number(form, 2), number(form, 3), Math.min(number(form, 4), 59))
                            .atZone(zone)
                            .withZoneSameInstant(ParisZone.PARIS)
                            .toLocalDateTime();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }

    /** Times without one are those of the clock on the wall. Null when it is unknown. */
    private static ZoneId zone(String name) {
        if (name == null) {
            return ParisZone.PARIS;
        }
        Matcher within = IANA.matcher(name.strip());
        String id = within.find() ? within.group() : name.strip();
        return ZoneId.getAvailableZoneIds().contains(id) ? ZoneId.of(id) : null;
    }
}
