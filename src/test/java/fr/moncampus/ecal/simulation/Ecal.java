package fr.moncampus.ecal.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.simulation.Wire.Ask;
import fr.moncampus.ecal.simulation.Wire.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A simulated ECAL: one calendar that several write into, and every way to be slow, lost or of another spelling. */
final class Ecal {
    /** How this calendar is, for a whole seed. */
    record Nature(boolean conflicts, int pageSize, boolean lags, int spelling, boolean otherCalendars) {}

    /** What befalls the requests of a run. */
    record Trouble(double share, boolean shuffledPages, double hidden) {
        static final Trouble NONE = new Trouble(0, false, 0);
    }

    /** What becomes of a request on a connection that has died without anybody having said so. */
    enum Silence {
        NONE,
        LOST,
        UNANSWERED
    }

    /** Told of everything that succeeds or is lost. */
    interface Watcher {
        /** Before it is done. @param event null for a POST; @param sent null for a DELETE */
        void write(Event event, Map<String, String> sent);

        void lost(String reference);

        /** An update found nothing: settling makes it a create at once. */
        default void missing(String reference) {}

        /** Somebody wants an event deleted, whatever becomes of it. */
        void unwanted(String id);
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private final Random random;
    private final Clock clock;
    private final Nature nature;
    private final Map<String, Event> events = new TreeMap<>();
    private List<Event> standing;
    private List<String> order = List.of();
    /** Ids that the last page of a listing added. */
    private final Set<String> lastPage = new HashSet<>();

    final List<Event> removedByHand = new ArrayList<>();
    List<View> views = new ArrayList<>();
    Trouble trouble = Trouble.NONE;
    Silence silence = Silence.NONE;
    Watcher watcher;
    boolean faultless;

    Ecal(Random random, Clock clock, Nature nature) {
        this.random = random;
        this.clock = clock;
        this.nature = nature;
    }

    /** The same list as long as nothing changes. */
    List<Event> events() {
        if (standing == null) {
            standing = events.values().stream().filter(event -> !event.gone).toList();
        }
        return standing;
    }

    static Event unstored(Map<String, String> sent) {
        return new Event("", sent);
    }

    Event put(Map<String, String> sent) {
        Event event = new Event("%016x%08x".formatted(random.nextLong(), random.nextInt()), sent);
        events.put(event.id, event);
        standing = null;
        return event;
    }

    void edit(Event event, String field, String value) {
        Map<String, String> changed = new LinkedHashMap<>(event.sent());
        changed.put(field, value);
        event.set(changed);
        standing = null;
        event.byHand = true;
    }

    void remove(Event event) {
        events.remove(event.id);
        removedByHand.add(event);
        standing = null;
    }

    /** Somebody deletes events, which listings still show for so long. */
    void removeUnseen(Predicate<Event> which, Duration lag) {
        events().stream().filter(which).forEach(event -> event.change(null, clock.instant(), lag));
        standing = null;
    }

    /** Whatever listings did not show yet they show from now on. */
    void settle() {
        events.values().removeIf(event -> event.gone);
        standing = null;
        events.values().forEach(Event::settle);
    }

    Reply ask(Ask ask) throws IOException {
        boolean write = !ask.method().equals("GET");
        if (ask.method().equals("DELETE")) {
            watcher.unwanted(id(ask));
        }
        Silence silent = silence;
        silence = Silence.NONE;
        if (silent == Silence.LOST) {
            if (write) {
                lost(ask);
            }
            throw new Wire.Cut();
        }
        double fate = faultless ? 1 : random.nextDouble();
        if (fate < trouble.share() / 2) {
            if (write && fate < trouble.share() / 4) {
                lost(ask);
            }
            if (fate < trouble.share() / 8) {
                throw new Wire.Cut();
            }
            return fate < trouble.share() / 4
                    ? status(fate < trouble.share() / 6 ? 503 : 500, "Server error")
                    : status(429, "Too many requests");
        }
        Reply reply = write ? write(ask) : list(ask);
        if (fate < trouble.share() || silent == Silence.UNANSWERED) {
            if (write) {
                lost(ask);
            } else if (!views.isEmpty()) {
                views.get(views.size() - 1).forget(lastPage);
            }
            if (fate < trouble.share() * 3 / 4 || silent == Silence.UNANSWERED) {
                throw new Wire.Cut();
            }
            return write ? status(502, "Bad gateway") : Reply.of(200, "text/html", "<html>proxy</html>");
        }
        return reply;
    }

    private void lost(Ask ask) throws IOException {
        String id = id(ask);
        Event event = id == null ? null : events.get(id);
        String reference = event != null
                ? event.reference()
                : id != null
                        ? null
                        : String.valueOf(JSON.readValue(ask.body(), Map.class).get("reference"));
        doubt(reference);
        watcher.lost(reference);
    }

    /** Nobody knows what became of a write. */
    private void doubt(String reference) {
        events.values().stream()
                .filter(each -> each.reference() != null && each.reference().equals(reference))
                .forEach(each -> each.doubt = nature.spelling() == 0 ? 1 : 2);
    }

    /** A process was cut off, which had noted what it was about to do. */
    void cutOff(String reference) {
        events.values().stream()
                .filter(each -> each.reference() != null && each.reference().equals(reference))
                .forEach(each -> {
                    each.cutOff = each.doubt == 0;
                    each.doubt = 2;
                });
    }

    /** Nobody knows any more how what stands there is spelt, nor what of it was written moments ago. */
    void forgotten() {
        events.values().stream()
                .filter(each -> nature.spelling() != 0 || !each.isFresh(clock.instant()))
                .forEach(each -> each.doubt = Math.max(each.doubt, 2));
    }

    private static String id(Ask ask) {
        String path = ask.address().getPath();
        String id = path.substring(path.indexOf("/event/") + 7);
        return id.isEmpty() ? null : id;
    }

    private Reply write(Ask ask) throws IOException {
        String id = id(ask);
        Event event = id == null ? null : events.get(id);
        if (id != null && (event == null || event.gone)) {
            if (!ask.method().equals("DELETE")) {
                watcher.missing(
                        String.valueOf(JSON.readValue(ask.body(), Map.class).get("reference")));
            }
            return status(404, "Not found");
        }
        Map<String, String> sent = null;
        if (!ask.method().equals("DELETE")) {
            sent = new LinkedHashMap<>();
            for (Map.Entry<?, ?> field : ((Map<?, ?>) JSON.readValue(ask.body(), Map.class)).entrySet()) {
                sent.put(String.valueOf(field.getKey()), String.valueOf(field.getValue()));
            }
            String wanted = sent.get("reference");
            List<Event> others = events().stream()
                    .filter(other -> !other.id.equals(id) && wanted.equals(other.reference()))
                    .toList();
            if (nature.conflicts() && !others.isEmpty()) {
                others.forEach(other -> other.confirmed = clock.instant());
                return status(409, "Event already exists");
            }
        }
        watcher.write(event, sent);
        // what is known of a spelling is known by reference, so doubles hide each other's
        String reference = event == null ? sent.get("reference") : event.reference();
        Event written = event;
        events().stream()
                .filter(other -> other != written && reference != null && reference.equals(other.reference()))
                .forEach(other -> other.doubt = 3);
        if (event == null) {
            event = put(sent);
        }
        // a listing that is still late after the settling time makes a write look lost
        boolean late = !event.isFresh(clock.instant());
        boolean back = nature.spelling() != 0 && event.goesBack(sent, clock.instant());
        Duration lag = lag();
        event.change(sent, clock.instant(), lag);
        standing = null;
        // nor does a listing that will be late teach how ECAL spells what was in doubt
        event.doubt = Math.max(late ? 2 : back ? 1 : 0, lag.isZero() ? event.doubt - 1 : event.doubt);
        return Reply.of(
                200,
                "application/json",
                "{\"data\":{\"id\":\"" + event.id + "\"},\"status\":\"200\",\"statusLong\":\"OK\"}");
    }

    private Duration lag() {
        boolean late = nature.lags() && !faultless && random.nextInt(4) == 0;
        return late ? Duration.ofMinutes(List.of(1, 20, 70, 200).get(random.nextInt(4))) : Duration.ZERO;
    }

    private static Reply status(int status, String words) {
        return Reply.of(status, "application/json", "{\"status\":\"" + status + "\",\"statusLong\":\"" + words + "\"}");
    }

    private Reply list(Ask ask) throws IOException {
        if (!Persons.CALENDAR.equals(ask.parameter("calendarIds"))) {
            return status(400, "calendarIds");
        }
        int page = Integer.parseInt(ask.parameter("page"));
        Instant now = clock.instant();
        boolean past = "true".equals(ask.parameter("showPastEvents"));
        if (page == 1) {
            views.add(new View());
            order = events.values().stream()
                    .filter(event ->
                            event.shown(now) != null && (past || event.ends().isAfter(now)))
                    .filter(event -> trouble.hidden() == 0 || random.nextDouble() >= trouble.hidden())
                    .map(event -> event.id)
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        View view = views.get(views.size() - 1);
        if (trouble.shuffledPages()) {
            // most pages keep their place, two neighbours change it
            int at = order.size() < 2 ? 0 : random.nextInt(order.size() - 1);
            if (order.size() > 1) {
                Collections.swap(order, at, (at + nature.pageSize()) % order.size());
            }
        }
        lastPage.clear();
        int from = (page - 1) * nature.pageSize();
        if (from >= order.size()) {
            view.complete()[0] = true;
            return new Reply(204, Map.of(), new byte[0]);
        }
        List<String> data = new ArrayList<>();
        String first = "x";
        for (String id : order.subList(from, Math.min(order.size(), from + nature.pageSize()))) {
            Event event = events.get(id);
            Map<String, String> shown = event.shown(now);
            if (view.saidById().put(id, shown == event.sent() ? event.said() : Session.said(shown)) == null) {
                lastPage.add(id);
            }
            view.references().put(id, String.valueOf(shown.get("reference")));
            if (event.isFresh(now)) {
                view.fresh().add(id);
            }
            first = data.isEmpty() ? shown.getOrDefault("reference", "x") : first;
            data.add(event.json(shown, this::respelled));
        }
        if (nature.otherCalendars() && page == 1) {
            data.add(JSON.writeValueAsString(Map.of(
                    "id",
                    "ffffffffffffffffffffffff",
                    "calendarId",
                    "0123456789abcdef01234567",
                    "name",
                    "elsewhere",
                    "reference",
                    first,
                    "startDate",
                    "2030-01-01",
                    "endDate",
                    "2030-01-01",
                    "allDay",
                    "yes")));
        }
        return Reply.of(200, "application/json", "{\"data\":[" + String.join(",", data) + "],\"status\":\"200\"}");
    }

    private Map<String, String> respelled(Map<String, String> event) {
        event.remove("calendarId");
        event.replaceAll((field, value) -> switch (field) {
            case "name" -> (nature.spelling() & 1) == 0 ? value : value.replace("é", "e");
            case "details" ->
                (nature.spelling() & 2) == 0
                        ? value
                        : value.replace("https://", "https://ecal.example/r/").replace("\n", "\r\n");
            case "allDay" -> (nature.spelling() & 4) == 0 ? value : "false";
            case "startTime", "endTime" -> (nature.spelling() & 4) == 0 ? value : value + ":00";
            default -> value;
        });
        if ((nature.spelling() & 8) != 0) {
            event.remove("alert");
        }
        return event;
    }
}
