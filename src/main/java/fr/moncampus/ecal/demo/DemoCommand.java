package fr.moncampus.ecal.demo;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Configurations;
import fr.moncampus.ecal.config.Connectors;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.door.DoorSettings;
import fr.moncampus.ecal.ops.Help;
import fr.moncampus.ecal.ops.Interruption;
import fr.moncampus.ecal.ops.MoreCommand;
import fr.moncampus.ecal.ops.Progress;
import fr.moncampus.ecal.ops.ResultPrinter;
import fr.moncampus.ecal.ops.RoutesOption;
import fr.moncampus.ecal.ops.Terminal;
import fr.moncampus.ecal.page.Page;
import fr.moncampus.ecal.page.PageServer;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sync.Change;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description =
                "Démonstration sur un bac à sable : première synchronisation, l'école change trois cours, puis d'autres écoles et d'autres agendas.")
public final class DemoCommand implements MoreCommand {
    private static final String NAME = "demo";
    private final PrintStream out = System.out;

    @Option(
            names = "--page",
            description =
                    "Laisse ensuite tourner le bac à sable et la page, avec une semaine à regarder, jusqu'à Ctrl-C.")
    private boolean page;

    @Mixin
    private RoutesOption routes;

    @Mixin
    private Help help;

    @Override
    public Integer call() throws Exception {
        DoorSettings door;
        try {
            door = DoorSettings.of(System::getenv);
        } catch (IllegalArgumentException e) {
            System.err.println("erreur : " + e.getMessage());
            return 2;
        }
        Path folder = Files.createTempDirectory("moncampus-ecal-demo");
        try (Sandbox sandbox = Sandbox.start()) {
            Path file = Files.writeString(
                    folder.resolve(NAME + ".yml"),
                    sandbox.configuration() + "delete_after: PT0S\n" + (page ? DemoWeek.LIMITS : ""));
            SideBySide others = new SideBySide(sandbox, folder);
            List<Path> files = new ArrayList<>(List.of(file));
            files.addAll(others.enrol(today()));
            Connectors connectors =
                    Connectors.of(RouteFiles.read(routes.folder()).templates(), Engine.PARAMETERS);
            List<Configuration> configurations = Configurations.load(
                            files, connectors, System::getenv, Clock.systemUTC())
                    .valid();
            Set<String> owners =
                    configurations.stream().map(Configuration::owner).collect(Collectors.toSet());
            Engine.Settings settings = new Engine.Settings(
                    routes.folder(),
                    folder.resolve("data"),
                    false,
                    owners,
                    Duration.ofSeconds(60),
                    Clock.systemUTC(),
                    run -> {});
            try (Interruption interruption = Interruption.ofCommand();
                    Engine engine = interruption.watch(Engine.start(configurations, settings))) {
                boolean asPlanned = tell(sandbox, engine) && tell(others, engine);
                if (page && asPlanned) {
                    PageServer server = new PageServer(door, folder.resolve("data"), System::nanoTime);
                    server.begin(
                            engine.context(),
                            () -> Page.serve(configurations, folder.resolve("data"), engine, Clock.systemUTC()));
                    return show(sandbox, engine, server, interruption);
                }
                return asPlanned ? 0 : 1;
            }
        } finally {
            delete(folder);
        }
    }

    private boolean tell(Sandbox sandbox, Engine engine) {
        LocalDate today = today();
        out.println("Un bac à sable joue MonCampus ("
                + sandbox.timetable().sessions().size()
                + " séances) et ECAL (calendrier vide), sur cette machine seulement.");

        title("1. Connexion à MonCampus et premier plan (rien n'est écrit)");
        Run plan = engine.run(NAME, Purpose.PLAN);
        if (plan.result().error() != null) {
            out.println(plan.result().error().message());
            return false;
        }
        List<CalendarEvent> events =
                plan.plan().creates().stream().map(Change::after).toList();
        out.println("  Connecté : " + plan.wanted().size() + " cours lus, " + events.size()
                + " événements à créer. La semaine prochaine à l'agenda :");
        WeekTable.print(out, events, today.plusWeeks(1));

        title("2. Première synchronisation");
        sync(engine);
        title("3. Deuxième synchronisation : rien n'a changé, rien n'est écrit");
        sync(engine);

        List<Long> numbers = toCome(sandbox, today);
        title("4. L'école déplace un cours, change une salle et annule un cours");
        sandbox.timetable().move(numbers.get(0), LocalDateTime.of(today.plusDays(9), java.time.LocalTime.of(18, 0)));
        sandbox.timetable().changeRoom(numbers.get(1), "C204(Bâtiment C)");
        sandbox.timetable().cancel(numbers.get(2));
        sync(engine);
        title("5. Le cours annulé manque une seconde fois : il est supprimé");
        sync(engine);

        boolean same = sandbox.calendar().events().size()
                == sandbox.timetable().sessions().size();
        out.println();
        out.println(
                same
                        ? "Le calendrier est identique à l'emploi du temps : "
                                + sandbox.calendar().events().size() + " événements."
                        : "Le calendrier diffère de l'emploi du temps : ce n'était pas prévu.");
        return same;
    }

    private boolean tell(SideBySide others, Engine engine) throws IOException, InterruptedException {
        title(
                "6. Deux autres écoles, deux autres agendas, en même temps : Hyperplanning vers CalDAV, ADE vers un lien d'abonnement");
        others.sync(engine).forEach(this::print);
        title("7. Leurs écoles déplacent chacune un cours et en annulent un");
        others.change(today());
        others.sync(engine).forEach(this::print);
        // what is missing twice goes
        others.sync(engine).forEach(this::print);
        boolean same = others.areInStep();
        out.println();
        out.println(
                same
                        ? "Les trois calendriers disent ce que disent leurs écoles."
                        : "Un de ces calendriers dit autre chose que son école : ce n'était pas prévu.");
        return same;
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneId.of("Europe/Paris"));
    }

    /** @return only when there is no page: else it ends with the process */
    private int show(Sandbox sandbox, Engine engine, PageServer server, Interruption interruption)
            throws InterruptedException {
        if (server.address() == null) {
            return 1;
        }
        title("8. L'école change encore une semaine, et rien n'en est encore écrit");
        LocalDate week = new DemoWeek(sandbox, () -> engine.run(NAME, Purpose.SYNC)).prepare();
        engine.run(NAME, Purpose.PREVIEW);
        out.println("  La page montre ce qui va changer : " + server.address() + "c/" + NAME + "/semaine/" + week);
        out.println("  Ctrl-C arrête la page et le bac à sable.");
        interruption.await();
        return 0;
    }

    private void sync(Engine engine) {
        Run run = Progress.during(engine, out, () -> engine.run(NAME, Purpose.SYNC));
        print(run);
    }

    private void print(Run run) {
        if (run.done().size() > 20) {
            out.println(run.config() + " : " + run.result().summary());
        } else {
            new ResultPrinter(out).print(run);
        }
    }

    private static List<Long> toCome(Sandbox sandbox, LocalDate today) {
        return sandbox.timetable().sessions().stream()
                .filter(session -> session.start().toLocalDate().isAfter(today.plusDays(1)))
                .sorted(Comparator.comparing(session -> session.start()))
                .map(session -> session.noCours())
                .limit(3)
                .toList();
    }

    private void title(String text) {
        out.println();
        out.println(Terminal.isThere() ? "\u001b[1m" + text + "\u001b[0m" : text);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
