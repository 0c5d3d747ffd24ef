package fr.moncampus.ecal.page;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.report.EventText;
import fr.moncampus.ecal.report.FrenchText;
import fr.moncampus.ecal.report.PlanText;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.EventTimes;
import fr.moncampus.ecal.sync.Plan;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The cards of some days: the calendar as it stands, and over it what is to be done and what is kept back. */
final class Cards {
    private static final String TEACHER = "Intervenant : ";
    private static final Set<String> TEAMS = Set.of("teams.microsoft.com", "teams.live.com");
    private static final int MAX_NAME = 160;
    private static final int MAX_ROOM = 60;

    private final String base;
    private final LocalDate first;
    private final LocalDate last;
    private final Instant now;
    private final List<Card> cards = new ArrayList<>();
    /** Events that have a card of another kind. */
    private final Set<String> told = new HashSet<>();

    private Cards(String base, LocalDate first, LocalDate last, Instant now) {
        this.base = base;
        this.first = first;
        this.last = last;
        this.now = now;
    }

    /**
     * @param base address of the configuration's pages
     * @param last included
     */
    static List<Card> of(Snapshot snapshot, String base, LocalDate first, LocalDate last, Instant now) {
        Cards cards = new Cards(base, first, last, now);
        snapshot.held().forEach(cards::held);
        snapshot.waiting().forEach(cards::waiting);
        snapshot.changes().forEach(cards::change);
        snapshot.events().stream()
                .filter(event -> event.id() == null || !cards.told.contains(event.id()))
                .forEach(event -> cards.add(Sign.STANDS, event, null, "", null));
        return cards.cards;
    }

    private void held(Plan.Held held) {
        CalendarEvent event = held.change().event();
        String what = held.change().kind() == Change.Kind.CREATE ? "création retenue : " : "suppression retenue : ";
        add(Sign.HELD, event, null, what + PlanText.cause(held.reason()), base + "/retenus");
        tell(held.change().before());
    }

    private void waiting(Plan.Waiting waiting) {
        String since = FrenchText.moment(waiting.since(), now);
        add(
                Sign.WAITING,
                waiting.event(),
                null,
                "absent de l'emploi du temps depuis " + since + " : supprimé s'il l'est encore à la prochaine lecture",
                null);
        tell(waiting.event());
    }

    private void change(Change change) {
        CalendarEvent before = change.before();
        CalendarEvent after = change.after();
        switch (change.kind()) {
            case CREATE -> add(Sign.CREATE, after, null, "", null);
            case DELETE -> add(Sign.DELETE, before, null, "", null);
            case UPDATE -> {
                if (EventText.when(before).equals(EventText.when(after))) {
                    add(Sign.CHANGED, after, before, otherwise(before, after), null);
                } else {
                    add(Sign.GHOST, before, null, "vers " + place(after), address(after, "a"));
                    add(Sign.MOVED, after, before, "depuis " + place(before), address(before, "d"));
                }
            }
        }
        tell(before);
    }

    /** What an update is about when name and room stay. */
    private static String otherwise(CalendarEvent before, CalendarEvent after) {
        boolean shown = EventText.name(before).equals(EventText.name(after))
                && EventText.room(before).equals(EventText.room(after));
        return shown ? EventText.difference(before, after) : "";
    }

    private void tell(CalendarEvent event) {
        if (event != null && event.id() != null) {
            told.add(event.id());
        }
    }

    private static String place(CalendarEvent event) {
        LocalDateTime start = wall(EventTimes.start(event));
        return start == null
                ? EventText.when(event)
                : FrenchText.shortDay(start.toLocalDate()) + " "
                        + "%02d:%02d".formatted(start.getHour(), start.getMinute());
    }

    /** Null when its day cannot be read. */
    private String address(CalendarEvent event, String prefix) {
        LocalDateTime start = wall(EventTimes.start(event));
        return start == null ? null : weekAddress(base, start.toLocalDate()) + "#" + anchor(event, prefix);
    }

    static String weekAddress(String base, LocalDate day) {
        return base + "/semaine/" + day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static String anchor(CalendarEvent event, String prefix) {
        return prefix + String.valueOf(event.id()).replaceAll("[^0-9A-Za-z]", "");
    }

    /** @param before what it was, where that is to be seen; else null */
    private void add(Sign sign, CalendarEvent event, CalendarEvent before, String note, String target) {
        if (!mayBeHere(event)) {
            return;
        }
        LocalDateTime start = wall(EventTimes.start(event));
        LocalDateTime end = wall(EventTimes.end(event));
        if (start != null
                && (start.toLocalDate().isBefore(first) || start.toLocalDate().isAfter(last))) {
            return;
        }
        String name = Text.line(event.name(), MAX_NAME);
        String room = room(event);
        String oldName = before == null ? name : Text.line(before.name(), MAX_NAME);
        String oldRoom = before == null ? room : room(before);
        cards.add(new Card(
                sign,
                sign == Sign.GHOST ? anchor(event, "d") : sign == Sign.MOVED ? anchor(event, "a") : null,
                start,
                end,
                start == null ? EventText.when(event) : times(event, start, end),
                name,
                oldName.equals(name) ? null : oldName,
                room,
                oldRoom.equals(room) ? null : oldRoom,
                isRemote(event),
                teacher(event),
                note,
                target,
                teams(event)));
    }

    /** Without reading its time, which takes longer: a term has hundreds of events, a week some twenty. */
    private boolean mayBeHere(CalendarEvent event) {
        String day = event.startDate();
        return day == null
                || day.length() != 10
                || day.compareTo(first.minusDays(1).toString()) >= 0
                        && day.compareTo(last.plusDays(1).toString()) <= 0;
    }

    private static LocalDateTime wall(String time) {
        return time == null ? null : OffsetDateTime.parse(time).toLocalDateTime();
    }

    private static String times(CalendarEvent event, LocalDateTime start, LocalDateTime end) {
        if (event.allDay()) {
            return "toute la journée";
        }
        String from = "%02d:%02d".formatted(start.getHour(), start.getMinute());
        return end == null ? from : from + "–" + "%02d:%02d".formatted(end.getHour(), end.getMinute());
    }

    private static String room(CalendarEvent event) {
        String room = Text.line(event.location(), MAX_ROOM);
        return room.isEmpty() || room.equalsIgnoreCase("Aucune") ? "sans salle" : room;
    }

    /** The school writes it into the room: "SALLE_13(DISTANCIEL)". */
    private static boolean isRemote(CalendarEvent event) {
        String text = Text.line(event.location(), MAX_ROOM) + " " + Text.line(event.name(), MAX_NAME);
        return FrenchText.folded(text).matches(".*\\b(distanciel|a distance|visio|visioconference)\\b.*")
                || teams(event) != null;
    }

    private static String teacher(CalendarEvent event) {
        return event.details() == null
                ? ""
                : event.details()
                        .lines()
                        .filter(line -> line.startsWith(TEACHER))
                        .map(line -> Text.line(line.substring(TEACHER.length()), MAX_ROOM))
                        .findFirst()
                        .orElse("");
    }

    /** Only what is one: a link of the school's may lead anywhere. */
    private static String teams(CalendarEvent event) {
        if (event.link() == null || event.link().length() > 2000) {
            return null;
        }
        try {
            URI link = new URI(event.link().strip());
            return "https".equalsIgnoreCase(link.getScheme())
                            && link.getHost() != null
                            && link.getUserInfo() == null
                            && TEAMS.contains(link.getHost().toLowerCase(Locale.ROOT))
                    ? link.toString()
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
