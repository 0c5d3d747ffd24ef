package fr.moncampus.ecal.caldav;

import java.time.ZoneId;

/** Europe/Paris as iCalendar describes a zone. Every time that names a zone needs its rules in the same text. */
final class ParisZone {
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private ParisZone() {}

    /** By the rule that holds since 1996; a test compares it with Java's. */
    static Component component() {
        Component zone = new Component("VTIMEZONE");
        zone.set("TZID", PARIS.getId());
        zone.components().add(half("DAYLIGHT", "CEST", "+0100", "+0200", "19960331T020000", 3));
        zone.components().add(half("STANDARD", "CET", "+0200", "+0100", "19961027T030000", 10));
        return zone;
    }

    private static Component half(String kind, String label, String from, String to, String first, int month) {
        Component half = new Component(kind);
        half.set("TZNAME", label);
        half.set("TZOFFSETFROM", from);
        half.set("TZOFFSETTO", to);
        half.set("DTSTART", first);
        half.set("RRULE", "FREQ=YEARLY;BYMONTH=" + month + ";BYDAY=-1SU");
        return half;
    }
}
