package fr.moncampus.ecal.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.feed.FeedCalendar;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.FeedTable;
import fr.moncampus.ecal.simulation.Wire.Ask;
import fr.moncampus.ecal.simulation.Wire.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Calendars that are feeds: the program's own code over the memory. The model is told what stands there, whenever that has changed and whoever changed it,
 * by an observer that reads the memory beside the program and writes the difference into the simulated calendar, which does what it is told.
 */
final class FeedTargets implements Target.Maker {
    /** The target as it would be with a mistake, and what the model then has to say. */
    enum Mistake {
        /** Says that it has written, and has not. */
        LOSES_SOME("a course is missing") {
            @Override
            void send(FeedCalendar feed, Write write, Runnable told) throws Exception {
                if ("POST".equals(write.method()) && write.after().startTime().startsWith("1")) {
                    write.sending();
                    write.accepted("mc-lost");
                } else {
                    feed.send(write);
                }
            }
        },
        /** An update is a deletion and a create. */
        REPLACES("not absent from two complete reads") {
            @Override
            void send(FeedCalendar feed, Write write, Runnable told) throws Exception {
                if ("PUT".equals(write.method())) {
                    feed.send(new Write(write.after(), null, true, reference -> reference));
                    told.run();
                    write.sending();
                    write.missing();
                } else {
                    feed.send(write);
                }
            }
        },
        /** Takes an update for done that it has not carried out: it is asked for again and again. */
        IGNORES_UPDATES("written although nothing had changed") {
            @Override
            void send(FeedCalendar feed, Write write, Runnable told) throws Exception {
                if ("PUT".equals(write.method())) {
                    write.sending();
                    write.accepted(write.id());
                } else {
                    feed.send(write);
                }
            }
        },
        /** Lists a part and says that it is all. */
        LISTS_A_PART("written although nothing had changed") {
            @Override
            List<CalendarEvent> list(FeedCalendar feed) {
                return feed.list().stream()
                        .filter(event -> !event.startTime().startsWith("1"))
                        .toList();
            }
        };

        private final String words;

        Mistake(String words) {
            this.words = words;
        }

        boolean isMissedBy(String violation) {
            return violation.contains(words);
        }

        void send(FeedCalendar feed, Write write, Runnable told) throws Exception {
            feed.send(write);
        }

        List<CalendarEvent> list(FeedCalendar feed) {
            return feed.list();
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Simulation simulation;
    private final Database observed;
    private final Mistake mistake;
    /** What the model knows, by the feed's id, and as what. */
    private final Map<String, CalendarEvent> told = new HashMap<>();

    private final Map<String, String> ids = new HashMap<>();
    private boolean telling;

    /** @param mistake null for the program as it is */
    FeedTargets(Simulation simulation, Database observed, Mistake mistake) {
        this.simulation = simulation;
        this.observed = observed;
        this.mistake = mistake;
    }

    @Override
    public Target of(Configuration configuration, Database database, Clock clock) {
        FeedCalendar feed = new FeedCalendar(configuration, database, Path.of("."), clock);
        return new Target() {
            @Override
            public List<CalendarEvent> list(Wire wire) throws Exception {
                List<CalendarEvent> events = mistake == null ? feed.list() : mistake.list(feed);
                // what the model takes a run for having seen
                for (int page = 1;
                        wire.ask(ask(
                                                "GET",
                                                "?calendarIds=" + Persons.CALENDAR
                                                        + "&showPastEvents=true&limit=100&page=" + page,
                                                null))
                                        .status()
                                == 200; ) {
                    page++;
                }
                return events;
            }

            @Override
            public void write(Write write) throws Exception {
                while (write.isOpen()) {
                    if (write.isLookupNeeded()) {
                        write.found(feed.list());
                    }
                    if (write.isRequestNeeded()) {
                        if (mistake == null) {
                            feed.send(write);
                        } else {
                            mistake.send(feed, write, () -> tell(null));
                        }
                        tell(write.after() == null ? null : write.id());
                    }
                }
            }
        };
    }

    @Override
    public void begin() {
        tell(null);
    }

    @Override
    public void forgotten() {
        ids.values().forEach(simulation::vanished);
        ids.clear();
        told.clear();
    }

    /** @param written what was written just now, even if it says what it said before; null: nothing, or nobody knows */
    private void tell(String written) {
        // another process may begin in the middle of that
        if (telling) {
            return;
        }
        telling = true;
        try {
            tellAll(written);
        } finally {
            telling = false;
        }
    }

    private void tellAll(String written) {
        Map<String, CalendarEvent> stands = new LinkedHashMap<>();
        for (Configuration each : simulation.configurations()) {
            new FeedTable(observed, each.name(), Clock.systemUTC())
                    .rows()
                    .forEach(row -> stands.put(row.event().id(), row.event()));
        }
        Set<String> all = new TreeSet<>(stands.keySet());
        all.addAll(told.keySet());
        for (String id : all) {
            CalendarEvent before = told.get(id);
            CalendarEvent now = stands.get(id);
            if (now == null || !now.equals(before) || id.equals(written)) {
                tell(id, before, now);
            }
        }
    }

    private void tell(String id, CalendarEvent before, CalendarEvent now) {
        try {
            String method = now == null ? "DELETE" : before == null ? "POST" : "PUT";
            Reply reply = simulation.ask(ask(method, ids.getOrDefault(id, ""), now));
            if (now == null) {
                told.remove(id);
                ids.remove(id);
            } else {
                told.put(id, now);
                ids.putIfAbsent(
                        id, JSON.readTree(reply.body()).path("data").path("id").asText());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Ask ask(String method, String path, CalendarEvent event) throws IOException {
        return new Ask(
                method,
                URI.create(Simulation.ECAL + "/event/" + path),
                "",
                event == null ? new byte[0] : JSON.writeValueAsBytes(fields(event)));
    }

    private static Map<String, Object> fields(CalendarEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("calendarId", Persons.CALENDAR);
        fields.put("reference", event.reference());
        fields.put("name", event.name());
        fields.put("location", event.location());
        fields.put("startDate", event.startDate());
        fields.put("endDate", event.endDate());
        fields.put("startTime", event.startTime());
        fields.put("endTime", event.endTime());
        fields.put("timezone", event.timezone());
        fields.put("allDay", "no");
        fields.put("details", event.details());
        fields.put("alert", event.alert());
        fields.put("draft", event.draft());
        if (event.link() != null) {
            fields.put("quickLink[1][name]", "Teams");
            fields.put("quickLink[1][url]", event.link());
        }
        fields.values().removeIf(value -> value == null);
        return fields;
    }

    /** A seed whose calendars are feeds. */
    static Simulation play(long seed, Mistake mistake) {
        try (SqliteMemory memory = new SqliteMemory()) {
            Simulation simulation = new Simulation(seed, Simulation.ALICE, Simulation.BOB, Simulation.ECAL, true);
            Target.Maker targets = new FeedTargets(simulation, memory.open(null), mistake);
            Seeds.run(simulation, locks -> new Direct(memory, locks, null, targets));
            return simulation;
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("seed " + seed, e);
        }
    }
}
