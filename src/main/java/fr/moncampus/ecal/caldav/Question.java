package fr.moncampus.ecal.caldav;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;

/** What a server is asked, in XML. */
final class Question {
    private static final String PROLOGUE = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    private static final String SPACES = " xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"";
    private static final String OBJECT = "<D:prop><D:getetag/><C:calendar-data/></D:prop>";

    private Question() {}

    /** What an address is, and what we may do there. */
    static String collection() {
        return PROLOGUE + "<D:propfind" + SPACES + "><D:prop><D:resourcetype/><D:current-user-privilege-set/>"
                + "<C:supported-calendar-component-set/></D:prop></D:propfind>";
    }

    /** All that touches these days. @param end exclusive */
    static String events(LocalDate start, LocalDate end) {
        return PROLOGUE + "<C:calendar-query" + SPACES + ">" + OBJECT
                + "<C:filter><C:comp-filter name=\"VCALENDAR\"><C:comp-filter name=\"VEVENT\">"
                + "<C:time-range start=\"" + utc(start) + "\" end=\"" + utc(end) + "\"/>"
                + "</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>";
    }

    /** @param addresses encoded */
    static String objects(Collection<String> addresses) {
        StringBuilder text = new StringBuilder(PROLOGUE + "<C:calendar-multiget" + SPACES + ">" + OBJECT);
        addresses.forEach(address -> text.append("<D:href>")
                .append(address.replace("&", "&amp;").replace("<", "&lt;"))
                .append("</D:href>"));
        return text + "</C:calendar-multiget>";
    }

    private static String utc(LocalDate day) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(day) + "T000000Z";
    }
}
