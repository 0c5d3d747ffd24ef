package fr.moncampus.ecal.caldav;

import fr.moncampus.ecal.caldav.MultiStatus.Property;
import fr.moncampus.ecal.caldav.MultiStatus.Response;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/**
 * A calendar while it is read. What a listing lacks would be written a second time, so that whatever an answer leaves open is asked for again or is a
 * failure: events without their text, and an answer as long as the longest that servers give without saying that there is more.
 */
public final class Reading {
    /** The exchange property that holds the last one. */
    public static final String PROPERTY = "caldavReading";

    /** One server was seen to give no more than this, without a word. */
    static final int MAX_ANSWERED = 1000;

    /** The status with which others say that there is more. */
    private static final int TRUNCATED = 507;

    private static final int BATCH = 50;
    /** Far more turns than any calendar needs. */
    private static final int MAX_TURNS = 3000;

    private static final Set<String> WRITING = Set.of("write", "write-content", "bind", "all");

    private final CaldavClient client;
    private final Deque<Range> ranges = new ArrayDeque<>();
    /** Listed without their texts. */
    private final Set<String> unread = new LinkedHashSet<>();

    private final Set<String> listed = new HashSet<>();
    private final Map<String, CalendarObject> objects = new LinkedHashMap<>();
    private Set<String> batch = Set.of();
    private boolean known;
    private int turns;

    /** @param end exclusive */
    private record Range(LocalDate start, LocalDate end) {
        Stream<Range> halves() {
            LocalDate middle = start.plusDays(ChronoUnit.DAYS.between(start, end) / 2);
            return Stream.of(new Range(start, middle), new Range(middle, end));
        }
    }

    Reading(CaldavClient client, LocalDate first, LocalDate last) {
        this.client = client;
        this.known = client.isKnown();
        ranges.add(new Range(first, last.plusDays(1)));
    }

    public boolean isOpen() {
        return !known || !ranges.isEmpty() || !unread.isEmpty();
    }

    /** For the route's loop: true while there is something to ask. It ends as well when an edited route asks nothing. */
    public boolean goesOn() {
        return isOpen() && turns++ < MAX_TURNS;
    }

    /** What to ask next. */
    public DavRequest next() {
        if (!known) {
            return DavRequest.propfind(client);
        }
        if (unread.isEmpty()) {
            Range range = ranges.peek();
            return DavRequest.report(client, Question.events(range.start, range.end));
        }
        batch = new LinkedHashSet<>(unread.stream().limit(BATCH).toList());
        return objects(client, batch);
    }

    /** @param paths decoded */
    static DavRequest objects(CaldavClient client, Set<String> paths) {
        return DavRequest.report(
                client,
                Question.objects(paths.stream()
                        .map(path -> client.address(path).getRawPath())
                        .toList()));
    }

    /** @throws CalendarException when the answer is none, or not whole */
    public void read(DavRequest answer) throws CalendarException {
        List<Response> responses = responses(client, answer);
        if (!known) {
            examine(responses, answer);
        } else if (unread.isEmpty()) {
            list(ranges.poll(), responses);
        } else {
            fill(responses);
        }
    }

    static List<Response> responses(CaldavClient client, DavRequest answer) throws CalendarException {
        if (answer.status() != 207 || !answer.isAnswered()) {
            throw client.refusals().of(answer, false);
        }
        try {
            return MultiStatus.read(answer.body());
        } catch (XMLStreamException e) {
            throw Refusals.partial("sa réponse est coupée ou illisible");
        }
    }

    private void examine(List<Response> responses, DavRequest answer) throws CalendarException {
        Response collection = responses.size() == 1 ? responses.get(0) : null;
        Property type = collection == null ? null : collection.given("resourcetype");
        if (type == null || !type.inside().contains("calendar")) {
            throw new CalendarException(
                    207,
                    "À cette adresse il y a autre chose qu'un calendrier (un dossier de calendriers ?)."
                            + " Mettez dans caldav_url l'adresse d'un seul calendrier, que donnent ses réglages.");
        }
        Property components = collection.given("supported-calendar-component-set");
        if (components != null
                && components.inside().contains("comp")
                && !components.inside().contains("VEVENT")) {
            throw new CalendarException(
                    207, "Ce calendrier n'accepte pas d'événements (une liste de tâches ?). Choisissez-en un autre.");
        }
        Property rights = collection.given("current-user-privilege-set");
        if (rights != null
                && rights.inside().contains("privilege")
                && rights.inside().stream().noneMatch(WRITING::contains)) {
            throw new CalendarException(
                    207,
                    "Ce calendrier est en lecture seule pour caldav_user : il faut le droit d'y écrire, ou un autre calendrier.");
        }
        known = true;
        client.known(answer.address());
    }

    private void list(Range range, List<Response> responses) throws CalendarException {
        if (responses.size() >= MAX_ANSWERED
                || responses.stream().anyMatch(response -> response.status() == TRUNCATED)) {
            if (range.start.plusDays(1).equals(range.end)) {
                throw Refusals.partial("il y a trop d'événements le " + range.start);
            }
            range.halves().forEach(ranges::add);
            return;
        }
        for (Response response : responses) {
            String path = path(response);
            // a calendar may list itself
            if (!path.equals(client.collection().getPath()) && listed.add(path)) {
                add(path, response);
            }
        }
    }

    /** What a server answers in part is asked for again as long as that brings something. */
    private void fill(List<Response> responses) throws CalendarException {
        for (Response response : responses) {
            String path = path(response);
            if (batch.contains(path) && unread.remove(path)) {
                add(path, response);
                if (unread.contains(path)) {
                    throw Refusals.partial("un événement manque de son texte");
                }
            }
        }
        if (unread.containsAll(batch)) {
            throw Refusals.partial("des événements manquent à sa réponse");
        }
    }

    private String path(Response response) throws CalendarException {
        String path = client.path(response.href());
        if (path == null) {
            throw Refusals.partial("une adresse y est illisible");
        }
        return path;
    }

    private void add(String path, Response response) throws CalendarException {
        if (response.status() / 100 > 2) {
            throw Refusals.partial("il refuse un événement (" + response.status() + ")");
        }
        Property data = response.properties().get("calendar-data");
        boolean without = data == null || data.status() == 404 || data.text().isBlank();
        if (without) {
            unread.add(path);
            return;
        }
        CalendarObject object = object(path, response);
        if (object != null) {
            objects.put(path, object);
        }
    }

    /** Null when it is somebody else's. */
    static CalendarObject object(String path, Response response) throws CalendarException {
        Property data = response.given("calendar-data");
        Property etag = response.given("getetag");
        if (data == null || etag == null || etag.text().isBlank()) {
            throw Refusals.partial("d'un événement il manque le texte ou la version (ETag)");
        }
        try {
            return CalendarObject.of(path, etag.text().strip(), data.text());
        } catch (Component.UnreadableException e) {
            throw new CalendarException(
                    207,
                    "Un événement de cet outil est illisible dans le calendrier (" + path.replaceFirst(".*/", "")
                            + "). Rien n'a été changé. Supprimez-le dans votre agenda : il sera recréé.");
        }
    }

    /** Ours, and those of other owners. @throws CalendarException since a calendar read in part must not be taken for the whole */
    public List<CalendarEvent> events() throws CalendarException {
        if (isOpen()) {
            throw new CalendarException(
                    0,
                    "Le calendrier n'a pas été lu jusqu'au bout : une étape modifiée de routes/caldav.camel.yaml l'empêche. Le passage s'arrête.");
        }
        List<CalendarEvent> events = new ArrayList<>();
        objects.values().forEach(object -> events.add(object.event()));
        return events;
    }

    /** As it was listed; null when it was not. */
    CalendarObject object(String path) {
        return objects.get(path);
    }

    /** Nothing of what it holds. */
    @Override
    public String toString() {
        return client.toString();
    }
}
