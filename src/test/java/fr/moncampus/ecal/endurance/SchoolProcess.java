package fr.moncampus.ecal.endurance;

import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Server;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Student;
import fr.moncampus.ecal.sandbox.Term;
import fr.moncampus.ecal.sandbox.Timetable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The sandbox in a process of its own, so that what it keeps is not taken for the program's; one line in is an order, one line out an answer. */
final class SchoolProcess implements AutoCloseable {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final int COURSES = 350;
    private static final int WEEKS = 56;
    /** A term of the sandbox spreads its courses over so many weeks, of which seven are over. */
    private static final int TERM_WEEKS = 20;

    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    private SchoolProcess(Process process) {
        this.process = process;
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param folder where the configurations of the students are written */
    static SchoolProcess start(Path folder, int students, Instant now) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Xlog:disable",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SchoolProcess.class.getName(),
                        folder.toString(),
                        String.valueOf(students),
                        now.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        SchoolProcess school = new SchoolProcess(process);
        school.answer("start");
        return school;
    }

    void now(Instant now) throws IOException {
        order("now " + now);
    }

    /** Each day something else changes; the number of courses stays. */
    void change(int day) throws IOException {
        order("change " + day);
    }

    /** Nobody answers, from MonCampus that is. */
    void down() throws IOException {
        order("down");
    }

    /** ECAL refuses the next writes. */
    void refuse() throws IOException {
        order("refuse");
    }

    void heal() throws IOException {
        order("heal");
    }

    private void order(String order) throws IOException {
        orders.println(order);
        answer(order);
    }

    private void answer(String order) throws IOException {
        String answer = answers.readLine();
        if (!"done".equals(answer)) {
            throw new IOException("the sandbox answered \"" + answer + "\" to \"" + order + "\"");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
        MovableClock clock = new MovableClock(arguments[2]);
        try (Sandbox sandbox = Sandbox.start(
                Options.standard().at(clock).sessions(year(clock.instant(), 0)).logLimit(50))) {
            for (int i = 1; i < Integer.parseInt(arguments[1]); i++) {
                sandbox.enrol("etudiant." + i, "Bac-a-sable-2026!", year(clock.instant(), i));
            }
            int number = 0;
            for (Student student : sandbox.school().students()) {
                Files.writeString(
                        Path.of(arguments[0], "config" + number++ + ".yml"),
                        sandbox.configuration(student.username())
                                + "notify_url: '" + sandbox.elsewhereUrl() + "/'\n"
                                // the scheduler is there, as always, but leaves the runs to whoever counts them
                                + "schedule: '0 0 5 29 2 ?'\n"
                                // one whose deletions are followed up at once
                                + (number == 1 ? "delete_after: PT0S\n" : ""));
            }
            System.out.println("done");
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                obey(sandbox, clock, order.split(" "));
                System.out.println("done");
            }
        }
    }

    private static void obey(Sandbox sandbox, MovableClock clock, String... order) {
        switch (order[0]) {
            case "now" -> clock.forward(Duration.between(clock.instant(), Instant.parse(order[1])));
            case "change" ->
                sandbox.school()
                        .students()
                        .forEach(student -> change(student.timetable(), clock, Integer.parseInt(order[1])));
            case "down" ->
                sandbox.faults()
                        .add(Fault.on(Server.TIMETABLE, Effect.status(503)).always());
            case "refuse" ->
                List.of("POST", "PUT", "DELETE")
                        .forEach(method -> sandbox.faults()
                                .add(Fault.on(Server.ECAL, Effect.status(400))
                                        .method(method)
                                        .always()));
            case "heal" -> sandbox.faults().clear();
            default -> throw new IllegalArgumentException(order[0]);
        }
    }

    /** As many courses as a student has, over a year and a bit, so that there is always something to come. */
    private static List<Session> year(Instant now, int student) {
        LocalDate today = LocalDate.ofInstant(now, PARIS);
        List<Session> sessions = new ArrayList<>();
        int terms = (WEEKS + TERM_WEEKS - 1) / TERM_WEEKS;
        for (int term = 0; term < terms; term++) {
            // each term has numbers of its own
            long numbers = 100_000L * term;
            Term.believable(today.plusWeeks(7L + (long) TERM_WEEKS * term), student * 7L + term, COURSES / terms)
                    .forEach(session -> sessions.add(session.numbered(session.noCours() + numbers)));
        }
        return sessions;
    }

    private static void change(Timetable timetable, MovableClock clock, int day) {
        LocalDateTime soon = LocalDateTime.ofInstant(clock.instant(), PARIS).plusDays(2);
        List<Session> coming = timetable.sessions().stream()
                .filter(session -> session.start().isAfter(soon))
                .sorted(Comparator.comparing(Session::start).thenComparing(Session::noCours))
                .toList();
        Session session = coming.get(day * 7 % Math.min(coming.size(), 40));
        long number = session.noCours();
        switch (day % 5) {
            case 0 -> timetable.changeRoom(number, "C" + (100 + day % 100));
            case 1 -> timetable.move(number, session.start().plusDays(1));
            case 2 -> timetable.changeTeacher(number, day % 10 < 5 ? "MARTIN Alix" : "DURAND Noa");
            case 3 -> {
                timetable.cancel(number);
                timetable.add(session.numbered(900_000L + day));
            }
            default -> timetable.rename(number, "Atelier " + (100 + day % 100));
        }
    }
}
