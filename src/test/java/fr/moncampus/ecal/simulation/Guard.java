package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.simulation.Wire.Ask;
import fr.moncampus.ecal.simulation.Wire.Reply;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Remembered;
import fr.moncampus.ecal.sync.Remembered.Absence;
import fr.moncampus.ecal.sync.Situation;
import fr.moncampus.ecal.timetable.Timetable.Unreadable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The guards of the rules, each with the program as it would be without it, and what the model then has to say. */
enum Guard implements Variant {
    OWNERSHIP("a foreign event was touched") {
        @Override
        public Situation situation(Situation s) {
            return actual(
                    s,
                    s.actual().stream()
                            .map(event -> event.reference() == null
                                    ? event.withReference("mc-" + s.owner() + "-"
                                            + (event.id().hashCode() & 0xffff))
                                    : event)
                            .toList());
        }
    },
    COMPLETE_ANSWER("without a complete timetable") {
        @Override
        public Reply timetable(Reply reply) {
            String text = new String(reply.body(), StandardCharsets.UTF_8);
            if (!text.startsWith("{\"Data\":[")) {
                return reply;
            }
            long rows =
                    Pattern.compile("\"Commentaire\"").matcher(text).results().count();
            return new Reply(
                    reply.status(),
                    reply.headers(),
                    text.replaceFirst("\"Total\":\\d+", "\"Total\":" + rows).getBytes(StandardCharsets.UTF_8));
        }
    },
    UNREADABLE_ROWS("an unreadable row may be this course") {
        @Override
        public Situation situation(Situation s) {
            return with(s, List.of(), s.actual(), s.memory(), s.rules(), s.window());
        }
    },
    SECOND_READ("not absent from two complete reads") {
        @Override
        public Situation situation(Situation s) {
            Map<String, Absence> absences = new HashMap<>();
            Instant since = s.now().minus(Duration.ofHours(1));
            s.actual().forEach(event -> absences.put(event.id(), new Absence(since, 1, Set.of(LocalDate.EPOCH))));
            absences.putAll(s.memory().absences());
            return absences(s, absences);
        }
    },
    DELETE_AFTER("half an hour apart") {
        @Override
        public Situation situation(Situation s) {
            return rules(
                    s,
                    new Rules(
                            Duration.ZERO,
                            s.rules().maxDeletes(),
                            s.rules().maxDeleteRatio(),
                            s.rules().settle()));
        }
    },
    READS_IN_A_ROW("not absent from two complete reads") {
        @Override
        public Plan plan(Situation s, Plan plan) {
            Map<String, Absence> absences = new HashMap<>(s.memory().absences());
            absences.putAll(plan.memory().absences());
            Remembered m = plan.memory();
            return memory(plan, m.withAbsences(absences));
        }
    },
    TOO_MANY("were deleted at once") {
        @Override
        public Situation situation(Situation s) {
            return rules(
                    s, new Rules(s.rules().deleteAfter(), 10_000, 1, s.rules().settle()));
        }
    },
    TWO_DAYS("were deleted at once") {
        @Override
        public Situation situation(Situation s) {
            Map<String, Absence> absences = new HashMap<>();
            s.memory()
                    .absences()
                    .forEach((id, absence) -> absences.put(
                            id,
                            absence.since().plus(s.rules().deleteAfter()).isAfter(s.now())
                                    ? absence
                                    : new Absence(
                                            absence.since().minus(Duration.ofHours(48)),
                                            4,
                                            Set.of(LocalDate.EPOCH, LocalDate.EPOCH.plusDays(1)))));
            return absences(s, absences);
        }
    },
    EMPTY_ANSWER("no course to come") {
        @Override
        public Plan plan(Situation s, Plan plan) {
            List<Change> deletes = new ArrayList<>(plan.deletes());
            plan.held().stream()
                    .filter(held -> held.reason() == Plan.Reason.EMPTY_ANSWER)
                    .forEach(held -> deletes.add(held.change()));
            return changes(plan, plan.creates(), plan.updates(), deletes);
        }
    },
    ENDED_EVENTS("has ended or lies outside the window") {
        @Override
        public Plan plan(Situation s, Plan plan) {
            LocalDateTime now = LocalDateTime.ofInstant(s.now(), Simulation.PARIS);
            List<Change> deletes = new ArrayList<>(plan.deletes());
            s.actual().stream()
                    .filter(event ->
                            ours(s, event) && LocalDate.parse(event.endDate()).isBefore(now.toLocalDate()))
                    .map(Change::delete)
                    .forEach(deletes::add);
            return changes(plan, plan.creates(), plan.updates(), deletes);
        }
    },
    WINDOW("outside the window") {
        @Override
        public Situation situation(Situation s) {
            Window wide = new Window(
                    s.window().first().minusDays(30), s.window().last().plusDays(30));
            return with(s, s.unreadable(), s.actual(), s.memory(), s.rules(), wide);
        }
    },
    SHRUNKEN_CALENDAR("the listing lacks much of the calendar") {
        @Override
        public Situation situation(Situation s) {
            Remembered m = s.memory();
            return memory(s, m.withSeen(Set.of()).withoutShrinkage());
        }
    },
    SETTLING_WRITES("doubled what was written moments ago", "written although nothing had changed") {
        @Override
        public Situation situation(Situation s) {
            Remembered m = s.memory();
            return memory(s, m.withSettling(List.of()));
        }
    },
    SPELLINGS("written although nothing had changed") {
        @Override
        public Situation situation(Situation s) {
            Remembered m = s.memory();
            return memory(s, m.withSpellings(Map.of()));
        }
    },
    COPIES("a double outlived the run") {
        @Override
        public Plan plan(Situation s, Plan plan) {
            return changes(
                    plan,
                    plan.creates(),
                    plan.updates(),
                    plan.deletes().stream()
                            .filter(change -> s.actual().stream()
                                            .filter(event ->
                                                    change.before().reference().equals(event.reference()))
                                            .count()
                                    < 2)
                            .toList());
        }
    },
    LOOK_BEFORE_REPEATING("a look would have found") {
        @Override
        public boolean looks() {
            return false;
        }
    },
    ONE_UPDATE("a changed course is one PUT") {
        @Override
        public Plan plan(Situation s, Plan plan) {
            List<Change> creates = new ArrayList<>(plan.creates());
            plan.updates()
                    .forEach(change -> creates.add(Change.create(change.after()
                            .withId(null)
                            .withReference(change.after().reference().replaceFirst("(-9999)?$", "-9999")))));
            return changes(plan, creates, List.of(), plan.deletes());
        }
    },
    RENUMBERED("the school had renumbered its event") {
        @Override
        public Situation situation(Situation s) {
            return memory(s, s.memory().withRenumbered(Map.of()));
        }
    },
    EVERY_PAGE(
            "a changed course is one PUT",
            "doubled",
            "lacks much",
            "stands there under another number",
            "created twice") {
        @Override
        public Reply listed(Ask ask, Wire ecal) throws IOException {
            Reply reply;
            try {
                reply = ecal.ask(ask);
            } catch (IOException e) {
                return new Reply(204, Map.of(), new byte[0]);
            }
            return reply.status() == 200 && !"text/html".equals(reply.header("Content-Type"))
                    ? reply
                    : new Reply(204, Map.of(), new byte[0]);
        }
    },
    REAL_TIME("half an hour apart") {
        @Override
        public boolean watchesClock() {
            return false;
        }
    },
    /** A run that takes the time once, and so goes on with that of a clock that was set meanwhile. */
    TIME_OF_EACH_STEP("half an hour apart") {
        @Override
        public Instant now(Run run, Clock clock) {
            return run.started();
        }
    },
    ONE_AT_A_TIME("two runs of one configuration at a time") {
        @Override
        public boolean locks() {
            return false;
        }
    },
    ALWAYS_A_REPORT("a run without a report") {
        @Override
        public boolean reports() {
            return false;
        }
    },
    MEMORY_OUTLIVES_THE_PROCESS("doubled what was written moments ago", "written although nothing had changed") {
        @Override
        public boolean keepsItsMemory() {
            return false;
        }
    },
    /** A transport that repeats by itself what went out on a connection that had died. */
    DEAD_CONNECTIONS("a look would have found", "created twice") {
        @Override
        public Reply write(Ask ask, Wire ecal) throws IOException {
            try {
                return ecal.ask(ask);
            } catch (IOException e) {
                return ecal.ask(ask);
            }
        }
    },
    ONE_LOGIN("the password was sent twice in one run") {
        @Override
        public Reply school(Ask ask, Wire wire) throws IOException {
            try {
                return wire.ask(ask);
            } catch (IOException e) {
                return wire.ask(ask);
            }
        }
    },
    PAST_EVENTS("a course is missing", "a look would have found") {
        @Override
        public Reply listed(Ask ask, Wire ecal) throws IOException {
            return ecal.ask(new Ask(
                    ask.method(),
                    URI.create(ask.address().toString().replace("showPastEvents=true", "showPastEvents=false")),
                    ask.cookies(),
                    ask.body()));
        }
    };

    private final List<String> verdicts;

    Guard(String... verdicts) {
        this.verdicts = List.of(verdicts);
    }

    /** Whether that is what had to be found. */
    boolean isMissedBy(String violation) {
        return verdicts.stream().anyMatch(violation::contains);
    }

    private static boolean ours(Situation s, CalendarEvent event) {
        return event.reference() != null
                && event.reference().startsWith("mc-" + s.owner() + "-")
                && event.reference().matches(".*-\\d+");
    }

    private static Situation actual(Situation s, List<CalendarEvent> actual) {
        return with(s, s.unreadable(), actual, s.memory(), s.rules(), s.window());
    }

    private static Situation with(
            Situation s,
            List<Unreadable> unreadable,
            List<CalendarEvent> actual,
            Remembered memory,
            Rules rules,
            Window window) {
        return new Situation(
                s.owner(),
                s.knownOwners(),
                s.wanted(),
                unreadable,
                actual,
                memory,
                rules,
                window,
                window.equals(s.window()) ? s.covered() : window,
                s.now(),
                s.adopt(),
                s.predecessors(),
                s.selection());
    }

    private static Situation rules(Situation s, Rules rules) {
        return with(s, s.unreadable(), s.actual(), s.memory(), rules, s.window());
    }

    private static Situation memory(Situation s, Remembered memory) {
        return with(s, s.unreadable(), s.actual(), memory, s.rules(), s.window());
    }

    private static Situation absences(Situation s, Map<String, Absence> absences) {
        Remembered m = s.memory();
        Set<String> there = s.actual().stream().map(CalendarEvent::id).collect(Collectors.toCollection(HashSet::new));
        absences.keySet().retainAll(there);
        return memory(s, m.withAbsences(absences));
    }

    private static Plan memory(Plan p, Remembered memory) {
        return new Plan(
                p.creates(),
                p.updates(),
                p.deletes(),
                p.waiting(),
                p.held(),
                p.unchanged(),
                p.unconfirmed(),
                p.standing(),
                p.otherOwners(),
                p.rules(),
                memory);
    }

    private static Plan changes(Plan p, List<Change> creates, List<Change> updates, List<Change> deletes) {
        return new Plan(
                creates,
                updates,
                deletes,
                p.waiting(),
                p.held(),
                p.unchanged(),
                p.unconfirmed(),
                p.standing(),
                p.otherOwners(),
                p.rules(),
                p.memory());
    }
}
