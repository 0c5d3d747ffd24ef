package fr.moncampus.ecal.page;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.memory.Journal;
import fr.moncampus.ecal.report.EventText;
import fr.moncampus.ecal.report.FrenchText;
import fr.moncampus.ecal.report.JournalText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What changed, newest first, by day.
 *
 * @param query what was searched for; empty for all
 * @param older number before which a further page goes on; null when this is the last one
 */
record Feed(List<Day> days, String query, Long older) {
    private static final int MAX_ENTRIES = 30;
    /** A search that finds little goes on at the next page: no request reads the whole journal. */
    private static final int MAX_LOOKED_AT = 6_000;

    private static final int CHUNK = 300;
    private static final int MAX_FIELD = 600;
    private static final int MAX_QUERY = 100;

    public record Day(String name, List<Entry> entries) {}

    /**
     * @param difference old → new of an update; empty for the others
     * @param fields     the whole event before and after
     */
    public record Entry(
            String time,
            Sign sign,
            String verb,
            String name,
            String when,
            String room,
            String difference,
            String why,
            String outcome,
            List<Field> fields) {}

    /** @param before null when there was none */
    public record Field(String name, String before, String after) {
        public boolean differs() {
            return !Objects.equals(before, after);
        }
    }

    static Feed of(Journal journal, String query, long before, Instant now) {
        String wanted = Text.line(query, MAX_QUERY);
        List<String> words = List.of(FrenchText.folded(wanted).split(" "));
        List<Journal.Numbered> found = new ArrayList<>();
        long next = before;
        boolean more = true;
        for (int looked = 0; more && looked < MAX_LOOKED_AT && found.size() <= MAX_ENTRIES; looked += CHUNK) {
            int size = wanted.isEmpty() ? MAX_ENTRIES + 1 : CHUNK;
            List<Journal.Numbered> chunk = journal.before(next, size);
            chunk.stream().filter(each -> holds(each.entry(), words)).forEach(found::add);
            more = chunk.size() == size;
            next = chunk.isEmpty() ? next : chunk.get(chunk.size() - 1).number();
        }
        Long older = more ? Long.valueOf(next) : null;
        if (found.size() > MAX_ENTRIES) {
            found = found.subList(0, MAX_ENTRIES);
            older = found.get(MAX_ENTRIES - 1).number();
        }
        return new Feed(days(found, now), wanted, older);
    }

    String olderAddress() {
        String search = query.isEmpty() ? "" : "&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        return "?before=" + older + search;
    }

    private static List<Day> days(List<Journal.Numbered> entries, Instant now) {
        List<Day> days = new ArrayList<>();
        LocalDate day = null;
        for (Journal.Numbered each : entries) {
            LocalDate of = FrenchText.today(each.entry().at());
            if (!of.equals(day)) {
                days.add(new Day(FrenchText.day(of, FrenchText.today(now)), new ArrayList<>()));
                day = of;
            }
            days.get(days.size() - 1).entries().add(entry(each.entry()));
        }
        return days;
    }

    private static Entry entry(Journal.Entry entry) {
        CalendarEvent before = entry.before();
        CalendarEvent after = "DELETE".equals(entry.method()) ? null : entry.after();
        CalendarEvent shown = after == null ? before : after;
        Sign sign = before == null ? Sign.CREATE : after == null ? Sign.DELETE : Sign.CHANGED;
        return new Entry(
                FrenchText.time(entry.at()),
                sign,
                before == null ? "créé" : after == null ? "supprimé" : "modifié",
                EventText.name(shown),
                EventText.when(shown),
                EventText.room(shown),
                before != null && after != null ? EventText.difference(before, after) : "",
                // of an update it says the same as the difference
                before != null
                                && after != null
                                && EventText.difference(before, after).equals(entry.why())
                        ? ""
                        : Text.line(entry.why(), MAX_FIELD),
                JournalText.outcome(entry.outcome()),
                fields(before, after));
    }

    private static List<Field> fields(CalendarEvent before, CalendarEvent after) {
        List<Field> fields = new ArrayList<>();
        add(fields, "Nom", before == null ? null : before.name(), after == null ? null : after.name());
        add(fields, "Salle", before == null ? null : before.location(), after == null ? null : after.location());
        add(fields, "Horaire", when(before), when(after));
        add(fields, "Détails", before == null ? null : before.details(), after == null ? null : after.details());
        add(fields, "Rappel", before == null ? null : before.alert(), after == null ? null : after.alert());
        add(fields, "Fuseau", before == null ? null : before.timezone(), after == null ? null : after.timezone());
        add(fields, "Lien", before == null ? null : before.link(), after == null ? null : after.link());
        add(fields, "Référence", before == null ? null : before.reference(), after == null ? null : after.reference());
        return fields;
    }

    private static String when(CalendarEvent event) {
        if (event == null) {
            return null;
        }
        boolean otherDay = !Objects.equals(event.startDate(), event.endDate());
        return EventText.when(event) + (otherDay ? " (fin : " + Text.line(event.endDate(), 20) + ")" : "");
    }

    private static void add(List<Field> fields, String name, String before, String after) {
        String old = before == null ? null : Text.line(before, MAX_FIELD);
        String now = after == null ? null : Text.line(after, MAX_FIELD);
        if (old != null && !old.isEmpty() || now != null && !now.isEmpty()) {
            fields.add(new Field(name, old, now));
        }
    }

    private static boolean holds(Journal.Entry entry, List<String> words) {
        if (words.get(0).isEmpty()) {
            return true;
        }
        StringBuilder text = new StringBuilder();
        for (CalendarEvent event : new CalendarEvent[] {entry.before(), entry.after()}) {
            if (event != null) {
                text.append(EventText.event(event))
                        .append(' ')
                        .append(Objects.toString(event.details(), ""))
                        .append(' ');
            }
        }
        String folded =
                FrenchText.folded(text.append(Objects.toString(entry.why(), "")).toString());
        return words.stream().allMatch(folded::contains);
    }
}
