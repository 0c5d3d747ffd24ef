package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.caldav.CaldavClient;
import fr.moncampus.ecal.caldav.CaldavSteps;
import fr.moncampus.ecal.caldav.DavRequest;
import fr.moncampus.ecal.caldav.ObjectWrite;
import fr.moncampus.ecal.caldav.Reading;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarUnavailableException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.DayRule;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.config.Secret;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.WrittenRepository;
import fr.moncampus.ecal.run.Bent;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.run.RunSteps;
import fr.moncampus.ecal.run.SyncSteps;
import fr.moncampus.ecal.run.Workspace;
import fr.moncampus.ecal.timetable.Course;
import fr.moncampus.ecal.timetable.Timetable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/**
 * Days of a school, of a program that keeps its timetable on a CalDAV server, and of persons who use that as well. What a person has added to an event
 * is never lost, others' events are left alone, no course is there twice or deleted while the school has it; and when all is quiet, the calendar is the
 * timetable, and nothing is sent.
 */
final class CaldavLife {
    /** The program as it would be without what keeps one of its promises. */
    enum Bend {
        NOTHING(null),
        /** An update does not name the version that it read. */
        NO_IF_MATCH("lost what a person"),
        /** An event is replaced and not patched. */
        REPLACED("lost what a person"),
        /** A listing that breaks off is taken for the whole. */
        PARTIAL("not in step|wrote again");

        private final String explained;

        Bend(String explained) {
            this.explained = explained;
        }

        boolean explains(String violation) {
            return violation.matches("(?s).*(" + explained + ").*");
        }
    }

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final LocalDate FIRST = LocalDate.of(2026, 10, 5);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
    private static final CamelContext CONTEXT = new DefaultCamelContext();
    private static final CaldavSteps CALDAV = new CaldavSteps();
    private static final int RETRIES = 3;
    /** Changes what is ours. Before a run has seen what was written, that is taken for the server's spelling (docs/safety.md). */
    private static final int OVERWRITES = 4;

    private final Random random;
    private final Bend bend;
    private final Memory memory;
    private final Path folder;
    private final MovableClock clock =
            new MovableClock(FIRST.atTime(6, 46).atZone(PARIS).toInstant());
    private final Map<Integer, Course> school = new TreeMap<>();
    private final DavModel server;
    private final List<String> violations = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private boolean trouble = true;
    /** Whether the last run has seen all that was written. */
    private boolean seen;

    private int dying;
    private int keys;
    private int tokens;
    private Workspace workspace;

    CaldavLife(int seed, Bend bend, Memory memory, Path folder) {
        this.random = new Random(seed);
        this.bend = bend;
        this.memory = memory;
        this.folder = folder;
        UnaryOperator<String> replaced = text -> DavModel.ADDED.matcher(text).replaceAll("");
        server = new DavModel(
                DavModel.Nature.of(random),
                new DavModel.Watcher() {
                    @Override
                    public void violated(String what) {
                        violations.add(what);
                    }

                    @Override
                    public void deleted(String text) {
                        int key = keyOf(text);
                        if (school.containsKey(key)) {
                            violations.add("a course that the school has was deleted: " + key);
                        }
                    }
                },
                bend == Bend.REPLACED ? replaced : null,
                bend != Bend.NO_IF_MATCH);
    }

    List<String> violations() {
        return violations;
    }

    List<String> story() {
        return story;
    }

    int writes() {
        return server.writes();
    }

    void live() throws SQLException, IOException {
        for (int i = 0; i < 10; i++) {
            add();
        }
        server.put(
                DavModel.PATH + "dentiste.ics",
                foreign("dentiste", FIRST.plusDays(3).atTime(9, 0)));
        begin();
        for (int step = 0; step < 10; step++) {
            clock.forward(Duration.ofMinutes(20 + random.nextInt(300)));
            change();
            person(seen ? -1 : OVERWRITES, null);
            sync();
        }
        trouble = false;
        for (int quiet = 0; quiet < 4; quiet++) {
            clock.forward(Duration.ofHours(7));
            sync();
        }
        int before = server.writes();
        clock.forward(Duration.ofHours(1));
        sync();
        if (server.writes() != before) {
            violations.add("wrote again although nothing had changed");
        }
        compare();
    }

    /** What the calendar says, and what it should. */
    private void compare() {
        List<String> wanted =
                school.values().stream().map(CaldavLife::said).sorted().toList();
        List<String> there = server.texts().values().stream()
                .filter(DavModel::isOurs)
                .map(text -> DavModel.value(text, "SUMMARY") + " " + DavModel.value(text, "LOCATION") + " "
                        + DavModel.value(text, "DTSTART"))
                .sorted()
                .toList();
        if (!wanted.equals(there)) {
            violations.add("not in step: " + wanted + " and " + there);
        }
        if (!server.texts().containsKey(DavModel.PATH + "dentiste.ics")) {
            violations.add("somebody else's event is gone");
        }
    }

    private static String said(Course course) {
        return course.name() + " " + course.room() + " " + TIME.format(course.start());
    }

    private static int keyOf(String text) {
        return Integer.parseInt(DavModel.value(text, "UID").replaceFirst("^mc-\\w+-(\\d+).*", "$1"));
    }

    private void add() {
        int key = 480000 + ++keys;
        school.put(key, course(key, free(), "B110"));
    }

    private static Course course(int key, LocalDateTime start, String room) {
        return new Course(
                String.valueOf(key),
                "Cours " + key,
                room,
                "MARTIN Claire",
                "B3 DEV",
                null,
                start,
                start.plusMinutes(90));
    }

    private LocalDateTime free() {
        return LocalDate.ofInstant(clock.instant(), PARIS)
                .plusDays(8 + random.nextInt(40))
                .atTime(8 + random.nextInt(9), 15 * random.nextInt(4));
    }

    /** The school changes something. */
    private void change() {
        Integer key = List.copyOf(school.keySet()).get(random.nextInt(school.size()));
        Course old = school.get(key);
        switch (random.nextInt(6)) {
            case 0 -> school.put(key, course(key, free(), old.room()));
            case 1, 2 -> school.put(key, course(key, old.start(), "R" + random.nextInt(99)));
            case 3 -> add();
            case 4 -> {
                if (school.size() > 7) {
                    school.remove(key);
                }
            }
            default -> {
                // a quiet hour
            }
        }
        story.add(
                clock.instant() + " school: " + key + " " + (school.containsKey(key) ? said(school.get(key)) : "gone"));
    }

    /** Somebody does something with an event in another client: that which is written just then, if one is. @param never a deed that is left out */
    private void person(int never, String asked) {
        List<String> ours = server.texts().entrySet().stream()
                .filter(each -> DavModel.isOurs(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        String path = ours.contains(asked) ? asked : ours.get(random.nextInt(ours.size()));
        String text = server.texts().get(path).replace("\r\n ", "");
        String token = "perso" + ++tokens + "x";
        int deed = random.nextInt(8);
        deed = deed == never ? 0 : deed;
        story.add(clock.instant() + " person: " + deed + " " + path + " " + token);
        switch (deed) {
            case 0 -> server.put(path, text.replaceFirst("\r\nDESCRIPTION:", "\r\nDESCRIPTION:" + token + "\\\\n"));
            case 1 -> server.put(path, text.replaceFirst("\r\nDESCRIPTION:(.*)", "\r\nDESCRIPTION:$1\\\\n" + token));
            case 2 ->
                server.put(
                        path,
                        text.replaceFirst(
                                "END:VEVENT",
                                "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P1D\r\nDESCRIPTION:" + token
                                        + "\r\nEND:VALARM\r\nEND:VEVENT"));
            case 3 -> server.put(path, text.replaceFirst("SUMMARY:", "X-" + token + ":" + token + "\r\nSUMMARY:"));
            case OVERWRITES -> server.put(path, text.replaceFirst("(?m)^LOCATION:[^\r]*", "LOCATION:ailleurs"));
            case 5 -> server.remove(path);
            case 6 -> server.put(DavModel.PATH + token + ".ics", text.replaceFirst("(?m)^UID:[^\r]*", "UID:" + token));
            default -> {
                // looks at it
            }
        }
    }

    private static String foreign(String uid, LocalDateTime start) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:" + uid + "\r\nDTSTART:" + TIME.format(start)
                + "\r\nSUMMARY:Rendez-vous\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    }

    /** A process. */
    private void begin() throws SQLException, IOException {
        Database database = memory.open(null);
        Configuration configuration = new Configuration(
                "lea",
                Path.of("lea.yml"),
                "lea",
                new Configuration.Ends(
                        "école",
                        "caldav",
                        null,
                        null,
                        new Configuration.Keys(
                                Map.of("caldav_url", "https://dav.example" + DavModel.PATH, "caldav_user", "lea"),
                                Map.of("caldav_password", new Secret("x")),
                                "école",
                                "agenda")),
                new Configuration.Days(
                        new DayRule.Relative(Period.ofDays(-7)), new DayRule.Relative(Period.ofDays(200))),
                new Configuration.Events(1, "15M", true),
                new Configuration.Schedule("0 46 6-18 * * ?", PARIS),
                Rules.DEFAULT,
                null,
                null);
        workspace = Workspace.of(configuration, database, database, new HostLimits(), folder, clock);
    }

    private void sync() throws SQLException, IOException {
        Exchange exchange = new DefaultExchange(CONTEXT);
        exchange.getMessage().setBody(Purpose.SYNC);
        RunSteps runs = new RunSteps(Duration.ZERO, each -> {}, each -> {});
        runs.begin(exchange, workspace);
        Run run = exchange.getProperty(Run.PROPERTY, Run.class);
        seen = false;
        dying = trouble && random.nextInt(5) == 0 ? 1 + random.nextInt(12) : 0;
        try {
            try {
                reconcile(exchange, run, runs);
            } catch (Exception e) {
                story.add(clock.instant() + " failed: " + e.getMessage());
                workspace.deadLetters().entry(run, null, e, null);
            }
            runs.report(workspace, run);
            seen = run.result().error() == null
                    && run.result().failed() == 0
                    && run.result().unconfirmed() == 0;
            story.add(clock.instant() + " " + run.result());
        } catch (Mortal.Death e) {
            story.add(clock.instant() + " the process ends");
            Bent.unlock(run);
            begin();
        }
    }

    private void reconcile(Exchange exchange, Run run, RunSteps runs) throws Exception {
        SyncSteps steps = new SyncSteps(Set.of(workspace.configuration().owner()));
        runs.lock(workspace, run);
        steps.transform(workspace, run, new Timetable(List.copyOf(school.values()), List.of()));
        List<CalendarEvent> calendar = list(exchange);
        for (Write write : steps.plan(workspace, run, calendar)) {
            if (run.isGoingOn()) {
                Exchange part = new DefaultExchange(CONTEXT);
                part.getProperties().putAll(exchange.getProperties());
                part.setProperty(WrittenRepository.WRITE, write);
                change(part, run, steps, write);
            }
        }
        steps.stopIfFatal(run);
        if (run.isAnythingSent()) {
            steps.verify(workspace, run, list(exchange));
        }
    }

    private void change(Exchange exchange, Run run, SyncSteps steps, Write write) {
        String key = steps.key(write);
        if (!workspace.written().add(exchange, key)) {
            return;
        }
        try {
            steps.sending(run);
            send(exchange, write);
            steps.written(run, write);
        } catch (Exception e) {
            story.add(clock.instant() + " " + write.method() + " failed: " + e.getMessage());
            workspace.deadLetters().entry(run, write, e, null);
            workspace.written().remove(exchange, key);
            return;
        }
        workspace.written().confirm(exchange, key);
    }

    /** As {@code routes/caldav.camel.yaml} does, and its caller's retries. */
    private void send(Exchange exchange, Write write) throws Exception {
        CaldavClient client = client(exchange);
        ObjectWrite change = null;
        for (int attempt = 0; ; attempt++) {
            try {
                change = CALDAV.begin(client, write, change);
                while (write.goesOn()) {
                    if (write.isLookupNeeded()) {
                        list(exchange);
                        DavRequest look = ask(CALDAV.lookFor(change));
                        CALDAV.found(change, reading(exchange), look);
                    }
                    if (write.isRequestNeeded()) {
                        CALDAV.answered(change, ask(CALDAV.change(change, reading(exchange))));
                    }
                }
                return;
            } catch (CalendarUnavailableException | IOException e) {
                write.lost(false);
                if (attempt == RETRIES) {
                    throw e;
                }
            }
        }
    }

    private List<CalendarEvent> list(Exchange exchange) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                Reading reading = CALDAV.open(client(exchange), reading(exchange));
                exchange.setProperty(Reading.PROPERTY, reading);
                while (reading.goesOn()) {
                    CALDAV.read(reading, ask(CALDAV.ask(reading)));
                }
                return CALDAV.events(reading);
            } catch (CalendarUnavailableException | IOException e) {
                if (attempt == RETRIES) {
                    throw e;
                }
            }
        }
    }

    private static Reading reading(Exchange exchange) {
        return exchange.getProperty(Reading.PROPERTY, Reading.class);
    }

    private static CaldavClient client(Exchange exchange) {
        return exchange.getProperty(CaldavClient.PROPERTY, CaldavClient.class);
    }

    /** What may befall a request, and a person who is faster. */
    private DavRequest ask(DavRequest request) throws IOException {
        while (request.goesOn()) {
            ClassicHttpRequest sent = request.complete(
                    ClassicRequestBuilder.get("https://dav.example/").build());
            if (trouble && random.nextInt(12) == 0) {
                person(OVERWRITES, sent.getPath());
            }
            double fate = trouble ? random.nextDouble() : 1;
            pass();
            if (fate < 0.02) {
                throw new Wire.Cut();
            }
            if (fate < 0.04) {
                request.received(new BasicClassicHttpResponse(503));
                continue;
            }
            ClassicHttpResponse answer = server.answer(sent);
            pass();
            if (fate < 0.07) {
                throw new Wire.Cut();
            }
            if (fate < 0.09) {
                answer = new BasicClassicHttpResponse(502);
            }
            request.received(fate < 0.11 || bend == Bend.PARTIAL ? half(answer) : answer);
        }
        return request;
    }

    private void pass() {
        if (dying > 0 && --dying == 0) {
            throw new Mortal.Death();
        }
    }

    /** An answer that breaks off; for {@link Bend#PARTIAL} it looks whole. */
    private ClassicHttpResponse half(ClassicHttpResponse answer) throws IOException {
        if (answer.getEntity() == null || answer.getCode() != 207) {
            return answer;
        }
        byte[] whole = answer.getEntity().getContent().readAllBytes();
        String text = new String(whole, java.nio.charset.StandardCharsets.UTF_8);
        int cut = text.lastIndexOf("<d:response>", text.length() / 2);
        String shorter = bend != Bend.PARTIAL || random.nextInt(3) > 0
                ? bend == Bend.PARTIAL ? text : text.substring(0, text.length() / 2)
                : cut < 0 ? text : text.substring(0, cut) + "</d:multistatus>";
        ClassicHttpResponse half = new BasicClassicHttpResponse(207);
        half.setEntity(new ByteArrayEntity(shorter.getBytes(java.nio.charset.StandardCharsets.UTF_8), null));
        return half;
    }
}
