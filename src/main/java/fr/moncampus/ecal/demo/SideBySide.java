package fr.moncampus.ecal.demo;

import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Term;
import fr.moncampus.ecal.sandbox.Timetable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two more persons, of other schools and with other calendars: Hyperplanning into CalDAV, ADE into a feed. They are synchronised at the same time. */
final class SideBySide {
    private static final String NOE = "noe";
    private static final String ZOE = "zoe";
    private static final int COURSES = 120;

    private final Sandbox sandbox;
    private final Path folder;

    SideBySide(Sandbox sandbox, Path folder) {
        this.sandbox = sandbox;
        this.folder = folder;
    }

    /** @return their configuration files */
    List<Path> enrol(LocalDate today) throws IOException {
        int seed = 1;
        for (String name : List.of(NOE, ZOE)) {
            sandbox.enrol(name, "mot-de-passe-" + name, Term.believable(today, seed++, COURSES));
        }
        return List.of(
                write(NOE, sandbox.configuration(NOE, "hyperplanning", "caldav")),
                write(ZOE, sandbox.configuration(ZOE, "ade", "feed") + "feed_file: '" + file() + "'\n"));
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name + ".yml"), yaml + "delete_after: PT0S\n");
    }

    private Path file() {
        return folder.resolve(ZOE + ".ics");
    }

    List<Run> sync(Engine engine) throws InterruptedException {
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<Run>> running = List.of(
                    both.submit(() -> engine.run(NOE, Purpose.SYNC)), both.submit(() -> engine.run(ZOE, Purpose.SYNC)));
            return List.of(running.get(0).get(), running.get(1).get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            both.shutdown();
        }
    }

    /** Each school moves the first course to come, and cancels the second. */
    void change(LocalDate today) {
        for (String name : List.of(NOE, ZOE)) {
            Timetable timetable = timetable(name);
            List<Session> next = timetable.sessions().stream()
                    .filter(session -> session.start().toLocalDate().isAfter(today.plusDays(1)))
                    .sorted(Comparator.comparing(Session::start))
                    .limit(2)
                    .toList();
            timetable.move(next.get(0).noCours(), next.get(0).start().withHour(18));
            timetable.cancel(next.get(1).noCours());
        }
    }

    private Timetable timetable(String name) {
        return sandbox.school().student(name).timetable();
    }

    boolean areInStep() throws IOException {
        try (var lines = Files.lines(file())) {
            long published = lines.filter(line -> line.equals("BEGIN:VEVENT")).count();
            return published == timetable(ZOE).sessions().size()
                    && takingPlace(sandbox.davCalendar(NOE).texts().values())
                            == timetable(NOE).sessions().size();
        }
    }

    /** Hyperplanning goes on showing what is cancelled, and says so in its name. */
    private static long takingPlace(Collection<String> events) {
        return events.stream().filter(text -> !text.contains("SUMMARY:ANNULÉ")).count();
    }
}
