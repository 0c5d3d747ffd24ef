package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Finding;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.config.RouteSchema;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import java.io.PrintStream;
import java.util.List;

/** Looks at files and routes, and asks MonCampus and ECAL: a mark, a sentence and a fix for each finding. */
final class Check {
    private final Session session;
    private final PrintStream out;
    private final boolean json;
    private int exit;

    record Line(String config, String mark, String message, String fix) {}

    Check(Session session, PrintStream out, boolean json) {
        this.session = session;
        this.out = out;
        this.json = json;
    }

    /** @return the exit code */
    int run(boolean live) throws Exception {
        List<Finding> routes = new RouteSchema().check(RouteFiles.read(session.routes()));
        session.findings().forEach(this::file);
        routes.stream().filter(finding -> !session.findings().contains(finding)).forEach(this::file);
        boolean broken = routes.stream().anyMatch(Finding::isError);
        if (!broken) {
            print(null, "✓", "routes valides : " + session.routes(), null);
        }
        session.configurations()
                .forEach(configuration ->
                        print(configuration.name(), "✓", "fichier valide : " + configuration.source(), null));
        if (live && !broken && !session.configurations().isEmpty()) {
            try (Engine engine = session.start(false, run -> {})) {
                session.configurations().forEach(configuration -> live(engine, configuration));
            }
        }
        return exit;
    }

    private void live(Engine engine, Configuration configuration) {
        String config = configuration.name();
        Run run = engine.run(config, Purpose.PLAN);
        RunError error = run.result().error();
        if (error == null || error.kind() == RunError.Kind.ECAL) {
            print(config, "✓", "MonCampus répond : " + run.wanted().size() + " cours lus", null);
            run.unreadable()
                    .forEach(row -> print(
                            config,
                            "⚠",
                            "ligne " + row.row() + " illisible : " + row.reason(),
                            "prévenez l'école ; l'événement de ce cours reste comme il est"));
        } else {
            failed(config, error);
        }
        RunError ecal = error == null || error.kind() == RunError.Kind.ECAL ? error : engine.askCalendar(config);
        if (ecal == null) {
            print(config, "✓", "ECAL répond : le calendrier " + configuration.calendarId() + " est lisible", null);
        } else if (!ecal.equals(error) || ecal.kind() == RunError.Kind.ECAL) {
            failed(config, ecal);
        }
        if (run.plan() != null) {
            run.plan()
                    .otherOwners()
                    .forEach((owner, count) -> print(
                            config,
                            "⚠",
                            count + " événements « mc-" + owner + " » n'appartiennent à aucune configuration connue",
                            "si l'identifiant ou l'adresse a changé : adopt " + config + " " + owner));
        }
    }

    private void failed(String config, RunError error) {
        exit = Math.max(exit, error.exitCode());
        print(config, "✗", error.message(), null);
    }

    private void file(Finding finding) {
        if (finding.isError()) {
            exit = Math.max(exit, 2);
        }
        print(
                null,
                finding.isError() ? "✗" : "⚠",
                finding.file() + ":" + finding.line() + ":" + finding.column() + ": " + finding.message(),
                finding.fix());
    }

    private void print(String config, String mark, String message, String fix) {
        if (json) {
            out.println(JsonOutput.line(new Line(config, mark, message, fix)));
        } else {
            out.println(mark + " " + (config == null ? "" : config + " : ") + message
                    + (fix == null ? "" : "\n    → " + fix));
        }
    }
}
