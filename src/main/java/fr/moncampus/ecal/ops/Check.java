package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Connector;
import fr.moncampus.ecal.config.Finding;
import fr.moncampus.ecal.config.RouteCheck;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.util.FileUtil;

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
        session.findings().forEach(this::file);
        if (!session.configurations().isEmpty()) {
            start(live);
        } else if (session.areRoutesReadable()) {
            // no configuration to start them for
            List<Finding> mistakes = RouteCheck.check(RouteFiles.read(session.routes()));
            mistakes.forEach(this::file);
            valid(mistakes.isEmpty());
        }
        return exit;
    }

    private void valid(boolean routes) {
        if (routes) {
            print(null, "✓", "routes valides : " + session.routes(), null);
        }
        session.configurations()
                .forEach(configuration ->
                        print(configuration.name(), "✓", "fichier valide : " + configuration.file(), null));
    }

    /** Routes are valid only if they start. Without live checks they start in a temporary folder. */
    private void start(boolean live) throws Exception {
        Path scratch = live ? null : Files.createTempDirectory("moncampus-ecal-check");
        try (Engine engine = live ? session.start(false, run -> {}) : session.startIn(scratch)) {
            valid(true);
            if (live) {
                session.configurations().forEach(configuration -> live(engine, configuration));
            }
        } catch (BadRoutesException e) {
            e.findings().forEach(this::file);
            if (e.findings().isEmpty()) {
                exit = 2;
                print(null, "✗", e.getMessage(), null);
            }
            valid(false);
        } finally {
            if (scratch != null) {
                FileUtil.removeDir(scratch.toFile());
            }
        }
    }

    private void live(Engine engine, Configuration configuration) {
        String config = configuration.name();
        Run run = engine.run(config, Purpose.PLAN);
        RunError error = run.result().error();
        if (error == null || error.kind().isTarget()) {
            print(
                    config,
                    "✓",
                    Connector.label(configuration.source()) + " répond : "
                            + (run.kind() == null ? "" : run.kind() + ", ")
                            + run.wanted().size() + " cours lus",
                    null);
            run.unreadable()
                    .forEach(row -> print(
                            config,
                            "⚠",
                            "ligne " + row.row() + " illisible : " + row.reason(),
                            "prévenez l'école ; l'événement de ce cours reste comme il est"));
        } else {
            failed(config, error);
        }
        RunError target = error == null || error.kind().isTarget() ? error : engine.askCalendar(config);
        if (target == null) {
            print(config, "✓", readable(configuration), null);
        } else if (!target.equals(error) || target.kind().isTarget()) {
            failed(config, target);
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

    private static String readable(Configuration configuration) {
        return Connector.label(configuration.target()) + " répond : le calendrier "
                + (configuration.calendar() == null
                        ? ""
                        : configuration.calendar().id() + " ")
                + "est lisible";
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
