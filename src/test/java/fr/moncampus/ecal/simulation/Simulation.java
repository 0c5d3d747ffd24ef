package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.simulation.Wire.Ask;
import fr.moncampus.ecal.simulation.Wire.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * One seed: 60 runs of a school of 40 courses, with a second person in the same calendar. All chance comes from the seed and all time from
 * {@link MovableClock}, so a seed can be replayed. Faults happen in the first {@link #STORMY} runs; the others show that everything comes right.
 */
final class Simulation implements Wire {
    static final int RUNS = 60;
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final int STORMY = 44;
    private static final int COURSES = 40;
    static final URI ALICE = URI.create("http://alice.school.test");
    static final URI BOB = URI.create("http://bob.school.test");
    static final URI ECAL = URI.create("http://ecal.test/apiv2");

    /** Where the services are, and how they are called from there. */
    interface Place {
        /** A process that begins. */
        Client client(Process process);

        /** The memory is lost while no process runs. */
        default void forget() {}

        /** Whether a process can be ended in the middle of something, and its memory be lost. */
        default boolean mayKill() {
            return false;
        }
    }

    private final Random random;
    private final List<String> violations = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final MovableClock time;
    private final WrongClock wall;
    /** What happens to the processes and to their connections. */
    private final Random fates;

    private final Random moments;

    private final boolean silent;
    private final boolean renumbers;
    private final boolean own;
    private Lives lives;
    /** Requests until one meets a connection that has died. */
    private int untilSilence = -1;

    private final School aliceSchool;
    private final School bobSchool;
    private final Ecal ecal;
    private final Model alice;
    private final Model bob;
    private final Pupil pupil;
    private Model running;
    private final URI aliceBase;
    private final List<Configuration> configurations;
    private int badDays;
    /** What the last whole run of Alice saw. */
    private Map<String, String> seen = Map.of();

    private int successes;
    private int logins;

    Simulation(long seed, URI aliceBase, URI bobBase, URI ecalBase) {
        this(seed, aliceBase, bobBase, ecalBase, false);
    }

    /** @param own whether the calendars are the program's own: nobody else writes there, and nothing is between */
    Simulation(long seed, URI aliceBase, URI bobBase, URI ecalBase, boolean own) {
        this.own = own;
        this.aliceBase = aliceBase;
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        // any hour of any day of a year, the days of both clock changes included
        LocalDate first = random.nextInt(5) > 0
                ? LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365))
                : (random.nextBoolean() ? LocalDate.of(2026, 3, 28) : LocalDate.of(2026, 10, 24))
                        .minusDays(random.nextInt(4));
        time = new MovableClock(first.atTime(6 + random.nextInt(12), random.nextInt(60))
                .atZone(PARIS)
                .toInstant());
        wall = new WrongClock(time);
        fates = new Random(seed * 0xD1342543DE82EF95L + 7);
        moments = new Random(seed * 0xDA942042E4DD58B5L + 11);
        silent = fates.nextInt(3) == 0;
        renumbers = fates.nextInt(3) == 0;
        ecal = new Ecal(
                random,
                time,
                own
                        ? new Ecal.Nature(false, 100, false, 0, false)
                        : new Ecal.Nature(
                                random.nextInt(3) > 0,
                                random.nextBoolean() ? 100 : 25,
                                random.nextInt(3) == 0,
                                random.nextBoolean() ? 0 : random.nextInt(16),
                                random.nextInt(4) == 0));
        aliceSchool = new School(aliceBase, random);
        bobSchool = new School(bobBase, random);
        pupil = new Pupil(random);
        configurations = List.of(
                Persons.configuration("alice", aliceBase, ecalBase), Persons.configuration("bob", bobBase, ecalBase));
        alice = new Model(Persons.owner("alice", aliceBase), time, wall, ecal, violations);
        bob = new Model(Persons.owner("bob", bobBase), time, wall, ecal, violations);
        ecal.watcher = new Ecal.Watcher() {
            @Override
            public void write(Event event, Map<String, String> sent) {
                successes++;
                story.add("    " + (event == null ? "POST" : sent == null ? "DELETE " + event.id : "PUT " + event.id)
                        + " " + (sent == null ? event.sent() : sent));
                running.write(event, sent);
            }

            @Override
            public void lost(String reference) {
                story.add("    lost or refused: " + reference);
                running.lost(reference);
            }

            @Override
            public void missing(String reference) {
                running.missing(reference);
            }

            @Override
            public void unwanted(String id) {
                running.unwanted(id);
            }
        };
    }

    List<Configuration> configurations() {
        return configurations;
    }

    /** Somebody takes an event away, without any of the processes. */
    void vanished(String id) {
        ecal.events().stream().filter(event -> event.id.equals(id)).toList().forEach(ecal::remove);
    }

    List<String> violations() {
        return violations;
    }

    /** What happened, for whoever has to understand a failure. */
    List<String> story() {
        return story;
    }

    int writes() {
        return successes;
    }

    @Override
    public synchronized Reply ask(Ask ask) throws IOException {
        lives.request(this::beside);
        boolean dead = untilSilence >= 0 && untilSilence-- == 0;
        boolean delivered = dead && fates.nextBoolean();
        if (dead) {
            story.add("    a connection has died, the request " + (delivered ? "arrives: " : "does not arrive: ")
                    + ask.method() + " " + ask.address().getPath());
        }
        if (ask.address().getPath().startsWith("/apiv2") && own) {
            return ecal.ask(ask);
        }
        if (ask.address().getPath().startsWith("/apiv2")) {
            ecal.silence = !dead ? Ecal.Silence.NONE : delivered ? Ecal.Silence.UNANSWERED : Ecal.Silence.LOST;
            return ecal.ask(ask);
        }
        if (ask.method().equals("POST") && ++logins > 1) {
            running.violation(
                    "the password was sent twice in one run", ask.address().toString());
        }
        if (dead && !delivered) {
            throw new Cut();
        }
        School school = ask.address().getAuthority().equals(aliceBase.getAuthority()) ? aliceSchool : bobSchool;
        school.given = null;
        Reply reply = school.ask(ask);
        if (dead) {
            throw new Cut();
        }
        if (school.given != null) {
            running.read(school.given);
        }
        return reply;
    }

    /** @return what went against the model; empty when nothing did */
    List<String> run(Place place) {
        LocalDate today = today();
        for (int i = 0; i < COURSES; i++) {
            aliceSchool.sessions.add(pupil.course(today, 100L + i));
        }
        for (int i = 0; i < 6; i++) {
            bobSchool.sessions.add(pupil.course(today, 100L + i));
        }
        if (!own) {
            foreigners();
        }
        try (Lives processes = new Lives(place, configurations, wall, this, fates, moments, witness())) {
            lives = processes;
            for (int run = 0; run < RUNS && violations.isEmpty(); run++) {
                step(run);
            }
        }
        return violations;
    }

    private Lives.Witness witness() {
        return new Lives.Witness() {
            @Override
            public void forgotten(boolean everything) {
                alice.forgotten(everything);
                bob.forgotten(everything);
                if (everything) {
                    ecal.forgotten();
                }
            }

            @Override
            public void jumped() {
                alice.jumped();
                bob.jumped();
            }

            @Override
            public void unread() {
                running.unread();
            }

            @Override
            public void inDoubt(Set<String> references) {
                references.forEach(ecal::cutOff);
            }

            @Override
            public void violation(String what, String words) {
                alice.violation(what, words);
            }

            @Override
            public void tell(String words) {
                story.add("  " + words);
            }
        };
    }

    /** What another process does meanwhile is to come to nothing. */
    private void beside(String name) {
        Model before = running;
        running = new Model("00000000", time, wall, ecal, new ArrayList<>());
        try {
            lives.runBeside(name);
        } finally {
            running = before;
        }
    }

    private void step(int run) {
        boolean stormy = run < STORMY;
        if (stormy) {
            int minutes = List.of(1, 5, 20, 31, 60, 60, 60, 240, 720).get(random.nextInt(9));
            time.forward(Duration.ofMinutes(lives.hasDied() ? 1 : minutes));
            lives.between();
            storm();
            untilSilence = silent && fates.nextInt(3) == 0 ? fates.nextInt(15) : -1;
        } else {
            time.forward(Duration.ofMinutes(run < STORMY + 6 ? 31 : 360));
            calm();
        }
        if (random.nextInt(4) == 0 || run == STORMY) {
            sync("bob", bob, run);
        }
        boolean mayBeHeld = alice.mayBeHeld();
        RunResult result = sync("alice", alice, run);
        View last = ecal.views.isEmpty() ? null : ecal.views.get(ecal.views.size() - 1);
        seen = result != null && result.error() == null && !lives.stepped() && last != null && last.complete()[0]
                ? Map.copyOf(last.saidById())
                : Map.of();
        if (run >= STORMY + 4 && violations.isEmpty()) {
            alice.equal(mayBeHeld || result.waiting() > 0);
            if (run == RUNS - 1) {
                end();
            }
        }
    }

    /** A day that ended may have taken a course out of the answer: what waits since then goes too, and once more at that moment nothing is left to do. */
    private void end() {
        if (time.instant().atZone(PARIS).getHour() >= 22) {
            // another day would take courses out of the answer once more
            time.forward(Duration.ofHours(4));
        }
        for (int more = 0; more < 3; more++) {
            time.forward(Duration.ofMinutes(31));
            sync("alice", alice, RUNS);
        }
        alice.equal(false);
        RunResult result = sync("alice", alice, RUNS);
        if (alice.writes() > 0 || result.error() != null) {
            alice.violation("written at the end although nothing had changed", result.toString());
        }
    }

    /** @return null when the process died of it */
    private RunResult sync(String name, Model model, int run) {
        running = model;
        logins = 0;
        ecal.views.clear();
        model.begin();
        RunResult result = lives.sync(name);
        if (result == null && ecal.views.isEmpty()) {
            model.unread();
        }
        model.end(result != null && result.error() == null && result.failed() == 0 && !lives.stepped());
        story.add(run + " " + time.instant() + " " + name + " " + aliceSchool.mood + " " + ecal.trouble + " -> "
                + words(result));
        return result;
    }

    /** What does not depend on the machine. */
    private static String words(RunResult result) {
        if (result == null) {
            return "dead";
        }
        return "created=" + result.created() + " updated=" + result.updated() + " deleted=" + result.deleted()
                + " unchanged=" + result.unchanged()
                + " waiting=" + result.waiting() + " held=" + result.held() + " failed=" + result.failed()
                + " unconfirmed=" + result.unconfirmed()
                + " error=" + result.error();
    }

    private LocalDate today() {
        return time.instant().atZone(PARIS).toLocalDate();
    }

    private void calm() {
        if (ecal.faultless) {
            return;
        }
        ecal.faultless = true;
        untilSilence = -1;
        lives.calm();
        ecal.trouble = Ecal.Trouble.NONE;
        ecal.settle();
        aliceSchool.moodLasts = 0;
        aliceSchool.mood = School.Mood.WELL;
        // no guard of the rules lets the last courses go by itself
        aliceSchool.sessions.add(
                pupil.course(today(), 99_999L).at(today().plusDays(9).atTime(10, 0)));
        story.add("calm from here on: " + aliceSchool.sessions.size() + " courses");
    }

    private void storm() {
        if (random.nextInt(6) == 0) {
            aliceSchool.endOfDay();
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            story.add(pupil.change(aliceSchool.sessions, today(), COURSES));
        }
        if (renumbers && fates.nextInt(10) == 0) {
            story.add(pupil.renumber(aliceSchool.sessions));
        }
        if (renumbers && fates.nextInt(3) == 0) {
            story.add(pupil.changeRenumbered(aliceSchool.sessions, today()));
        }
        if (random.nextInt(5) == 0) {
            aliceSchool.expire(random.nextBoolean());
        }
        if (badDays-- <= 0) {
            aliceSchool.mood = School.Mood.values()[random.nextInt(School.Mood.values().length)];
            if (random.nextInt(2) == 0) {
                aliceSchool.mood = School.Mood.WELL;
            }
            badDays = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
        }
        aliceSchool.moodLasts = random.nextInt(3) == 0 ? 1 : 100;
        if (own) {
            return;
        }
        ecal.trouble = new Ecal.Trouble(
                List.of(0.0, 0.0, 0.03, 0.2, 0.7).get(random.nextInt(5)),
                random.nextInt(6) == 0,
                List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.5).get(random.nextInt(8)));
        byHand();
    }

    private void foreigners() {
        for (int i = 0; i < 6; i++) {
            Map<String, String> event = sent(pupil.course(today(), 100L + i));
            String reference = List.of(
                            "visite",
                            "mc-ffffffff-10" + i,
                            "12345678",
                            "mc-" + Persons.owner("alice", aliceBase) + "-x",
                            "",
                            "100")
                    .get(i);
            event.put("details", "à moi");
            if (!reference.isEmpty()) {
                event.put("reference", reference);
            }
            ecal.put(event);
        }
    }

    /** Somebody changes an event of ours, or takes it away. */
    private void byHand() {
        // not before a whole run has seen it as it is: until then a change by hand cannot be told from ECAL's spelling
        List<Event> known = alice.owned().stream()
                .filter(event -> event.isFresh(time.instant())
                        && event.doubt == 0
                        && event.said().equals(seen.get(event.id)))
                .toList();
        if (known.isEmpty() || random.nextInt(4) > 0) {
            return;
        }
        Event event = known.get(random.nextInt(known.size()));
        int what = random.nextInt(4);
        story.add("by hand " + what + " " + event.id + event.sent());
        switch (what) {
            case 0 -> ecal.edit(event, "name", "Vacances " + random.nextInt(100));
            case 1 -> ecal.edit(event, "startTime", "07:0" + random.nextInt(10));
            case 2 -> ecal.edit(event, "location", "Plage");
            default -> ecal.remove(event);
        }
    }

    private static Map<String, String> sent(Session session) {
        Map<String, String> event = new LinkedHashMap<>();
        event.put("calendarId", Persons.CALENDAR);
        event.put("name", session.name());
        event.put("location", "Aucune");
        event.put("startDate", session.day().toString());
        event.put("startTime", session.start().toLocalTime().toString());
        event.put("endDate", session.end().toLocalDate().toString());
        event.put("endTime", session.end().toLocalTime().toString());
        event.put("timezone", "Europe/Paris");
        event.put("allDay", "no");
        event.put("alert", "15M");
        event.put("draft", "0");
        return event;
    }
}
