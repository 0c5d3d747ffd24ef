package fr.moncampus.ecal.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A CalDAV server: one calendar for each student, with what is known of Nextcloud, iCloud and others as switches. */
final class CaldavHost implements Site {
    /** Where calendars are: {@code /dav/<username>/agenda/}. */
    static final String BASE = "/dav/";

    static final String PASSWORD = "da5-pa55-w0rd";
    private static final String CALENDAR = "/agenda/";
    private static final int CAP = 1000;
    private static final String XML = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    private static final Pattern HREF = Pattern.compile("<(?:\\w+:)?href>\\s*(.*?)\\s*</");
    private static final Pattern RANGE = Pattern.compile("time-range start=\"(\\d{8})T\\w+\" end=\"(\\d{8})T");

    private final School school;
    private final Switches switches;
    private final Addresses addresses;
    private final Map<String, DavCalendar> calendars = new ConcurrentHashMap<>();
    private final AtomicLong asked = new AtomicLong();

    CaldavHost(School school, Switches switches, Addresses addresses) {
        this.school = school;
        this.switches = switches;
        this.addresses = addresses;
    }

    DavCalendar calendar(String username) {
        return calendars.computeIfAbsent(username, name -> new DavCalendar());
    }

    static String path(String username) {
        return BASE + username + CALENDAR;
    }

    @Override
    public Answer answer(Request request) {
        String[] parts = request.path().substring(BASE.length()).split("/", -1);
        if (switches.is(Switch.CALDAV_ACCESS, "elsewhere")) {
            return Answer.redirect(301, addresses.origin(Server.ELSEWHERE) + request.path());
        }
        String username = parts[0].replaceFirst("^moved-", "");
        String pair = username + ":" + PASSWORD;
        String expected = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(request.header("Authorization"))) {
            return Answer.text(401, "text/plain", "Unauthorized").with("WWW-Authenticate", "Basic realm=\"dav\"");
        }
        if (switches.is(Switch.CALDAV_THROTTLE, "503") && asked.incrementAndGet() % 5 == 0) {
            return Answer.empty(503).with("Retry-After", "0");
        }
        if (switches.is(Switch.CALDAV_ACCESS, "moved") && !parts[0].startsWith("moved-")) {
            return Answer.redirect(308, request.path().replaceFirst(BASE, BASE + "moved-"));
        }
        if (school.known(username) == null || parts.length != 3 || !parts[1].equals("agenda")) {
            return Answer.notFound();
        }
        String name = parts[2];
        String base = BASE + parts[0] + CALENDAR;
        return switch (request.method()) {
            case "PROPFIND" -> name.isEmpty() ? collection(base) : Answer.notFound();
            case "REPORT" -> name.isEmpty() ? report(calendar(username), base, request.text()) : Answer.empty(405);
            case "PUT" -> put(calendar(username), base, name, request);
            case "DELETE" -> delete(calendar(username), name, request);
            default -> Answer.empty(405);
        };
    }

    private Answer collection(String base) {
        boolean readOnly = switches.is(Switch.CALDAV_ACCESS, "read-only");
        String type = switches.is(Switch.CALDAV_ACCESS, "no-calendar") ? "" : "<c:calendar/>";
        return multistatus(
                "<d:response><d:href>" + base + "</d:href><d:propstat><d:prop><d:resourcetype><d:collection/>" + type
                        + "</d:resourcetype><d:current-user-privilege-set><d:privilege><d:read/></d:privilege>"
                        + (readOnly ? "" : "<d:privilege><d:write/></d:privilege>")
                        + "</d:current-user-privilege-set><c:supported-calendar-component-set><c:comp name=\"VEVENT\"/>"
                        + "</c:supported-calendar-component-set></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>");
    }

    private Answer report(DavCalendar calendar, String base, String question) {
        boolean multiget = question.contains("calendar-multiget");
        List<String> names = multiget ? named(question, base) : within(calendar, question);
        boolean cut = !multiget && names.size() > CAP && switches.is(Switch.CALDAV_CAP, "1000");
        boolean refused = !multiget && names.size() > CAP && switches.is(Switch.CALDAV_CAP, "507");
        if (cut || refused) {
            names = names.subList(0, CAP);
        }
        boolean inPart = multiget && switches.is(Switch.CALDAV_TEXTS, "multiget-in-part") && names.size() > 1;
        StringBuilder responses = new StringBuilder();
        for (String name : inPart ? names.subList(0, names.size() / 2 + 1) : names) {
            responses.append("<d:response><d:href>" + base + name + "</d:href>");
            if (calendar.find(name) == null) {
                responses.append("<d:status>HTTP/1.1 404 Not Found</d:status></d:response>");
                continue;
            }
            boolean with = multiget || switches.is(Switch.CALDAV_TEXTS, "query");
            responses
                    .append("<d:propstat><d:prop><d:getetag>" + calendar.shown(name) + "</d:getetag>")
                    .append(with ? "<c:calendar-data>" + escaped(calendar.text(name)) + "</c:calendar-data>" : "")
                    .append("</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>")
                    .append(
                            with
                                    ? ""
                                    : "<d:propstat><d:prop><c:calendar-data/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>")
                    .append("</d:response>");
        }
        if (refused) {
            responses.append(
                    "<d:response><d:href>" + base
                            + "</d:href><d:status>HTTP/1.1 507 Insufficient Storage</d:status><d:error><d:number-of-matches-within-limits/></d:error></d:response>");
        }
        return multistatus(responses.toString());
    }

    private static List<String> named(String question, String base) {
        List<String> names = new ArrayList<>();
        Matcher href = HREF.matcher(question);
        while (href.find()) {
            names.add(href.group(1).replace(base, ""));
        }
        return names;
    }

    /** Those that begin within the range; what repeats is within any. */
    private static List<String> within(DavCalendar calendar, String question) {
        Matcher range = RANGE.matcher(question);
        if (!range.find()) {
            throw new IllegalArgumentException("no time-range");
        }
        List<String> names = new ArrayList<>();
        calendar.all().forEach((name, stored) -> {
            String day =
                    String.valueOf(DavCalendar.value(stored.text(), "DTSTART")).replaceFirst("T.*", "");
            boolean inside = day.compareTo(range.group(1)) >= 0 && day.compareTo(range.group(2)) < 0;
            if (inside || DavCalendar.value(stored.text(), "RRULE") != null) {
                names.add(name);
            }
        });
        return names;
    }

    private Answer put(DavCalendar calendar, String base, String name, Request request) {
        synchronized (calendar) {
            calendar.writing();
            DavCalendar.Stored there = calendar.find(name);
            String text = request.text();
            String uid = DavCalendar.value(text, "UID");
            if (switches.is(Switch.CALDAV_ACCESS, "read-only")) {
                return error(403, "<d:need-privileges/>");
            }
            if (uid == null || DavCalendar.value(text, "DTSTART") == null || !text.endsWith("END:VCALENDAR\r\n")) {
                return error(415, "<c:valid-calendar-data/>");
            }
            if (switches.is(Switch.CALDAV_DTEND, "required") && DavCalendar.value(text, "DTEND") == null) {
                return error(403, "<c:valid-calendar-data/>");
            }
            if (there != null && request.header("If-None-Match") != null || isOther(there, request)) {
                return error(412, "");
            }
            boolean second = calendar.all().entrySet().stream()
                    .anyMatch(each -> !each.getKey().equals(name)
                            && uid.equals(DavCalendar.value(each.getValue().text(), "UID")));
            if (second) {
                return switch (switches.get(Switch.CALDAV_SECOND_UID)) {
                    case "400" ->
                        Answer.text(
                                400,
                                "application/xml",
                                XML
                                        + "<d:error xmlns:d=\"DAV:\" xmlns:s=\"http://sabredav.org/ns\"><s:message>Calendar object with uid already"
                                        + " exists in this calendar collection.</s:message></d:error>");
                    case "409" -> error(409, "<c:no-uid-conflict/>");
                    default -> error(403, "<c:no-uid-conflict/>");
                };
            }
            boolean renamed = there == null && switches.is(Switch.CALDAV_NAMES, "rewritten");
            String stored = renamed ? calendar.newName() : name;
            String etag = calendar.store(stored, rewritten(text), switches.is(Switch.CALDAV_ETAG, "stale"));
            Answer answer = Answer.empty(there == null ? 201 : 204);
            // one that rewrites what it was sent must not tell the version
            return switches.is(Switch.CALDAV_LINES, "as-sent") ? answer.with("ETag", etag) : answer;
        }
    }

    /** Other lines that say the same, and what servers put in by themselves. */
    private String rewritten(String text) {
        return switch (switches.get(Switch.CALDAV_LINES)) {
            case "rewritten" ->
                text.replaceAll("\r\n[ \t]", "")
                        .replace("BEGIN:VEVENT\r\n", "BEGIN:VEVENT\r\nCREATED:20260101T000000Z\r\nTRANSP:OPAQUE\r\n")
                        .replaceFirst("PRODID:[^\r]*", "PRODID:-//server//EN");
            case "zone-dropped" -> text.replaceAll("(?s)BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", "");
            default -> text;
        };
    }

    private static boolean isOther(DavCalendar.Stored there, Request request) {
        String version = request.header("If-Match");
        return version != null && (there == null || !version.equals(there.etag()));
    }

    private Answer delete(DavCalendar calendar, String name, Request request) {
        synchronized (calendar) {
            calendar.writing();
            DavCalendar.Stored there = calendar.find(name);
            if (there == null) {
                return Answer.notFound();
            }
            if (isOther(there, request)) {
                return error(412, "");
            }
            calendar.delete(name);
            return Answer.empty(204);
        }
    }

    private static Answer error(int status, String precondition) {
        return Answer.text(
                status,
                "application/xml",
                XML + "<d:error xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\">" + precondition
                        + "</d:error>");
    }

    private static Answer multistatus(String responses) {
        return Answer.text(
                207,
                "application/xml; charset=utf-8",
                XML + "<d:multistatus xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\">" + responses
                        + "</d:multistatus>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#13;");
    }
}
