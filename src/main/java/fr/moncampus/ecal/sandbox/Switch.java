package fr.moncampus.ecal.sandbox;

import java.util.List;
import java.util.Locale;

/**
 * Everything about MonCampus and ECAL that is unknown or can change, each with the values it can take.
 * The first value is the default; a switch with a single value that is a number takes any number from 0.
 */
public enum Switch {
    LATENCY_MILLIS("added to every answer", "0"),

    LOGIN_REDIRECT("status of the login form's answer", "302", "303", "307", "308"),
    FOREIGN("what points at a foreign origin", "none", "challenge", "form", "login", "callback"),
    FORM_ACTION("the login form's action", "relative", "with-service", "absolute"),
    FORM_EXTRAS(
            "more inputs in the login form: a fingerprint, an unticked box, a hidden token that must come back",
            "none",
            "all"),
    FLOW("where CAS keeps the state of a login: in the form, or in a session that needs a cookie", "client", "server"),
    EXECUTION("how often one execution is taken", "once", "many"),
    INTERMEDIATE_PAGE("a page between the right password and the ticket", "none", "warn", "password-expiring", "terms"),
    SERVICE("whether CAS knows the timetable", "registered", "unregistered"),
    LOOP("a page that redirects to itself for ever", "none", "timetable", "cas", "login"),
    LOCKOUT_AFTER("wrong passwords in a row that lock an account, 0 for never", "5"),

    CHALLENGE(
            "the service named to CAS: the callback, or the page itself, which ignores the ticket",
            "callback",
            "direct"),
    STALE_ANSWER(
            "what a stale session gets from /Home/Get; challenge goes round in circles",
            "page",
            "challenge",
            "401",
            "403",
            "500"),
    RANGE(
            "the rows between dateDebut and dateFin; naive compares the clock in Paris as if it were UTC",
            "overlap",
            "inside",
            "starts",
            "naive"),
    TEAMS_KEY("how the field is spelt", "TeamsUrl", "TeamsURL"),

    FEED_DIALECT("whose iCalendar feed it is", "hyperplanning", "pronote", "ade", "plain"),
    FEED_CANCELLED("what a feed does with a session that was cancelled since the day before", "marked", "vanishes"),
    FEED_UNCHANGED(
            "how a feed tells that nothing has changed: 304 by one of two headers, or not at all",
            "etag",
            "modified",
            "never"),
    FEED_TROUBLE(
            "what is wrong with a feed",
            "none",
            "truncated",
            "page",
            "empty",
            "partial",
            "rrule",
            "bad-date",
            "bad-zone",
            "no-uids",
            "new-uids",
            "double-uids",
            "latin1"),

    CALDAV_NAMES("the last part of an address: as the client sent it, or the server's own", "kept", "rewritten"),
    CALDAV_LINES(
            "what is stored of a text: as it was sent, other lines that say the same, or without the rules of its zone",
            "as-sent",
            "rewritten",
            "zone-dropped"),
    CALDAV_TEXTS(
            "where texts are given: in a calendar-query, or in a calendar-multiget only, and in that in part",
            "query",
            "multiget",
            "multiget-in-part"),
    CALDAV_ETAG(
            "the version that is shown first after a change: the new one, or the old one for once", "true", "stale"),
    CALDAV_SECOND_UID("answer to a second event of one UID", "400", "409", "403"),
    CALDAV_DTEND("an event without an end", "optional", "required"),
    CALDAV_THROTTLE("every fifth request is one too many", "none", "503"),
    CALDAV_CAP(
            "answers of more than 1,000 events: whole, cut off with a word (507) or without one",
            "none",
            "507",
            "1000"),
    CALDAV_ACCESS(
            "what the calendar's address is: a calendar, one on another path, on another host, or none to write in",
            "write",
            "moved",
            "elsewhere",
            "read-only",
            "no-calendar"),

    SORT("order of a listing", "id", "newest", "start", "reference", "random"),
    PAGES(
            "what pages do: repeat the last event of the page before, change order each time, or never end",
            "stable",
            "overlapping",
            "shuffled",
            "endless"),
    END_OF_LIST("past the last page", "204", "empty-page"),
    LISTING_LAG("listings (of a first page) that don't show a write yet", "0"),
    UNKNOWN_CALENDAR("a listing of a calendar that does not exist", "404", "204"),
    SIGNED_VALUES("query values in the signature", "decoded", "raw"),
    RAW_UTF8("a body with bytes beyond ASCII", "accepted", "refused"),
    REFERENCE_SCOPE("where a reference must be unique, else 409", "calendar", "account", "none"),
    PUT("what PUT does with fields that are not sent", "merges", "replaces"),
    CREATE_STATUS("status of a successful POST", "200", "201"),
    WRITE_ANSWER("data in the answer to POST and PUT", "event", "id", "nothing"),
    DELETE_ANSWER("answer to DELETE", "200-body", "200-empty", "204"),
    TIMEZONE("the zone that was sent", "echoed", "dropped", "utc"),
    ALL_DAY("how allDay is spelt in answers", "text", "boolean"),
    SPELLING(
            "how a field comes back",
            "as-sent",
            "links-rewritten",
            "trimmed",
            "alert-dropped",
            "link-dropped",
            "escaped",
            "all");

    private final String meaning;
    private final List<String> choices;

    Switch(String meaning, String... choices) {
        this.meaning = meaning;
        this.choices = List.of(choices);
    }

    /** The name as the admin's address takes it: {@code latency-millis}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String meaning() {
        return meaning;
    }

    public List<String> choices() {
        return choices;
    }

    public String standard() {
        return choices.get(0);
    }

    boolean isNumber() {
        return choices.size() == 1;
    }

    boolean takes(String value) {
        return isNumber() ? value.matches("\\d{1,9}") : choices.contains(value);
    }

    static Switch named(String label) {
        for (Switch candidate : values()) {
            if (candidate.label().equals(label) || candidate.name().equals(label)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("no such switch: " + label);
    }
}
